/** Who is signed in, for node:http, Express, Fastify and Connect. */
import { refuseArgument } from '../arguments.js'
import { REPLY } from '../server/reply.js'
import { takeAuth } from '../server/take-auth.js'
import { NodeRequest } from './request.js'
import { sendReply, writeHead } from './response.js'

/** @typedef {import('./request.js').Incoming} Incoming */
/** @typedef {import('./response.js').Outgoing} Outgoing */
/** @typedef {import('../types.js').Auth} Auth */

const REQUEST = { name: "Node's request" }
const RESPONSE = { name: "Node's response" }

/**
 * @param {string} name the function's
 * @param {any} incoming
 */
const takeIncoming = (name, incoming) => {
  if (!incoming?.headers || typeof incoming.headers.get === 'function')
    refuseArgument(name, 'request', REQUEST)
  return new NodeRequest(incoming)
}

/**
 * @param {string} name the function's
 * @param {any} incoming
 * @param {any} outgoing
 */
const takePair = (name, incoming, outgoing) => {
  const request = takeIncoming(name, incoming)
  if (typeof outgoing?.setHeader !== 'function') refuseArgument(name, 'response', RESPONSE)
  return request
}

/**
 * @param {Outgoing} outgoing
 * @param {string[]} setCookie
 */
const setCookies = (outgoing, setCookie) =>
  writeHead(
    outgoing,
    outgoing.statusCode,
    setCookie.map((line) => ['set-cookie', line]),
  )

/**
 * Who is signed in. It sets the cookies that keep the session, so call it before the response is sent.
 * @template [Data=unknown]
 * @param {Auth} auth
 * @param {Incoming} request
 * @param {Outgoing} response
 * @returns {import('../session.js').SignedInSession<Data> | null}
 * @throws {LandfallError} argument_invalid
 */
export const getSession = (auth, request, response) => {
  const { getSession } = takeAuth('getSession', auth)
  const { session, setCookie } = getSession(/** @type {any} */ (takePair('getSession', request, response)))
  setCookies(response, setCookie)
  return /** @type {any} */ (session)
}

/**
 * Whose sessions an OpenID provider has ended, as `auth.verifyLogoutToken` gives it.
 * @param {Auth} auth
 * @param {Incoming} request
 * @returns {ReturnType<Auth['verifyLogoutToken']>}
 * @throws {LandfallError} argument_invalid, logout_token_invalid
 */
export const verifyLogoutToken = async (auth, request) => {
  const { verifyLogoutToken } = takeAuth('verifyLogoutToken', auth)
  return /** @type {any} */ (verifyLogoutToken)[REPLY](takeIncoming('verifyLogoutToken', request))
}

/**
 * The session for a page of signed-in people. Otherwise null: then the response is sent, a 303 to the sign-in that
 * keeps the asked path, or a 401 for a fetch. A request of another site that changes something gets a 403.
 * @template [Data=unknown]
 * @param {Auth} auth
 * @param {Incoming} request
 * @param {Outgoing} response
 * @returns {Promise<import('../session.js').SignedInSession<Data> | null>}
 * @throws {LandfallError} argument_invalid, session_off
 */
export const requireSession = async (auth, request, response) => {
  const { require } = takeAuth('requireSession', auth)
  const { [REPLY]: ask } = /** @type {any} */ (require)
  const { reply, session, setCookie } = await ask(takePair('requireSession', request, response))
  if (reply) sendReply(response, reply)
  else setCookies(response, setCookie)
  return session ?? null
}
