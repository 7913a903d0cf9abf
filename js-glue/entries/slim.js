/** Landfall for a module that is loaded some other way: every other entry is this with a loader. */
import { KIND, refuseArgument } from '../arguments.js'
import { Core } from '../core.js'
import { makeAuth } from '../server/auth.js'

export { LandfallError } from '../error.js'
export { ERRORS } from '../generated/errors.js'

/** @typedef {import('../types.js').Auth} Auth */
/** @typedef {import('../types.js').Options} Options */

/**
 * What every entry of the package offers.
 * @typedef {object} Landfall
 * @property {(options: Options | (() => Options)) => Auth} createAuth makes the auth handlers of an app; throws a LandfallError
 *   `config_invalid` for options that are not valid. A function is called at the first use, and again as long as it throws
 * @property {(next: unknown, origin?: string) => string | null} checkNext the safe-`next` check by itself
 */

/**
 * Landfall on a compiled core.wasm. @param {() => any} getModule gives the WebAssembly.Module, synchronously; asked at the first use, and
 * again for each createAuth
 * @returns {Landfall}
 */
export const withModule = (getModule) => {
  /** @type {Core | undefined} */
  let core
  return {
    createAuth: (options) => makeAuth(getModule, options),
    checkNext(next, origin) {
      const own = origin ?? ''
      if (typeof own !== 'string') refuseArgument('checkNext', 'origin', KIND.text)
      if (typeof next !== 'string') return null
      core ??= new Core(getModule)
      try {
        return core.checkNext(next, own)
      } catch {
        return null
      }
    },
  }
}
