// node:http on one side, Request and Response on the other.

/**
 * @param {import('node:http').IncomingMessage} incoming
 * @param {string} origin the app's own: what the Host header says is not asked
 * @returns {Promise<Request>}
 */
export async function toRequest(incoming, origin, maxBodyBytes = 64 * 1024) {
  const headers = new Headers()
  for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
    headers.append(incoming.rawHeaders[at], incoming.rawHeaders[at + 1])
  }
  const chunks = []
  let size = 0
  for await (const chunk of incoming) {
    size += chunk.length
    if (size > maxBodyBytes) throw new RangeError('The request is too large.')
    chunks.push(chunk)
  }
  const body = size > 0 && !['GET', 'HEAD'].includes(incoming.method) ? Buffer.concat(chunks) : undefined
  // Not `new URL(path, base)`: a path such as //other.example would name another host.
  return new Request(origin + incoming.url, { method: incoming.method, headers, body })
}

/**
 * @param {import('node:http').ServerResponse} outgoing
 * @param {Response} response
 */
export async function sendResponse(outgoing, response) {
  const headers = [...response.headers].filter(([name]) => name !== 'set-cookie')
  outgoing.statusCode = response.status
  for (const [name, value] of headers) outgoing.setHeader(name, value)
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies)
  outgoing.end(Buffer.from(await response.arrayBuffer()))
}
