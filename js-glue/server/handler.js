import { LandfallError } from '../error.js'
import { REPLY, toResponse } from './reply.js'

/** @typedef {import('./reply.js').Reply} Reply */
/** @typedef {import('../request.js').RequestLike} RequestLike */
/** @typedef {import('../types.js').HandlerInput} HandlerInput */

/**
 * What is read of a request is there.
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
 * The request that a handler was given, or that what it was given carries. `request` comes last: the one of a Request
 * of Next's edge runtime throws.
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
