/** What a hook of the app returns: headers and another target, for a reply. */
import { isPlainObject } from '../arguments.js'
import { LandfallError } from '../error.js'
import { isLoopback } from '../loopback.js'

/**
 * A hook's answer, read: `location` is empty where the hook names no target.
 * @typedef {{ hook: string, headers: [name: string, value: string][], location: string, provider: string, token:
 *   string, token_type_hint: string }} HookAnswer
 */

/**
 * What each hook may return beside `headers` and `redirect`: strings.
 * @type {Record<string, readonly string[]>}
 */
const TEXTS = { onSession: [], onSignOut: ['provider', 'token', 'token_type_hint'] }

/** They say where a message ends and what happens to the connection, which the host decides. */
const FRAMING = new Set([
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
 * A token, and what may stand in a value (RFC 9110 5.1, 5.5): what Headers would refuse must not get as far as that.
 */
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const VALUE = /^[^\0-\x08\x0a-\x1f\x7f\u0100-\uffff]*$/

/** What browsers take out of an address or read as a slash is no way to write one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const ABSOLUTE = /^https?:\/\/[^/\0-\x20\x7f\\][^\0-\x1f\x7f\\]*$/i
/** The characters of a URI (RFC 3986 2). */
const URI = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/

/**
 * @param {string} hook
 * @param {string} problem
 */
const refused = (hook, problem) => new LandfallError('argument_invalid', `${hook}: ${problem}.`)

/**
 * Pairs of name and value, whatever they come in; undefined for what is none.
 * @param {any} headers
 * @returns {Iterable<any> | undefined}
 */
const toPairs = (headers) => {
  if (headers !== null && typeof headers === 'object' && Symbol.iterator in headers) return headers
  return isPlainObject(headers) ? Object.entries(headers) : undefined
}

/**
 * @param {string} hook
 * @param {unknown} given
 * @returns {HookAnswer['headers']}
 */
const readHeaders = (hook, given) => {
  /** @type {HookAnswer['headers']} */
  const headers = []
  const pairs = toPairs(given)
  if (!pairs) throw refused(hook, '`headers` has to be a Headers, a list of pairs or an object of strings')
  for (const pair of pairs) {
    // Each is read once: what is looked at is what is sent.
    const [given, content] = Array.isArray(pair) && pair.length === 2 ? [pair[0], pair[1]] : []
    if (typeof given !== 'string' || !NAME.test(given))
      throw refused(hook, '`headers` has a name that is none')
    const name = given.toLowerCase()
    // Cookies are never joined, so they may be a list.
    const values = name === 'set-cookie' && Array.isArray(content) ? Array.from(content) : [content]
    for (const value of values) {
      if (typeof value !== 'string' || !VALUE.test(value))
        throw refused(hook, `\`headers\` has a value of \`${name}\` that is no header's`)
      // Blanks at its ends are none of a value (RFC 9110 5.5), and HTTP/2 takes no field that has them.
      headers.push([name, value.replace(/^[ \t]+|[ \t]+$/g, '')])
    }
  }
  return headers
}

/**
 * @param {string} text
 * @returns {URL | undefined}
 */
const parseUrl = (text) => {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

/**
 * Where an absolute target leads, or empty.
 * @param {string} redirect
 */
const readAbsolute = (redirect) => {
  const url = ABSOLUTE.test(redirect) ? parseUrl(redirect) : undefined
  if (!url) return ''
  const { href, protocol, hostname, username, password } = url
  const isSafe = protocol === 'https:' || isLoopback(hostname)
  return isSafe && username === '' && password === '' && URI.test(href) ? href : ''
}

/**
 * @param {string} hook
 * @param {unknown} redirect
 * @param {import('../core.js').Core} core
 */
const readRedirect = (hook, redirect, core) => {
  const location = typeof redirect === 'string' && (core.checkNext(redirect, '') ?? readAbsolute(redirect))
  if (!location)
    throw refused(hook, '`redirect` has to be a path of the app or a complete https URL without user name')
  // Without a fragment of its own the target would inherit the callback's.
  return location.includes('#') ? location : `${location}#`
}

/**
 * Reads what a hook returned, each member once.
 * @param {'onSession' | 'onSignOut'} hook
 * @param {unknown} answer
 * @param {import('../core.js').Core} core says which paths are safe
 * @returns {HookAnswer}
 * @throws {LandfallError} argument_invalid, which names the hook and the member
 */
export const readHookAnswer = (hook, answer, core) => {
  /** @type {HookAnswer} */
  const read = { hook, headers: [], location: '', provider: '', token: '', token_type_hint: '' }
  if (answer === undefined || answer === null) return read
  if (!isPlainObject(answer)) throw refused(hook, 'it has to return nothing or a plain object')
  for (const name of Reflect.ownKeys(/** @type {object} */ (answer))) {
    const value = /** @type {any} */ (answer)[name]
    const isText = TEXTS[hook]?.includes(/** @type {string} */ (name))
    if (name !== 'headers' && name !== 'redirect' && !isText)
      throw refused(hook, `\`${String(name)}\` is nothing that it may return`)
    if (value === undefined || value === null) continue
    if (name === 'headers') read.headers = readHeaders(hook, value)
    else if (name === 'redirect') read.location = readRedirect(hook, value, core)
    else if (typeof value === 'string') read[/** @type {'token'} */ (name)] = value
    else throw refused(hook, `\`${String(name)}\` has to be a string`)
  }
  return read
}

/**
 * Adds a hook's answer to a reply: cookies go beside ours, every other header is new.
 * @param {import('./reply.js').Reply} reply
 * @param {HookAnswer} answer
 * @returns {import('./reply.js').Reply}
 * @throws {LandfallError} argument_invalid for a header that is not the app's to set
 */
export const extend = (reply, { hook, headers, location }) => {
  const own = new Set(reply.headers.map(([name]) => name))
  for (const [name] of headers)
    if (name !== 'set-cookie' && (own.has(name) || FRAMING.has(name)))
      throw refused(hook, `\`headers\` has \`${name}\`, which is Landfall's to set`)
  const kept = location === '' ? reply.headers : reply.headers.filter(([name]) => name !== 'location')
  reply.headers = [...kept, ...headers]
  if (location !== '') reply.headers.push(['location', location])
  return reply
}
