// A page for signed-in people. `locals.session` says the same as `require` without its redirect.
import { auth } from '../../auth.ts'

type Event = { request: Request; locals: { session?: { provider: string | null } | null } }

export const GET = async ({ request, locals }: Event) => {
  const { response } = await auth.require(request)
  if (response) return response
  const headers = { 'content-type': 'text/html' }
  return new Response(`<p id="who">${locals.session?.provider}</p>`, { headers })
}
