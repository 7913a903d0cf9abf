import { takeAuth } from '../server/take-auth.js'

/**
 * All routes in `src/hooks.server.ts`: `export const handle = authHandle(auth)`. Any other request goes on to the app.
 * With hooks of your own: `sequence(authHandle(auth), yours)`.
 * @param {import('../types.js').Auth} auth
 * @returns {<Event extends { request: Request }>(input: {
 *   event: Event, resolve: (event: Event) => Response | Promise<Response>
 * }) => Response | Promise<Response>} a Handle of SvelteKit
 * @throws {LandfallError} argument_invalid for anything but the result of createAuth
 */
export const authHandle = (auth) => {
  const { handle } = takeAuth('authHandle', auth)
  return ({ event, resolve }) => handle(event.request) ?? resolve(event)
}
