/** The entry `landfall/node`: handlers in front of Node's own servers. */
export { toNodeHandler } from '../node/handler.js'

/** @typedef {import('../node/handler.js').Outgoing} Outgoing */
/** @typedef {import('../node/request.js').Incoming} Incoming */
