/** @typedef {import('../server/reply.js').Reply} Reply */

/**
 * Next's proxy removes a bare `#`, and a browser then carries the fragment of the callback on. Next keeps an empty
 * fragment directive, which no page sees (URL Fragment Text Directives).
 */
const KEPT_MARK = '#:~:'

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
    name === 'location' ? new URL(value, reply.origin || url).href.replace(/#$/, KEPT_MARK) : value,
  ]),
})
