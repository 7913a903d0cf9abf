/** The entry for Node, and for what takes its condition: a server that no browser loads, so its text may be longer. */

import { getModule } from '../node/module.js'
import { withModule } from '../server/with-module.js'

export { LandfallError } from '../error.js'
export { ERRORS } from '../generated/errors.js'

export const { createAuth, checkNext } = /* @__PURE__ */ withModule(getModule)
