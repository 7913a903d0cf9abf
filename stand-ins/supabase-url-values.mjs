// Queries as Go's net/url reads and writes them, because a redirect of the Auth server is made that way:
// keys come back sorted, a space as `+`, and a pair that Go cannot read is gone. Strings hold one byte each.

const toBytes = (text) => Buffer.from(text, 'utf8').toString('latin1')
const fromBytes = (bytes) => Buffer.from(bytes, 'latin1').toString('utf8')

function decodePart(bytes) {
  if (/%(?![0-9A-Fa-f]{2})/.test(bytes)) return null
  return bytes
    .replaceAll('+', ' ')
    .replace(/%(..)/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

const hex = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
const escapeQuery = (bytes) =>
  bytes.replace(/[^A-Za-z0-9\-_.~ ]/g, (character) => hex(character)).replaceAll(' ', '+')

export class UrlValues {
  /** @type {Map<string, string[]>} */
  #values = new Map()

  /** @param {string} [query] without `?`; a pair with a raw `;` or a bad escape is dropped */
  constructor(query = '') {
    for (const pair of toBytes(query).split('&')) {
      if (pair === '' || pair.includes(';')) continue
      const at = pair.indexOf('=')
      const key = decodePart(at < 0 ? pair : pair.slice(0, at))
      const value = at < 0 ? '' : decodePart(pair.slice(at + 1))
      if (key === null || value === null) continue
      this.#values.set(key, [...(this.#values.get(key) ?? []), value])
    }
  }

  /** The first value, or the empty string. */
  get(key) {
    return fromBytes(this.#values.get(toBytes(key))?.[0] ?? '')
  }

  /** Puts one value in the place of all others of that name. */
  set(key, value) {
    this.#values.set(toBytes(key), [toBytes(String(value))])
    return this
  }

  delete(key) {
    this.#values.delete(toBytes(key))
  }

  keys() {
    return [...this.#values.keys()].map(fromBytes)
  }

  toString() {
    const keys = [...this.#values.keys()].sort((a, b) => (a < b ? -1 : 1))
    return keys
      .flatMap((key) => this.#values.get(key).map((value) => `${escapeQuery(key)}=${escapeQuery(value)}`))
      .join('&')
  }
}

/** Cuts an address into what Go would print again: all before the query, the query, the fragment or null. */
export function cutUrl(address) {
  const hash = address.indexOf('#')
  const whole = hash < 0 ? address : address.slice(0, hash)
  const mark = whole.indexOf('?')
  return {
    base: mark < 0 ? whole : whole.slice(0, mark),
    query: mark < 0 ? '' : whole.slice(mark + 1),
    fragment: hash < 0 ? null : address.slice(hash + 1),
  }
}

/** The address with other values in its query, and its own fragment or another one. */
export function withQuery(address, change, fragment = cutUrl(address).fragment) {
  const { base, query } = cutUrl(address)
  const values = new UrlValues(query)
  change(values)
  const text = values.toString()
  return `${base}${text && `?${text}`}${fragment === null ? '' : `#${fragment}`}`
}
