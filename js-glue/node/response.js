/** @typedef {import('../server/reply.js').Reply} Reply */

/**
 * The members of a Node response (http.ServerResponse, http2.Http2ServerResponse) that are used.
 * @typedef {{
 *   statusCode: number,
 *   headersSent: boolean,
 *   getHeader(name: string): unknown,
 *   setHeader(name: string, value: string | string[]): unknown,
 *   flushHeaders?(): void,
 *   write(chunk: Uint8Array): boolean,
 *   end(): unknown,
 *   end(body: string): unknown,
 *   destroy(): unknown,
 *   on(event: string, listener: () => void): unknown,
 * }} Outgoing
 */

/**
 * Values of one name are joined, as in a Response; cookies are lines of their own beside those that were set before.
 * @param {Outgoing} outgoing
 * @param {number} status
 * @param {Iterable<[string, string]>} headers
 */
export const writeHead = (outgoing, status, headers) => {
  outgoing.statusCode = status
  /** @type {Map<string, string[]>} */
  const lines = new Map()
  for (const [name, value] of headers) lines.set(name, [...(lines.get(name) ?? []), value])
  for (const [name, values] of lines)
    outgoing.setHeader(
      name,
      name === 'set-cookie'
        ? [/** @type {any} */ (outgoing.getHeader(name)) ?? [], values].flat(2)
        : values.join(', '),
    )
}

/**
 * @param {Outgoing} outgoing
 * @param {Reply} reply
 */
export const sendReply = (outgoing, { status, headers, body }) => {
  writeHead(outgoing, status, headers)
  body === null ? outgoing.end() : outgoing.end(body)
}
