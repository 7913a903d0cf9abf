/** The result of a hook of the app: headers and another target for a reply, and a token to revoke. */
import { isPlainObject, KIND, refuseArgument, toJson } from '../arguments.js'
import { LandfallError } from '../error.js'

/**
 * The result of a hook, read.
 * @typedef {object} HookResult
 * @property {[name: string, value: string][]} headers
 * @property {string} redirect empty where the hook names no target; the core says whether it is a safe one
 * @property {string} provider
 * @property {string} token
 * @property {string} token_type_hint
 * @property {string} data JSON; empty for none
 */

/**
 * The members that each hook may return beside `headers` and `redirect`. They are strings.
 * @type {Record<string, readonly string[]>}
 */
const TEXTS = { onSession: [], onSignOut: ['provider', 'token', 'token_type_hint'] }

/** The hook that may return `data`. */
const DATA_HOOK = 'onSession'

/**
 * Landfall sets the first five. The others describe the message's end and encoding, and the connection: the host's
 * business.
 */
const RESERVED = new Set([
  'cache-control',
  'expires',
  'location',
  'pragma',
  'referrer-policy',
  'connection',
  'content-encoding',
  'content-length',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/**
 * A token, and the characters of a value (RFC 9110 5.1, 5.5). They reject every text that Headers would throw on.
 */
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern refuses them
const VALUE = /^[^\0-\x08\x0a-\x1f\x7f\u0100-\uffff]*$/

/**
 * @param {string} hook
 * @param {string} problem
 */
const refused = (hook, problem) => new LandfallError('argument_invalid', `${hook}: ${problem}.`)

/**
 * Pairs of name and value from any container; undefined for any other value.
 * @param {any} headers
 * @returns {Iterable<any> | undefined}
 */
const toPairs = (headers) => {
  if (typeof headers === 'object' && Symbol.iterator in headers) return headers
  return isPlainObject(headers) ? Object.entries(headers) : undefined
}

/**
 * @param {string} hook
 * @param {unknown} given
 * @returns {HookResult['headers']}
 */
const readHeaders = (hook, given) => {
  /** @type {HookResult['headers']} */
  const headers = []
  const pairs = toPairs(given)
  if (!pairs) throw refused(hook, '`headers` must be a Headers, a list of pairs or an object of strings')
  for (const pair of pairs) {
    // Read each value once, so that the checked value is the sent value.
    const [given, content] = Array.isArray(pair) && pair.length === 2 ? [pair[0], pair[1]] : []
    if (typeof given !== 'string' || !NAME.test(given)) throw refused(hook, '`headers` has an invalid name')
    const name = given.toLowerCase()
    if (RESERVED.has(name)) throw refused(hook, `\`headers\` has \`${name}\`, which only Landfall may set`)
    // Cookies are never joined, so they may be a list.
    const values = name === 'set-cookie' && Array.isArray(content) ? Array.from(content) : [content]
    for (const value of values) {
      if (typeof value !== 'string' || !VALUE.test(value))
        throw refused(hook, `\`headers\` has an invalid value for \`${name}\``)
      // A value excludes blanks at its ends (RFC 9110 5.5), and HTTP/2 refuses a field that has them.
      headers.push([name, value === value.trim() ? value : value.replace(/^[ \t]+|[ \t]+$/g, '')])
    }
  }
  return headers
}

/** @param {string} hook */
export const refuseRedirect = (hook) =>
  refused(hook, '`redirect` must be a path of the app or a complete https URL without user name')

/** Rejects characters that browsers remove from an address or read as a slash. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern refuses them
const ABSOLUTE = /^https?:\/\/[^/\0-\x20\x7f\\][^\0-\x1f\x7f\\]*$/i

/**
 * A target as the core reads it: ASCII. A host is written in Punycode, and other characters percent-encoded.
 * @param {string} hook
 * @param {unknown} redirect
 */
const readRedirect = (hook, redirect) => {
  if (typeof redirect !== 'string' || redirect === '') throw refuseRedirect(hook)
  try {
    return ABSOLUTE.test(redirect) ? new URL(redirect).href : redirect
  } catch {
    return redirect
  }
}

/**
 * Reads the result of a hook, each member once.
 * @param {string} hook onSession or onSignOut
 * @param {unknown} returned
 * @returns {HookResult}
 * @throws {LandfallError} argument_invalid, which names the hook and the member
 */
export const readHookResult = (hook, returned) => {
  /** @type {HookResult} */
  const read = { headers: [], redirect: '', provider: '', token: '', token_type_hint: '', data: '' }
  if (returned === undefined || returned === null) return read
  if (!isPlainObject(returned)) throw refused(hook, 'it must return nothing or a plain object')
  for (const name of Reflect.ownKeys(/** @type {object} */ (returned))) {
    const value = /** @type {any} */ (returned)[name]
    const isText = TEXTS[hook]?.includes(/** @type {string} */ (name))
    const isData = name === 'data' && hook === DATA_HOOK
    if (name !== 'headers' && name !== 'redirect' && !isText && !isData)
      throw refused(hook, `it must not return \`${String(name)}\``)
    if (value === undefined || value === null) continue
    if (isData) read.data = toJson(value) ?? refuseArgument(hook, 'data', KIND.json)
    else if (name === 'headers') read.headers = readHeaders(hook, value)
    else if (name === 'redirect') read.redirect = readRedirect(hook, value)
    else if (typeof value === 'string') read[/** @type {'token'} */ (name)] = value
    else throw refused(hook, `\`${String(name)}\` must be a string`)
  }
  return read
}
