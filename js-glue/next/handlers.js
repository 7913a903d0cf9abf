import { toRequest } from '../server/handler.js'
import { REPLY, toResponse } from '../server/reply.js'
import { takeAuth } from '../server/take-auth.js'
import { withOrigin } from './absolute.js'

/** @typedef {import('../types.js').Auth} Auth */
/** @typedef {import('../server/reply.js').Reply} Reply */

/**
 * All routes in one file, `app/auth/[...landfall]/route.ts`: `export const { GET, POST } = handlers(auth)`. A request
 * that is for none of them gets a 404.
 * @param {Auth} auth
 * @returns {{ GET: (request: Request) => Promise<Response>, POST: (request: Request) => Promise<Response> }}
 * @throws {LandfallError} argument_invalid for anything but the result of createAuth
 */
export const handlers = (auth) => {
  const { handle } = takeAuth('handlers', auth)
  const serve = async (/** @type {Request} */ request) =>
    (await handle(request)) ?? new Response('Not found\n', { status: 404 })
  return { GET: serve, POST: serve }
}

/**
 * All routes in `proxy.ts`, or in `middleware.ts` before Next 16: `export const proxy = proxyHandler(auth)`. The result
 * is undefined for a request that is for none of them, and Next passes it on.
 * @param {Auth} auth
 * @returns {(request: Request) => Promise<Response | undefined>}
 * @throws {LandfallError} argument_invalid for anything but the result of createAuth
 */
export const proxyHandler = (auth) => {
  const { [REPLY]: serve } = /** @type {any} */ (takeAuth('proxyHandler', auth).handle)
  return async (request) => {
    const taken = toRequest(request)
    /** @type {Reply | undefined} */
    const reply = await serve(taken)
    return reply && toResponse(withOrigin(reply, taken.url))
  }
}
