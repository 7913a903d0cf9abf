// All routes in one hook, before a hook of the app's own.
import { sequence } from '@sveltejs/kit/hooks'
import { authHandle } from 'landfall/sveltekit'
import { auth } from './auth.ts'

/** SvelteKit 2 and 3 export this type from different modules. */
type Handle = Parameters<typeof sequence>[number]

const own: Handle = async ({ event, resolve }) => {
  const response = await resolve(event)
  response.headers.set('x-own-hook', event.url.pathname)
  return response
}

export const handle: Handle = sequence(authHandle(auth), own)
