import { toRequest } from '../server/handler.js'
import { REPLY } from '../server/reply.js'
import { takeAuth } from '../server/take-auth.js'

/**
 * All routes in `src/hooks.server.ts`: `export const handle = authHandle(auth)`. Any other request goes on to the app
 * with `event.locals.session`, who is signed in, verified, and the response renews it. With hooks of your own:
 * `sequence(authHandle(auth), yours)`.
 * @param {import('../types.js').Auth} auth
 * @returns {<Event extends { request: Request, locals: object }>(input: {
 *   event: Event, resolve: (event: Event) => Response | Promise<Response>
 * }) => Response | Promise<Response>} a Handle of SvelteKit
 * @throws {LandfallError} argument_invalid for anything but the result of createAuth
 */
export const authHandle = (auth) => {
  const { handle, getSession, getUser } = takeAuth('authHandle', auth)
  const { [REPLY]: verify } = /** @type {any} */ (getUser)
  return async ({ event, resolve }) => {
    const served = await handle(event.request)
    if (served) return served
    const found = getSession(event.request)
    // Supabase's session is the browser's word until it is verified. Where nobody can verify it, nobody is signed in.
    const { session = null, setCookie } =
      found.session?.verified === false
        ? await verify(toRequest(event.request)).catch((/** @type {any} */ { setCookie = [] }) => ({
            setCookie,
          }))
        : found
    Object.assign(event.locals, { session })
    const resolved = await resolve(event)
    if (setCookie.length === 0) return resolved
    // The headers of a response that the app fetched cannot change.
    const response = new Response(resolved.body, resolved)
    for (const line of setCookie) response.headers.append('set-cookie', line)
    return response
  }
}
