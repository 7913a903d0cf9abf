import { makeCheckNext } from '../next.js'
import { makeBrowserAuth } from './auth.js'

/** @typedef {import('../types.js').BrowserAuth} BrowserAuth */
/** @typedef {import('../types.js').BrowserOptions} BrowserOptions */

/**
 * What the package offers to a page without a server.
 * @typedef {object} BrowserLandfall
 * @property {(options: BrowserOptions | (() => BrowserOptions)) => BrowserAuth} createBrowserAuth makes the sign-in of a
 *   page; throws a LandfallError `config_invalid` for options that are not valid. A function is called at the first
 *   use, and again as long as it throws
 * @property {(next: unknown, origin?: string) => string | null} checkNext the safe-`next` check by itself
 */

/**
 * Landfall for a page, on a compiled core.wasm.
 * @param {() => any} getModule gives the WebAssembly.Module, synchronously; asked at the first use, and again for each
 *   createBrowserAuth
 * @returns {BrowserLandfall}
 */
export const withModule = (getModule) => ({
  createBrowserAuth: (options) => makeBrowserAuth(getModule, options),
  checkNext: makeCheckNext(getModule),
})
