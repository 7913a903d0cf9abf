import { takeAuth } from '../server/take-auth.js'

/**
 * All routes in `src/hooks.server.ts`: `export const handle = authHandle(auth)`. Any other request goes on to the app
 * with `event.locals.session`, who is signed in, and the response renews it. With hooks of your own:
 * `sequence(authHandle(auth), yours)`.
 * @param {import('../types.js').Auth} auth
 * @returns {<Event extends { request: Request, locals: object }>(input: {
 *   event: Event, resolve: (event: Event) => Response | Promise<Response>
 * }) => Response | Promise<Response>} a Handle of SvelteKit
 * @throws {LandfallError} argument_invalid for anything but the result of createAuth
 */
export const authHandle = (auth) => {
  const { handle, getSession } = takeAuth('authHandle', auth)
  return async ({ event, resolve }) => {
    const served = await handle(event.request)
    if (served) return served
    const { session, setCookie } = getSession(event.request)
    Object.assign(event.locals, { session })
    const resolved = await resolve(event)
    if (setCookie.length === 0) return resolved
    // The headers of a response that the app fetched cannot change.
    const response = new Response(resolved.body, resolved)
    for (const line of setCookie) response.headers.append('set-cookie', line)
    return response
  }
}
