import type { Handle } from '@sveltejs/kit'
import { sequence } from '@sveltejs/kit/hooks'
import { authHandle } from 'landfall/sveltekit'
import { auth } from '#lib/server/auth.ts'

/** Verifies who opens a page for signed-in people, and renews the session. */
const verify: Handle = async ({ event, resolve }) => {
  if (!event.url.pathname.startsWith('/account')) return resolve(event)
  const { user, setCookie } = await auth.getUser(event)
  event.locals.user = user
  const response = await resolve(event)
  for (const line of setCookie) response.headers.append('set-cookie', line)
  return response
}

export const handle = sequence(authHandle(auth), verify)
