import { configError, LandfallError } from './error.js'
import { MAX_CONFIG_BYTES } from './generated/limits.js'

/** @typedef {import('./generated/options.js').Options} Options */

/** Functions of which the core knows whether they are there: it asks for their calls. */
const HOOKS = ['onSession', 'onSignOut', 'isRevoked']

/** Functions that the core knows nothing of, as `session.lock`. */
const HOST_FUNCTIONS = ['fetch', 'verify', 'onEvent']

/**
 * A URL as supabase-js reads it: trimmed, with the host in lower case and Punycode. The core refuses a value that is no
 * URL.
 * @param {unknown} url
 */
const normalizeUrl = (url) => {
  try {
    return typeof url === 'string' ? new URL(url.trim()).href : url
  } catch {
    return url
  }
}

/** The options that hold a URL or hosts. An issuer stays as it is, because it is compared as text (RFC 8414 3.3). */
const ADDRESSES = /^(origin|trustedHosts|redirectVia|relayTo|\w+Endpoint|jwksUri)$/

/**
 * A URL or a host with its host in Punycode, where it has a character beyond ASCII.
 * @param {unknown} text
 * @returns {unknown}
 */
const toAscii = (text) => {
  if (Array.isArray(text)) return text.map(toAscii)
  // `new URL` also drops line ends and tabs: leave those to the core, which refuses them.
  if (typeof text !== 'string' || /[^!-~\u0080-\uffff]/.test(text) || !/[\u0080-\uffff]/.test(text))
    return text
  const isHost = !text.includes('://')
  try {
    const url = new URL(isHost ? `https://${text}` : text)
    return isHost ? url.host : url.href
  } catch {
    return text
  }
}

/**
 * An object's own members, with nothing behind them: a prototype that somebody wrote to names no option.
 * @param {object} object
 */
const ownMembers = (object) => ({ __proto__: null, ...object })

/**
 * @param {string} maker
 * @param {string} name
 * @param {unknown} value
 * @throws {LandfallError} config_invalid for another value than a function or none
 */
const checkFunction = (maker, name, value) => {
  if (typeof value !== 'function' && value !== undefined && value !== null)
    throw configError(maker, name, 'type', '')
}

/**
 * The options as they are used: their own members alone.
 * @param {string} maker the function that took them
 * @param {unknown} given
 * @returns {Options}
 * @throws {LandfallError} config_invalid
 */
export const readOptions = (maker, given) => {
  if (given === null || typeof given !== 'object' || Array.isArray(given))
    throw configError(maker, '', 'json', '')
  if (typeof (/** @type {any} */ (given).then) === 'function')
    throw new LandfallError('config_invalid', `${maker}: the options are a promise; await it first.`)
  const options = /** @type {any} */ (ownMembers(given))
  for (const name of [...HOOKS, ...HOST_FUNCTIONS]) checkFunction(maker, name, options[name])
  const { session } = options
  if (session && typeof session === 'object' && !Array.isArray(session)) {
    options.session = ownMembers(session)
    checkFunction(maker, 'session.lock', options.session.lock)
  }
  const { supabase } = options
  if (supabase && typeof supabase === 'object' && !Array.isArray(supabase)) {
    const own = /** @type {any} */ (ownMembers(supabase))
    if ('url' in own) own.url = normalizeUrl(own.url)
    options.supabase = own
  }
  return options
}

/**
 * The options as JSON, without those that only the host knows: `true` stands for a hook. A member without a value stays
 * one, as null. JSON would drop it, and a member that is left out means something else.
 * @param {string} maker the function that took them
 * @param {Options} options of readOptions
 * @throws {LandfallError} config_invalid for an object that holds itself, or that is too large
 */
export const toConfig = (maker, options) => {
  const config = /** @type {any} */ (ownMembers(options))
  for (const name of HOOKS) if (config[name]) config[name] = true
  for (const name of HOST_FUNCTIONS) delete config[name]
  const { session } = config
  if (session !== null && typeof session === 'object' && 'lock' in session) {
    config.session = ownMembers(session)
    delete config.session.lock
  }
  const toValue = (/** @type {string} */ name, /** @type {unknown} */ value) => {
    if (value === undefined) return null
    // A value that JSON cannot express becomes a list in a list, which is of the wrong type everywhere.
    if (['function', 'symbol', 'bigint'].includes(typeof value)) return [[]]
    return ADDRESSES.test(name) ? toAscii(value) : value
  }
  try {
    const json = JSON.stringify(config, toValue)
    // More might not fit in a message, and the core could not say what is wrong.
    if (json.length <= MAX_CONFIG_BYTES) return json
  } catch {}
  throw configError(maker, '', 'json', '')
}
