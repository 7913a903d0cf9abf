/** The entry for Vercel's edge, where code is compiled beforehand: a module can only be imported. */
import module from './core.wasm?module'
import { withModule } from './slim.js'

export { LandfallError } from '../error.js'
export { ERRORS } from '../generated/errors.js'

export const { createAuth, checkNext } = /* @__PURE__ */ withModule(() => module)
