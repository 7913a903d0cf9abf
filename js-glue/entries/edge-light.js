/** The entry for Vercel's edge, where code is compiled beforehand: a module can only be imported. */

import { withModule } from '../server/with-module.js'
import module from './core.wasm?module'

export { LandfallError } from '../error.js'
export { ERRORS } from '../generated/errors.js'

export const { createAuth, checkNext } = /* @__PURE__ */ withModule(() => module)
