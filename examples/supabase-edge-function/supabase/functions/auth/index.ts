import { auth, BASE, ERROR, restore } from './auth.ts'
import { account, home, notFound } from './pages.ts'

const answer = async (request: Request): Promise<Response> => {
  const { pathname } = new URL(request.url)
  if (pathname === BASE || pathname === `${BASE}/`) return home()
  if (pathname === ERROR) return auth.error(request)
  if (pathname !== `${BASE}/account`) return notFound()
  const { session, setCookie, response } = await auth.require(request)
  return response ?? account(session.user, setCookie)
}

Deno.serve((received) => {
  const request = restore(received)
  return auth.handle(request) ?? answer(request)
})
