/** Handlers in front of Node's own servers: node:http, Express, Fastify, Connect, over HTTP/1 and HTTP/2. */
import { NodeRequest } from './node-request.js'
import { REPLY } from './reply.js'

/** @typedef {import('./node-request.js').Incoming} Incoming */
/** @typedef {import('./reply.js').Reply} Reply */
/** @typedef {import('./types.js').Auth} Auth */

/**
 * What is used of a Node response (http.ServerResponse, http2.Http2ServerResponse).
 * @typedef {{ statusCode: number, headersSent: boolean, setHeader(name: string, value: string): unknown,
 *   appendHeader(name: string, value: string): unknown, write(chunk: Uint8Array): boolean, once(event: string, listener: () => void): unknown,
 *   end(body?: string): unknown, destroyed: boolean }} Outgoing
 */

/** Cookies that were set before stay: ours are added one by one, since a comma may stand in a date. @param {Outgoing} outgoing @param {Iterable<[string, string]>} headers */
const writeHeaders = (outgoing, headers) => {
  for (const [name, value] of headers)
    if (name === 'set-cookie') outgoing.appendHeader(name, value)
    else outgoing.setHeader(name, value)
}

/** @param {Outgoing} outgoing @param {Reply} reply */
const sendReply = (outgoing, { status, headers, body }) => {
  outgoing.statusCode = status
  writeHeaders(outgoing, headers)
  body === null ? outgoing.end() : outgoing.end(body)
}

/** @param {Outgoing} outgoing @param {Response} response */
const sendResponse = async (outgoing, response) => {
  outgoing.statusCode = response.status
  writeHeaders(outgoing, response.headers)
  const reader = response.body?.getReader()
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done || outgoing.destroyed) break
    if (outgoing.write(value)) continue
    await new Promise((resolve) => {
      outgoing.once('drain', () => resolve(undefined))
      outgoing.once('close', () => resolve(undefined))
    })
  }
  await reader?.cancel()
  outgoing.end()
}

/**
 * A listener of Node's, `(request, response, next?)`, from what createAuth made (all routes), from one of its handlers, or from any
 * handler that takes a Request. What is not for it goes on to `next`, or is a 404. A handler of ours is answered without a Request
 * and a Response in between. The scheme is the connection's and the host the Host header's; which forwarded headers count is
 * said by createAuth's `origin`.
 * @param {Auth | ((request: Request) => Response | undefined | Promise<Response | undefined>)} target
 * @returns {(incoming: Incoming, outgoing: Outgoing, next?: (error?: unknown) => void) => Promise<void>}
 */
export const toNodeHandler = (target) => {
  const handler = /** @type {any} */ (typeof target === 'function' ? target : target.handle)
  /** @type {((request: NodeRequest) => Promise<Reply> | undefined) | undefined} */
  const reply = handler[REPLY]
  return async (incoming, outgoing, next) => {
    try {
      const request = new NodeRequest(incoming)
      const answer = await (reply ? reply(request) : handler(request.toRequest()))
      if (!answer) {
        if (next) return next()
        outgoing.statusCode = 404
        outgoing.end('Not found\n')
      } else if (reply) sendReply(outgoing, answer)
      else await sendResponse(outgoing, answer)
    } catch (error) {
      if (next) return next(error)
      if (!outgoing.headersSent) outgoing.statusCode = 500
      outgoing.end()
    }
  }
}
