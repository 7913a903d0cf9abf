/** The OAuth callback route: createAuth and checkNext. The module is inlined, so nothing has to be fetched or configured. */
import { makeAuth } from './auth.js'
import { Core } from './core.js'
import { getModule } from './module.js'

export { LandfallError } from './error.js'
export { ERRORS } from './generated/errors.js'

/** @typedef {import('./types.js').Auth} Auth */
/** @typedef {import('./types.js').AuthEvent} AuthEvent */
/** @typedef {import('./types.js').HandlerInput} HandlerInput */
/** @typedef {import('./types.js').HookAnswer} HookAnswer */
/** @typedef {import('./types.js').Options} Options */
/** @typedef {import('./types.js').ProviderOptions} ProviderOptions */
/** @typedef {import('./types.js').Session} Session */
/** @typedef {import('./types.js').SessionContext} SessionContext */
/** @typedef {import('./types.js').SignOutAnswer} SignOutAnswer */
/** @typedef {import('./types.js').SupabaseOptions} SupabaseOptions */
/** @typedef {import('./types.js').SupabaseSession} SupabaseSession */

/**
 * Makes the auth handlers of an app. @param {Options} options
 * @returns {Auth}
 * @throws {LandfallError} `config_invalid` for options that are not valid; the message names the option
 */
export const createAuth = (options) => makeAuth(getModule, options)

/** @type {Core | undefined} */
let core

/**
 * The safe-`next` check by itself: the path to redirect to, percent-encoded where it has to be, or null for whatever could leave
 * the origin, is no plain path, or is no text (RFC 9700 4.11; URL Standard 4.4).
 * @param {unknown} next the untrusted target
 * @param {string} [origin] the app's own origin; a `next` that starts with it is taken as a path
 * @returns {string | null}
 */
export const checkNext = (next, origin = '') => {
  if (typeof next !== 'string' || typeof origin !== 'string') return null
  core ??= new Core(getModule)
  try {
    return core.checkNext(next, origin)
  } catch {
    return null
  }
}
