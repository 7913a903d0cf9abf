/**
 * The entry `landfall/plain`, for servers without WebAssembly: the core is plain JavaScript. It has the functions of
 * `landfall`.
 */
import makeInstance from '../generated/core-plain.js'
import { withModule } from '../server/with-module.js'

export { LandfallError } from '../error.js'
export { ERRORS } from '../generated/errors.js'

export const { createAuth, checkNext } = /* @__PURE__ */ withModule(() => makeInstance)
