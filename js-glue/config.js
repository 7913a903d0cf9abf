import { configError, LandfallError } from './error.js'

/** @typedef {import('./types.js').Options} Options */

const FUNCTIONS = ['fetch', 'onSession', 'onSignOut', 'onEvent']

/** A page knows its own origin; a server has to be told, or be on this machine. */
const pageOrigin = () => {
  const { document, location } = /** @type {any} */ (globalThis)
  return document && location?.origin?.startsWith('http') ? location.origin : undefined
}

/** As supabase-js reads it: trimmed, with the host in lower case and Punycode; what is no URL is for the core to refuse. @param {unknown} url */
const normalizeUrl = (url) => {
  try {
    return typeof url === 'string' ? new URL(url.trim()).href : url
  } catch {
    return url
  }
}

/** An object's own members, with nothing behind them: a prototype that somebody wrote to names no option. @param {object} object */
const ownMembers = (object) => ({ __proto__: null, ...object })

/**
 * The options of createAuth as they are used: their own members alone.
 * @param {unknown} given @returns {Options} @throws {LandfallError} config_invalid
 */
export const readOptions = (given) => {
  if (given === null || typeof given !== 'object' || Array.isArray(given)) throw configError('', 'json', '')
  if (typeof (/** @type {any} */ (given).then) === 'function')
    throw new LandfallError('config_invalid', 'createAuth: the options are a promise; await it first.')
  const options = /** @type {any} */ (ownMembers(given))
  for (const name of FUNCTIONS)
    if (!['function', 'undefined'].includes(typeof options[name]) && options[name] !== null)
      throw configError(name, 'type', '')
  const { supabase } = options
  if (supabase && typeof supabase === 'object' && !Array.isArray(supabase)) {
    const own = /** @type {any} */ (ownMembers(supabase))
    if ('url' in own) own.url = normalizeUrl(own.url)
    options.supabase = own
  }
  return options
}

/**
 * The options as JSON: `true` stands for a function. A member without a value stays one, as null:
 * JSON would drop it, and what is left out means something else. In a page, the session is for the page.
 * @param {Options} options of readOptions @throws {LandfallError} config_invalid for an object that holds itself
 */
export const toConfig = (options) => {
  const origin = pageOrigin()
  const config = /** @type {any} */ (ownMembers(options))
  for (const name of FUNCTIONS) if (config[name]) config[name] = true
  if (origin) Object.assign(config, { origin: options.origin || origin, onSession: true, onSignOut: false })
  const toValue = (/** @type {string} */ _, /** @type {unknown} */ value) => {
    if (value === undefined) return null
    // What JSON has no word for is of the wrong type everywhere.
    return ['function', 'symbol', 'bigint'].includes(typeof value) ? [[]] : value
  }
  try {
    return JSON.stringify(config, toValue)
  } catch {
    throw configError('', 'json', '')
  }
}
