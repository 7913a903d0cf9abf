import text from '../generated/core-base64.js'
import { compileOnce } from '../inlined.js'

/**
 * Node decodes base64 itself, which takes a new process a tenth of the time of a loop in JavaScript. A bundle of
 * `require('landfall')` for another runtime has no Buffer, but `atob`.
 * @param {string} base64
 * @returns {Uint8Array}
 */
const fromBase64 = (base64) =>
  /** @type {any} */ (globalThis).Buffer?.from(base64, 'base64') ??
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

/**
 * The compiled core, for runtimes that decode base64 themselves.
 * @type {() => any}
 */
export const getModule = /* @__PURE__ */ compileOnce(text, fromBase64)
