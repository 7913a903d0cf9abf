import { decode, encode } from './stored-value.js'

/** A sign-in under way, or the list of finished ones. */
const OWN = /^(?:__Host-)?landfall-/

/**
 * The cookies of a page: read as a Cookie header, written as Set-Cookie lines. With `storage: 'localStorage'`, those of
 * Supabase stand in localStorage as supabase-js's createClient has them: plain JSON under the name of the cookie, never
 * in chunks. Landfall's own stand there as they are, since web views with a scheme of their own keep no cookies.
 * @param {string} baseName the name of Supabase's session cookie
 * @param {'cookies' | 'localStorage' | undefined} storage
 */
export const makePageCookies = (baseName, storage) => {
  const { document } = /** @type {any} */ (globalThis)
  // With storage disabled, merely reading localStorage throws.
  const localStorage = storage === 'localStorage' ? /** @type {any} */ (globalThis).localStorage : undefined
  const rest = /^(\.\d+|(-flow-[\w-]+|-flows)?-code-verifier)?$/
  const isTheirs = (/** @type {string} */ name) =>
    name.startsWith(baseName) && rest.test(name.slice(baseName.length))
  const isStored = (/** @type {string} */ name) =>
    localStorage !== undefined && (isTheirs(name) || OWN.test(name))

  const read = () => {
    if (!localStorage) return document.cookie
    // Cookies with the same names belong to another client.
    const others = document.cookie
      .split('; ')
      .filter((/** @type {string} */ pair) => !isStored(pair.replace(/=.*/, '')))
    const stored = Object.keys(localStorage).filter(isStored)
    const contentOf = (/** @type {string} */ name) => {
      const value = localStorage.getItem(name)
      return isTheirs(name) ? encode(value) : value
    }
    return [...others, ...stored.map((name) => `${name}=${contentOf(name)}`)].filter(Boolean).join('; ')
  }

  /** @param {string[]} lines */
  const write = (lines) => {
    /** @type {Map<string, string>} */
    const stored = new Map()
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(line) ?? []
      if (!isStored(name)) {
        // A page cannot set HttpOnly cookies, so drop the attribute.
        document.cookie = line.replace(/; HttpOnly/i, '')
      } else if (value === '') {
        localStorage.removeItem(name)
      } else {
        const whole = name.replace(/\.\d+$/, '')
        stored.set(whole, (stored.get(whole) ?? '') + value)
      }
    }
    for (const [name, value] of stored) localStorage.setItem(name, isTheirs(name) ? decode(value) : value)
  }

  /** Whether Supabase's session is there, whole or in chunks. */
  const hasSession = () =>
    read()
      .split('; ')
      .map((/** @type {string} */ pair) => pair.replace(/=.*/, ''))
      .some((/** @type {string} */ name) => isTheirs(name) && !name.endsWith('-code-verifier'))

  return { read, write, hasSession }
}
