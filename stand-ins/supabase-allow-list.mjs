// Where an Auth server sends people back to: SITE_URL, loopback addresses, and an allow list of globs.
import { isIP } from 'node:net'
import { cutUrl } from './supabase-url-values.mjs'

const SEPARATORS = './'
const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '::1', '0.0.0.0', '::'])
const REGULAR_HOST = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/
// Go reads a port or a default port as it is written: `https://a:443` and `https://a` are not the same.
const ADDRESS =
  /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/(?:[\w\-.~:!$&'()*+,;=%@]*@)?(\[[^\]\\/?#]*\]|[^:\\/?#@[\]]*)(?::(\d*))?(?=[/?#]|$))?/

/** Scheme, host without brackets and port of an address as Go's url.Parse sees them, or null. */
function parseAddress(text) {
  const match = ADDRESS.exec(text)
  if (!match) return text.includes(':') ? null : { scheme: '', host: '', port: '' }
  const [, scheme, host = '', port = ''] = match
  const { base, fragment } = cutUrl(text)
  if (/%(?![0-9A-Fa-f]{2})/.test(base + (fragment ?? ''))) return null
  if (host === '' && /^https?:\/\//i.test(text) && match[2] === undefined) return null
  return { scheme: scheme.toLowerCase(), host: host.replace(/^\[|\]$/g, ''), port }
}

function isLoopback(ip) {
  const four = ip.replace(/^::ffff:/i, '')
  return isIP(four) === 4 ? four.startsWith('127.') : /^(0*:)*0*1$/.test(ip)
}

const quote = (character) => character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/**
 * One glob as a regular expression: `*` and `?` stop at `.` and `/`, `**` does not; `[a-z]`, `[!a]`,
 * `{one,two}` and `\` as an escape.
 */
export function globPattern(glob) {
  let pattern = ''
  let depth = 0
  for (let at = 0; at < glob.length; at++) {
    const character = glob[at]
    const list = character === '[' && /^\[(!?)((?:[^\]\\]|\\.)+)\]/.exec(glob.slice(at))
    if (character === '\\') {
      pattern += quote(glob[++at] ?? '')
    } else if (character === '*') {
      const stars = /^\*+/.exec(glob.slice(at))[0].length
      pattern += stars > 1 ? '[^]*' : `[^${quote(SEPARATORS)}]*`
      at += stars - 1
    } else if (character === '?') {
      pattern += `[^${quote(SEPARATORS)}]`
    } else if (list) {
      pattern += `[${list[1] && '^'}${list[2].replace(/[\\^[]/g, '\\$&')}]`
      at += list[0].length - 1
    } else if (character === '{') {
      pattern += '(?:'
      depth++
    } else if (depth > 0 && character === '}') {
      pattern += ')'
      depth--
    } else {
      pattern += depth > 0 && character === ',' ? '|' : quote(character)
    }
  }
  return new RegExp(`^${pattern}$`, 'u')
}

/**
 * @param {string} siteUrl
 * @param {string | string[]} [globs] as in GOTRUE_URI_ALLOW_LIST, or as a list
 */
export function makeAllowList(siteUrl, globs = []) {
  const site = parseAddress(siteUrl)
  const list = typeof globs === 'string' ? globs.split(',') : globs
  const patterns = list
    .map((glob) => glob.trim())
    .filter(Boolean)
    .map(globPattern)
  const isListed = (address) => patterns.some((pattern) => pattern.test(address.split('#', 1)[0]))

  function allows(address) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is refused
    if (!address || /[\x00-\x20\x7f]/.test(address)) return false
    const target = parseAddress(address)
    if (!target) return !/^https?:/i.test(address) && isListed(address)
    const { scheme, host, port } = target
    if (host === site.host && scheme === site.scheme && (port === site.port || LOCAL_HOSTS.has(host))) {
      return true
    }
    if (/^\d+$/.test(host)) return false
    if (isIP(host)) return isLoopback(host)
    if (/^https?$/.test(scheme) && !REGULAR_HOST.test(host)) return false
    return isListed(address)
  }

  return {
    allows,
    /** The first of `redirect_to`, `Referer` and SITE_URL that is allowed; nothing says which it was. */
    choose: (redirectTo, referer) => [redirectTo, referer].find(allows) ?? siteUrl,
  }
}
