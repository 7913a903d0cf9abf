import { makeCheckNext } from '../check-next.js'
import { makeBrowserAuth } from './auth.js'

/**
 * The functions that the package offers to a page without a server.
 * @typedef {object} BrowserLandfall
 * @property {import('./types.js').CreateBrowserAuth} createBrowserAuth makes the sign-in of a page; throws a
 *   LandfallError `config_invalid` for options that are not valid. A function is called at the first use, and again as
 *   long as it throws
 * @property {(next: unknown, origin?: string) => string | null} checkNext the safe-`next` check by itself
 */

/**
 * Landfall for a page, on a compiled browser.wasm.
 * @param {() => unknown} getModule gives the WebAssembly.Module, synchronously; asked at the first use, and again for
 *   each createBrowserAuth
 * @returns {BrowserLandfall}
 */
export const withModule = (getModule) => ({
  createBrowserAuth: (/** @type {any} */ options) => /** @type {any} */ (makeBrowserAuth(getModule, options)),
  checkNext: makeCheckNext(getModule),
})
