import { refuseArgument } from '../arguments.js'
import { REPLY } from './reply.js'

/** @typedef {import('../types.js').Auth} Auth */

/**
 * The `auth` that a function of a framework's adapter got, checked.
 * @param {string} name the function's, for the error
 * @param {unknown} auth
 * @returns {Auth}
 * @throws {LandfallError} argument_invalid for anything but the result of createAuth
 */
export const takeAuth = (name, auth) => {
  const isAuth = typeof (/** @type {any} */ (auth)?.handle?.[REPLY]) === 'function'
  return isAuth
    ? /** @type {Auth} */ (auth)
    : refuseArgument(name, 'auth', { name: 'the result of createAuth' })
}
