import { readBytes } from './body.js'
import * as REQUEST from './generated/messages/request.js'
import { NAMES as HEADER_FIELDS } from './generated/messages/request-header.js'

/** @typedef {import('./message.js').Field} Field */

const HEADER_NAMES = HEADER_FIELDS.map((field) => field.replaceAll('_', '-'))
const FIELD_COUNT = REQUEST.COUNT - 1 + HEADER_NAMES.length

/**
 * The members of a request that are read. A page has no request: its address and cookies stand for it. A request of
 * Node's becomes a Request only where a hook of the app asks for it.
 * @typedef {object} RequestLike
 * @property {string} method
 * @property {string} url
 * @property {{ get(name: string): string | null }} headers
 * @property {boolean} [bodyUsed]
 * @property {ReadableStream<Uint8Array> | null} [body]
 * @property {() => Request} [toRequest]
 */

/** Seconds since 1970. */
export const now = () => String(Math.floor(Date.now() / 1000))

/** Holds the value that the caller's own request threw when it was read. The value reaches the caller unchanged. */
export class Unreadable {
  /** @param {unknown} thrown */
  constructor(thrown) {
    this.thrown = thrown
  }
}

/**
 * The stream of a body, before anybody reads from it.
 * @param {RequestLike} request
 * @throws {Unreadable}
 */
const openBody = (request) => {
  try {
    return request.bodyUsed ? null : request.body
  } catch (thrown) {
    throw new Unreadable(thrown)
  }
}

/**
 * The body of a request; of one that is too large, one byte more than `maxBytes`, which says so.
 * @param {RequestLike} request
 * @param {number} maxBytes
 * @returns {Promise<Field>}
 * @throws {Unreadable}
 */
export const readBody = async (request, maxBytes) =>
  (await readBytes(openBody(request), maxBytes)) ?? new Uint8Array(maxBytes + 1)

/**
 * The fields of a REQUEST message, with no body and nothing in its continuation.
 * @param {RequestLike} request
 * @param {string} [route] one of ROUTE; left out, the path decides
 * @returns {Field[]}
 * @throws what the request throws when it is read
 */
export const readRequest = (request, route = '') => {
  /** @type {Field[]} */
  const fields = new Array(FIELD_COUNT).fill('')
  fields[REQUEST.now] = now()
  fields[REQUEST.method] = request.method
  fields[REQUEST.url] = request.url
  fields[REQUEST.route] = route
  const { headers } = request
  for (let i = 0; i < HEADER_NAMES.length; i++)
    fields[REQUEST.header_0 + i] = headers.get(/** @type {string} */ (HEADER_NAMES[i])) ?? ''
  return fields
}
