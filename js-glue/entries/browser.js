/**
 * The entry `landfall/browser`: the sign-in of a page without a server. The module is inlined, so nothing has to be
 * fetched or configured.
 */
import { getModule } from '../browser/module.js'
import { withModule } from '../browser/with-module.js'

export { getSession, watchSession } from '../browser/session.js'
export { LandfallError } from '../error.js'
export { ERRORS } from '../generated/errors.js'

/** @typedef {import('../browser/types.js').AppStorage} AppStorage */
/** @typedef {import('../event.js').AuthEvent} AuthEvent */
/** @typedef {import('../generated/errors.js').Blame} Blame */
/** @typedef {import('../browser/types.js').BrowserAuth} BrowserAuth */
/** @typedef {import('../browser/types.js').BrowserOptions} BrowserOptions */
/** @typedef {import('../browser/types.js').BrowserProject} BrowserProject */
/** @typedef {import('../browser/types.js').Completed} Completed */
/** @typedef {import('../session.js').Claims} Claims */
/** @typedef {import('../generated/errors.js').ErrorCode} ErrorCode */
/** @typedef {import('../generated/errors.js').ErrorRow} ErrorRow */
/** @typedef {import('../types.js').NotSet} NotSet */
/** @typedef {import('../browser/types.js').OAuthOptions} OAuthOptions */
/** @typedef {import('../generated/options.js').ProviderOptions} ProviderOptions */
/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../generated/options.js').SupabaseOptions} SupabaseOptions */
/** @typedef {import('../session.js').SignedInSession} SignedInSession */
/** @typedef {import('../session.js').SupabaseSession} SupabaseSession */
/** @typedef {import('../session.js').SupabaseUser} SupabaseUser */
/** @typedef {import('../signature.js').UnverifiedSignature} UnverifiedSignature */

const landfall = /* @__PURE__ */ withModule(getModule)

/**
 * Makes the sign-in of a page: `signInWithOAuth`, `complete` and `signOut`. Throws a LandfallError `config_invalid` for
 * options that are not valid; the message names the option. Where a framework renders the page on a server, it does
 * nothing. A function is called at the first use, and again as long as it throws.
 * @type {import('../browser/types.js').CreateBrowserAuth}
 */
export const createBrowserAuth = landfall.createBrowserAuth

/**
 * The safe-`next` check by itself: the path to go to, percent-encoded where necessary, or null for a value that could
 * leave the origin, is no plain path, or is no text (RFC 9700 4.11; URL Standard 4.4). A `next` that starts with
 * `origin`, the page's own, is taken as a path.
 * @type {(next: unknown, origin?: string) => string | null}
 */
export const checkNext = landfall.checkNext
