/**
 * The entry `landfall/plain/browser`, for pages and apps without WebAssembly: a policy without `wasm-unsafe-eval`,
 * React Native. The core is plain JavaScript. It has the functions of `landfall/browser`.
 */
import { withModule } from '../browser/with-module.js'
import makeInstance from '../generated/browser-plain.js'

export { getSession, watchSession } from '../browser/session.js'
export { LandfallError } from '../error.js'
export { ERRORS } from '../generated/errors.js'

export const { createBrowserAuth, checkNext } = /* @__PURE__ */ withModule(() => makeInstance)
