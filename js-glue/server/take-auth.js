import { refuseArgument } from '../arguments.js'
import { REPLY } from './reply.js'

/** @typedef {import('../types.js').Auth} Auth */

/** What the adapters call, and of which they take the reply before it is a Response. */
const CALLED = /** @type {const} */ (['start', 'getSession', 'createSession', 'getAccessToken'])
const REPLYING = /** @type {const} */ (['handle', 'getUser', 'require', 'verifyLogoutToken'])

/**
 * The `auth` that a function of a framework's adapter got, checked: all of it, so that a part of it fails where it
 * is given and not at the first request.
 * @param {string} name the function's, for the error
 * @param {any} auth
 * @returns {Auth}
 * @throws {LandfallError} argument_invalid for anything but the result of createAuth
 */
export const takeAuth = (name, auth) => {
  const isAuth =
    CALLED.every((called) => typeof auth?.[called] === 'function') &&
    REPLYING.every((replying) => typeof auth[replying]?.[REPLY] === 'function')
  return isAuth ? auth : refuseArgument(name, 'auth', { name: 'the result of createAuth' })
}
