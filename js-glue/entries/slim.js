/** The entry `landfall/slim`, for a module that is loaded some other way: on a server, or in a page. */
export { withModule as withBrowserModule } from '../browser/with-module.js'
export { LandfallError } from '../error.js'
export { ERRORS } from '../generated/errors.js'
export { withModule } from '../server/with-module.js'
