// Cookies as a browser keeps them (RFC 6265bis), without SameSite and the public suffix list:
// by host and not by port, prefixes and sizes enforced, Secure also taken from loopback hosts.

const MAX_COOKIE_BYTES = 4096
const MAX_ATTRIBUTE_BYTES = 1024
const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/

const isSecure = (url) => url.protocol === 'https:' || LOOPBACK.test(url.hostname)

export class CookieStore {
  #cookies = []

  /** Takes one Set-Cookie line; false when a browser would have thrown it away. */
  store(line, from, now = Date.now()) {
    const url = new URL(from)
    const cookie = parseSetCookie(line, url, now)
    if (!cookie) return false
    const index = this.#cookies.findIndex((one) => isSame(one, cookie))
    // A browser keeps the place of a cookie that is set again.
    const created = index < 0 ? now : this.#cookies[index].created
    if (index >= 0) this.#cookies.splice(index, 1)
    if (cookie.expires > now) this.#cookies.push({ ...cookie, created })
    return true
  }

  /** The Cookie header for an address, or the empty string. */
  headerFor(address, now = Date.now()) {
    return this.matching(address, now)
      .map(({ name, value }) => (name ? `${name}=${value}` : value))
      .join('; ')
  }

  /** The cookies that go to an address: longer paths first, then older ones. */
  matching(address, now = Date.now()) {
    const url = new URL(address)
    return this.#cookies
      .filter((one) => one.expires > now && (!one.secure || isSecure(url)))
      .filter((one) => (one.domain ? isUnder(url.hostname, one.host) : url.hostname === one.host))
      .filter((one) => pathMatches(url.pathname, one.path))
      .sort((a, b) => b.path.length - a.path.length || a.created - b.created)
  }

  /** The value of a cookie by name, for whichever host, or undefined. */
  get(name) {
    return this.#cookies.find((one) => one.name === name)?.value
  }

  /** Names of all cookies kept. */
  names() {
    return this.#cookies.map((one) => one.name)
  }

  /** Forgets one cookie, or all. */
  delete(name) {
    this.#cookies = name === undefined ? [] : this.#cookies.filter((one) => one.name !== name)
  }
}

function parseSetCookie(line, url, now) {
  const [pair, ...rest] = line.split(';')
  const equals = pair.indexOf('=')
  const name = equals < 0 ? '' : pair.slice(0, equals).trim()
  const value = pair.slice(equals + 1).trim()
  if (!name && !value) return null
  if (Buffer.byteLength(name) + Buffer.byteLength(value) > MAX_COOKIE_BYTES) return null
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a browser drops such cookies
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(line)) return null

  const cookie = { name, value, host: url.hostname, path: defaultPath(url), domain: false, expires: Infinity }
  let maxAge
  for (const attribute of rest) {
    const at = attribute.indexOf('=')
    const key = (at < 0 ? attribute : attribute.slice(0, at)).trim().toLowerCase()
    const text = at < 0 ? '' : attribute.slice(at + 1).trim()
    if (Buffer.byteLength(text) > MAX_ATTRIBUTE_BYTES) continue
    if (key === 'secure') cookie.secure = true
    if (key === 'httponly') cookie.httpOnly = true
    if (key === 'samesite') cookie.sameSite = text
    if (key === 'path') cookie.path = text.startsWith('/') ? text : defaultPath(url)
    if (key === 'expires' && !Number.isNaN(Date.parse(text))) cookie.expires = Date.parse(text)
    if (key === 'max-age' && /^-?\d+$/.test(text)) maxAge = Number(text)
    if (key === 'domain' && text) {
      cookie.domain = true
      cookie.host = text.replace(/^\./, '').toLowerCase()
    }
  }
  if (maxAge !== undefined) cookie.expires = maxAge > 0 ? now + maxAge * 1000 : 0
  return isAllowed(cookie, url) ? cookie : null
}

function isAllowed(cookie, url) {
  if (cookie.domain && !isUnder(url.hostname, cookie.host)) return false
  if (cookie.secure && !isSecure(url)) return false
  const name = (cookie.name || cookie.value).toLowerCase()
  if (name.startsWith('__secure-') && !cookie.secure) return false
  if (name.startsWith('__host-') && (!cookie.secure || cookie.domain || cookie.path !== '/')) return false
  return true
}

const isSame = (a, b) => a.name === b.name && a.host === b.host && a.path === b.path && a.domain === b.domain

const isUnder = (host, domain) => host === domain || (host.endsWith(`.${domain}`) && !/^[\d.]+$/.test(host))

function defaultPath({ pathname }) {
  const end = pathname.lastIndexOf('/')
  return end > 0 ? pathname.slice(0, end) : '/'
}

function pathMatches(path, cookiePath) {
  if (path === cookiePath) return true
  return path.startsWith(cookiePath) && (cookiePath.endsWith('/') || path[cookiePath.length] === '/')
}
