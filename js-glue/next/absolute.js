/** @typedef {import('../server/reply.js').Reply} Reply */

/**
 * A reply whose Location is absolute: Next's proxy answers a path with an error.
 * @param {Reply} reply
 * @param {string} url of the request, for a reply without an origin
 * @returns {Reply}
 */
export const withOrigin = (reply, url) => ({
  ...reply,
  headers: reply.headers.map(([name, value]) => [
    name,
    name === 'location' ? new URL(value, reply.origin || url).href : value,
  ]),
})
