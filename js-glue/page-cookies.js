const PREFIX = 'base64-'

const encode = (/** @type {string} */ text) =>
  PREFIX +
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

const decode = (/** @type {string} */ value) =>
  new TextDecoder().decode(
    Uint8Array.from(atob(value.slice(PREFIX.length).replaceAll('-', '+').replaceAll('_', '/')), (one) =>
      one.charCodeAt(0),
    ),
  )

/**
 * The cookies of a page: read as a Cookie header, written as Set-Cookie lines. With `storage: 'localStorage'`, those of Supabase stand
 * in localStorage as supabase-js's createClient has them: plain JSON under the name of the cookie, never in chunks.
 * @param {string} baseName the name of Supabase's session cookie @param {'cookies' | 'localStorage' | undefined} storage
 */
export const makePageCookies = (baseName, storage) => {
  const { document, localStorage } = /** @type {any} */ (globalThis)
  const isStored = (/** @type {string} */ name) => storage === 'localStorage' && name.startsWith(baseName)

  const read = () => {
    if (storage !== 'localStorage') return document.cookie
    const names = Object.keys(localStorage).filter((name) => isStored(name) && /^[\w.-]+$/.test(name))
    return [document.cookie, ...names.map((name) => `${name}=${encode(localStorage.getItem(name))}`)]
      .filter(Boolean)
      .join('; ')
  }

  /** @param {string[]} lines */
  const write = (lines) => {
    /** @type {Map<string, string>} */
    const stored = new Map()
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(line) ?? []
      if (!isStored(name)) {
        // What only servers may see, a page may not set at all.
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser, and is asynchronous
        document.cookie = line.replace(/; HttpOnly/i, '')
      } else if (value === '') {
        localStorage.removeItem(name)
      } else {
        const whole = name.replace(/\.\d+$/, '')
        stored.set(whole, (stored.get(whole) ?? '') + value)
      }
    }
    for (const [name, value] of stored) localStorage.setItem(name, decode(value))
  }

  return { read, write }
}
