/**
 * The OAuth callback route: createAuth and checkNext. The module is inlined, so nothing has to be fetched or
 * configured.
 */
import { getModule } from '../module.js'
import { withModule } from '../server/with-module.js'

export { LandfallError } from '../error.js'
export { ERRORS } from '../generated/errors.js'

/** @typedef {import('../types.js').Auth} Auth */
/** @typedef {import('../event.js').AuthEvent} AuthEvent */
/** @typedef {import('../generated/errors.js').Blame} Blame */
/** @typedef {import('../session.js').Claims} Claims */
/** @typedef {import('../types.js').DirectOptions} DirectOptions */
/** @typedef {import('../generated/errors.js').ErrorCode} ErrorCode */
/** @typedef {import('../generated/errors.js').ErrorRow} ErrorRow */
/** @typedef {import('../types.js').Handler} Handler */
/** @typedef {import('../types.js').HandlerInput} HandlerInput */
/** @typedef {import('../types.js').HookResult} HookResult */
/** @typedef {import('../types.js').NotSet} NotSet */
/** @typedef {import('../generated/options.js').Options} Options */
/** @typedef {import('../session.js').Profile} Profile */
/** @typedef {import('../generated/options.js').ProviderOptions} ProviderOptions */
/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../types.js').SessionContext} SessionContext */
/** @typedef {import('../types.js').SignOutResult} SignOutResult */
/** @typedef {import('../types.js').StartOptions} StartOptions */
/** @typedef {import('../types.js').SupabaseOnlyOptions} SupabaseOnlyOptions */
/** @typedef {import('../generated/options.js').SupabaseOptions} SupabaseOptions */
/** @typedef {import('../session.js').SignedInSession} SignedInSession */
/** @typedef {import('../session.js').SupabaseSession} SupabaseSession */
/** @typedef {import('../session.js').SupabaseUser} SupabaseUser */
/** @typedef {import('../signature.js').UnverifiedSignature} UnverifiedSignature */

const landfall = /* @__PURE__ */ withModule(getModule)

/**
 * Makes the auth handlers of an app. Throws a LandfallError `config_invalid` for options that are not valid; the
 * message names the option. An option that is there without a value (its environment variable is not set) throws
 * nothing: it blocks the parts that need it, and `auth.check()` lists it. A function is called at the first use, and
 * again as long as it throws.
 * @type {import('../types.js').CreateAuth}
 */
export const createAuth = landfall.createAuth

/**
 * The safe-`next` check by itself: the path to redirect to, percent-encoded where necessary, or null for a value that
 * could leave the origin, is no plain path, or is no text (RFC 9700 4.11; URL Standard 4.4). A `next` that starts with
 * `origin`, the app's own, is taken as a path.
 * @type {(next: unknown, origin?: string) => string | null}
 */
export const checkNext = landfall.checkNext
