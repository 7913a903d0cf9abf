import { LandfallError } from '../error.js'
import { REPLY, toResponse } from './reply.js'

/** @typedef {import('./reply.js').Reply} Reply */
/** @typedef {import('../request.js').RequestLike} RequestLike */
/** @typedef {import('../types.js').HandlerInput} HandlerInput */

/** What was read of a request, and the request: a body is opened where a step asks for it. */
class Taken {
  #request

  /**
   * @param {any} request
   * @param {{ headers: any, method: string, url: string }} read
   */
  constructor(request, { headers, method, url }) {
    this.#request = request
    this.headers = headers
    this.method = method
    this.url = url
  }

  get body() {
    return this.#request.body
  }

  get bodyUsed() {
    return this.#request.bodyUsed
  }

  toRequest() {
    return this.#request
  }
}

/**
 * Reads each member of a request once, so that the flow gets exactly the values that were checked. The hooks get the
 * request itself.
 * @param {any} value
 * @returns {RequestLike | undefined} undefined for what is no request
 */
const take = (value) => {
  if (value === null || typeof value !== 'object' || !('headers' in value)) return undefined
  const { headers, method, url } = value
  const isRequest =
    typeof headers?.get === 'function' && typeof method === 'string' && typeof url === 'string'
  return isRequest ? new Taken(value, { headers, method, url }) : undefined
}

/**
 * The argument of a handler if it is a request, otherwise the request that it carries. `request` comes last, because
 * the `request` of a Request of Next's edge runtime throws. An error that a request throws while it is read reaches
 * the caller, because Next.js 14 learns that way that a route is dynamic.
 * @param {HandlerInput} input
 * @returns {RequestLike}
 * @throws {LandfallError} argument_invalid
 */
export const toRequest = (input) => {
  const request = take(input) ?? take(/** @type {any} */ (input)?.request)
  if (request) return request
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
