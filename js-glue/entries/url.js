/**
 * The entry `landfall/url`, for a page: it fetches browser.wasm as a file. That is less to transfer than the inlined
 * one, where the server and the bundler serve the file.
 */
import { withModule } from '../browser/with-module.js'

export { LandfallError } from '../error.js'
export { ERRORS } from '../generated/errors.js'

/**
 * Loads the module while it is compiled, then gives createBrowserAuth and checkNext.
 * @param {string | URL} [url] of browser.wasm, served as application/wasm; the file beside this one
 * @returns {Promise<import('../browser/with-module.js').BrowserLandfall>}
 */
export const load = async (url = new URL('./browser.wasm', import.meta.url)) => {
  const module = await WebAssembly.compileStreaming(fetch(url))
  return withModule(() => module)
}
