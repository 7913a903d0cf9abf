import text from './generated/core-text.js'
import { compileOnce, fromText } from './inlined.js'

/**
 * The compiled core.
 * @type {() => any}
 */
export const getModule = /* @__PURE__ */ compileOnce(text, fromText)
