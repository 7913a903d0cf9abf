import text from '../generated/browser-text.js'
import { compileOnce, fromText } from '../inlined.js'

/**
 * The compiled core for a page: it makes no pages of ours.
 * @type {() => any}
 */
export const getModule = /* @__PURE__ */ compileOnce(text, fromText)
