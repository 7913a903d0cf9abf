/** Handlers in front of Node's own servers: node:http, Express, Fastify, Connect, over HTTP/1 and HTTP/2. */
import { LandfallError } from '../error.js'
import { REPLY } from '../server/reply.js'
import { NodeRequest } from './request.js'
import { sendReply, writeHead } from './response.js'

/** @typedef {import('./request.js').Incoming} Incoming */
/** @typedef {import('./response.js').Outgoing} Outgoing */
/** @typedef {import('../server/reply.js').Reply} Reply */
/** @typedef {import('../types.js').Auth} Auth */

/** @type {Record<number, string>} */
const REFUSALS = { 400: 'Bad request\n', 404: 'Not found\n', 500: 'Internal server error\n' }

/**
 * @param {Outgoing} outgoing
 * @param {Response} response
 * @param {Promise<void>} closed by the client, or when all is sent
 */
const sendResponse = async (outgoing, response, closed) => {
  writeHead(outgoing, response.status, response.headers)
  const reader = response.body?.getReader()
  if (!reader) return void outgoing.end()
  let isOpen = true
  let goOn = () => {}
  outgoing.on('drain', () => goOn())
  closed
    .then(() => {
      isOpen = false
      goOn()
      return reader.cancel()
    })
    .catch(() => {})
  // From here on a body that fails breaks the connection off: it must not look whole.
  outgoing.flushHeaders?.()
  for (;;) {
    const { done, value } = await reader.read()
    if (done || !isOpen) break
    if (outgoing.write(value)) continue
    await new Promise((resolve) => {
      goOn = () => resolve(undefined)
    })
  }
  outgoing.end()
}

/**
 * Makes a listener of Node's, `(request, response, next?)`, from the result of createAuth (all routes), from one of its
 * handlers, or from any handler that takes a Request. A request that is not for it goes on to `next`, or gets a 404. A
 * handler of ours answers without a Request and a Response in between. The scheme is the connection's, and the host is
 * that of the target, `:authority` or the Host header. createAuth's `origin` says which forwarded headers count.
 * @param {Auth | ((request: Request) => Response | undefined | Promise<Response | undefined>)} target
 * @returns {(incoming: Incoming, outgoing: Outgoing, next?: (error?: unknown) => void) => Promise<void>}
 */
export const toNodeHandler = (target) => {
  const handler = typeof target === 'function' ? target : Object(target).handle
  if (typeof handler !== 'function')
    throw new LandfallError(
      'argument_invalid',
      'toNodeHandler: it takes the result of createAuth, or a handler.',
    )
  /** @type {((request: NodeRequest) => Promise<Reply> | undefined) | undefined} */
  const reply = handler[REPLY]

  /**
   * Sends a reply, or says by a status why not.
   * @param {NodeRequest} request
   * @param {Outgoing} outgoing
   */
  const serve = async (request, outgoing) => {
    if (reply) {
      const given = await reply(request)
      return given ? sendReply(outgoing, given) : 404
    }
    let whole
    try {
      whole = request.toRequest()
    } catch {
      return 400
    }
    let close = () => {}
    /** @type {Promise<void>} */
    const closed = new Promise((resolve) => {
      close = resolve
    })
    outgoing.on('close', () => close())
    const response = await handler(whole)
    return response ? sendResponse(outgoing, response, closed) : 404
  }

  return async (incoming, outgoing, next) => {
    let refusal
    try {
      refusal = await serve(new NodeRequest(incoming), outgoing)
    } catch (error) {
      if (!outgoing.headersSent) outgoing.statusCode = 500
      if (next) return next(error)
      if (outgoing.headersSent) return void outgoing.destroy()
      refusal = 500
    }
    if (refusal === undefined) return
    if (refusal === 404 && next) return next()
    outgoing.statusCode = refusal
    outgoing.end(REFUSALS[refusal])
  }
}
