import * as RESPOND from '../generated/messages/respond.js'
import { field } from '../step.js'

/**
 * The reply to the browser, before it becomes a Response or goes into a Node response. Header names are in lower case.
 * `origin` is the app's public one, for a host that sends no relative Location; empty where the core knows none.
 * @typedef {{ status: number, headers: [name: string, value: string][], body: string | null, origin: string }} Reply
 */

/**
 * Where a handler keeps the function that gives a Reply in place of a Response; registered, because `landfall` and
 * `landfall/node` may be bundled apart.
 */
export const REPLY = Symbol.for('landfall.reply')

/**
 * A RESPOND step as a reply, with the headers of the app's hook behind ours.
 * @param {string[]} step
 * @param {Reply['headers']} [more]
 * @returns {Reply}
 */
export const toReply = (step, more = []) => {
  /** @type {Reply['headers']} */
  const headers = []
  for (let i = RESPOND.header_0; i < step.length; i += 2) headers.push([field(step, i), field(step, i + 1)])
  headers.push(...more)
  return {
    status: Number(step[RESPOND.status]),
    headers,
    body: step[RESPOND.body] || null,
    origin: field(step, RESPOND.origin),
  }
}

/**
 * A Response, whose headers are the app's to extend.
 * @param {Reply} reply
 */
export const toResponse = ({ status, headers, body }) => {
  // Response.redirect takes no cookies.
  const response = new Response(body, { status })
  // A body of text brings a Content-Type of its own.
  if (body !== null) response.headers.delete('content-type')
  for (let i = 0; i < headers.length; i++) {
    const [name, value] = /** @type {[string, string]} */ (headers[i])
    response.headers.append(name, value)
  }
  return response
}

/**
 * The reply when the core itself cannot give one: nothing in it depends on the request.
 * @param {string} errorPath
 * @returns {Reply}
 */
export const lastReply = (errorPath) => ({
  status: 303,
  headers: [
    ['location', `${errorPath}${errorPath.includes('?') ? '&' : '?'}error=internal_error#`],
    ['cache-control', 'no-store'],
    ['referrer-policy', 'no-referrer'],
  ],
  body: null,
  origin: '',
})
