import { makeCheckNext } from '../check-next.js'
import { makeAuth } from './auth.js'

/**
 * The functions that the package offers to a server.
 * @typedef {object} Landfall
 * @property {import('../types.js').CreateAuth} createAuth makes the auth handlers of an app; throws a LandfallError
 *   `config_invalid` for options that are not valid. A function is called at the first use, and again as long as it
 *   throws
 * @property {(next: unknown, origin?: string) => string | null} checkNext the safe-`next` check by itself
 */

/**
 * Landfall on a compiled core.wasm.
 * @param {() => unknown} getModule gives the WebAssembly.Module, synchronously; asked at the first use, and again for
 *   each createAuth
 * @returns {Landfall}
 */
export const withModule = (getModule) => ({
  createAuth: (options) => makeAuth(getModule, options),
  checkNext: makeCheckNext(getModule),
})
