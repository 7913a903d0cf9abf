import { REPLY, toResponse } from './reply.js'

/** @typedef {import('./reply.js').Reply} Reply */
/** @typedef {import('./request.js').RequestLike} RequestLike */
/** @typedef {import('./types.js').HandlerInput} HandlerInput */

/** Asks for `headers`, not for `request`: a Request of Next's edge runtime has a `request` that throws. @param {HandlerInput} input @returns {Request} */
export const toRequest = (input) =>
  /** @type {Request} */ ('headers' in input ? input : /** @type {{ request: Request }} */ (input).request)

/**
 * A handler as apps call it. @template {Promise<Reply> | undefined} T @param {(request: RequestLike) => T} reply
 * @returns {(input: HandlerInput) => T extends undefined ? Promise<Response> | undefined : Promise<Response>}
 */
export const toHandler = (reply) => {
  const handler = (/** @type {HandlerInput} */ input) => reply(toRequest(input))?.then(toResponse)
  return Object.assign(/** @type {any} */ (handler), { [REPLY]: reply })
}

/** The request as the app's hooks get it. @param {RequestLike} request @returns {Request} */
export const toWholeRequest = (request) => request.toRequest?.() ?? /** @type {Request} */ (request)

/** The path of an absolute URL, as it is spelled: a route that is spelled otherwise is none of ours. @param {string} url */
export const pathOf = (url) => /^[^:]*:\/\/[^/?#]*([^?#]*)/.exec(url)?.[1] || '/'
