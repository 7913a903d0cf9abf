/** The entry `landfall/node`: handlers in front of Node's own servers, and who is signed in there. */
export { toNodeHandler } from '../node/handler.js'
export { getSession, requireSession, verifyLogoutToken } from '../node/session.js'

/** @typedef {import('../node/response.js').Outgoing} Outgoing */
/** @typedef {import('../node/request.js').Incoming} Incoming */
