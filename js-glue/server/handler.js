import { LandfallError } from '../error.js'
import { REPLY, toResponse } from './reply.js'

/** @typedef {import('./reply.js').Reply} Reply */
/** @typedef {import('../request.js').RequestLike} RequestLike */
/** @typedef {import('../types.js').HandlerInput} HandlerInput */

/**
 * Whether a value has the members that every request must have: `headers`, `method` and `url`.
 * @param {any} value
 */
const isRequest = (value) =>
  value !== null &&
  typeof value === 'object' &&
  'headers' in value &&
  typeof value.headers?.get === 'function' &&
  typeof value.method === 'string' &&
  typeof value.url === 'string'

/**
 * The argument of a handler if it is a request, otherwise the request that it carries. `request` comes last, because
 * the `request` of a Request of Next's edge runtime throws.
 * @param {HandlerInput} input
 * @returns {Request}
 * @throws {LandfallError} argument_invalid
 */
export const toRequest = (input) => {
  if (isRequest(input)) return /** @type {Request} */ (input)
  const carried = /** @type {any} */ (input)?.request
  if (isRequest(carried)) return carried
  throw new LandfallError('argument_invalid', 'a handler takes a Request, or an object with a `request`.')
}

/**
 * A handler as apps call it.
 * @template {Promise<Reply> | undefined} T
 * @param {(request: RequestLike) => T} reply
 * @returns {(input: HandlerInput) => T extends undefined ? Promise<Response> | undefined : Promise<Response>}
 */
export const toHandler = (reply) => {
  const handler = (/** @type {HandlerInput} */ input) => reply(toRequest(input))?.then(toResponse)
  return Object.assign(/** @type {any} */ (handler), { [REPLY]: reply })
}

/**
 * The request as the app's hooks get it.
 * @param {RequestLike} request
 * @returns {Request}
 */
export const toWholeRequest = (request) => request.toRequest?.() ?? /** @type {Request} */ (request)
