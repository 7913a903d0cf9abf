/** The entry that fetches core.wasm as a file: less to transfer than inlined, where the server and the bundler serve that file. */
import { withModule } from './slim.js'

export { LandfallError } from '../error.js'
export { ERRORS } from '../generated/errors.js'

/**
 * Loads the module while it is compiled, then gives createAuth and checkNext.
 * @param {string | URL} [url] of core.wasm, served as application/wasm; the file beside this one
 * @returns {Promise<import('./slim.js').Landfall>}
 */
export const load = async (url = new URL('./core.wasm', import.meta.url)) => {
  const module = await WebAssembly.compileStreaming(fetch(url))
  return withModule(() => module)
}
