// A stand-in for `fetch` in `node --jitless`, over node:http: Node's own parses responses with WebAssembly. It follows the Fetch Standard in
// what the tests ask of it; a redirect that would repeat a body (307, 308) is an error here.
import { request as send } from 'node:http'
import { Readable } from 'node:stream'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'

const DECODERS = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync }
const WITHOUT_BODY = new Set([101, 204, 205, 304])
const MOST_REDIRECTS = 20

/** A body that streams, but for one that is coded. @param {import('node:http').IncomingMessage} answer @param {string} [coding] */
const bodyOf = async (answer, coding) => {
  const decode = DECODERS[coding]
  return decode ? decode(Buffer.concat(await answer.toArray())) : Readable.toWeb(answer)
}

/** One request. @param {Request} request */
const exchange = async (request) => {
  const body = request.body ? Buffer.from(await request.arrayBuffer()) : undefined
  const answer = await new Promise((resolve, reject) => {
    const { method, signal } = request
    const headers = { 'accept-encoding': 'gzip, deflate, br', ...Object.fromEntries(request.headers) }
    const fail = (cause) => reject(signal.aborted ? signal.reason : new TypeError('fetch failed', { cause }))
    send(request.url, { method, headers, signal }, resolve).on('error', fail).end(body)
  })
  const headers = new Headers()
  for (let at = 0; at < answer.rawHeaders.length; at += 2) {
    const [name, value] = answer.rawHeaders.slice(at, at + 2)
    headers.append(name, value)
  }
  const { statusCode: status, statusMessage: statusText } = answer
  if (WITHOUT_BODY.has(status)) answer.resume()
  const content = WITHOUT_BODY.has(status) ? null : await bodyOf(answer, answer.headers['content-encoding'])
  const response = new Response(content, { status, statusText, headers })
  Object.defineProperty(response, 'url', { value: request.url })
  return response
}

/** @type {typeof globalThis.fetch} */
export const fetchOverHttp = async (input, init) => {
  let request = new Request(input, init)
  request.signal.throwIfAborted()
  for (let redirects = 0; ; redirects++) {
    const response = await exchange(request)
    const location = response.headers.get('location')
    const isRedirect = response.status >= 300 && response.status < 400 && location !== null
    if (isRedirect && request.redirect === 'error') throw new TypeError('fetch failed')
    if (!isRedirect || request.redirect === 'manual') return response
    if (redirects === MOST_REDIRECTS) throw new TypeError('fetch failed')
    if (response.status > 303 && request.body) throw new TypeError('fetch failed')
    await response.body?.cancel()
    const { headers, signal } = request
    const method = request.method === 'HEAD' ? 'HEAD' : 'GET'
    request = new Request(new URL(location, request.url), { method, headers, signal })
  }
}
