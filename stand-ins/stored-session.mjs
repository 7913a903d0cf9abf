// The session in Supabase's cookies with its tokens, as they stand there: nobody has verified it.

const COOKIE = /^(.+?)(?:\.(\d+))?$/
const OF_SUPABASE = /-auth-token$/
const PREFIX = 'base64-'

/** @param {string} digits base64url */
const decode = (digits) => decodeURIComponent(escape(atob(digits.replaceAll('-', '+').replaceAll('_', '/'))))

/** @param {string} text `base64-…`, or JSON that a library may have percent-encoded */
const parse = (text) =>
  JSON.parse(text.startsWith(PREFIX) ? decode(text.slice(PREFIX.length)) : decodeURIComponent(text))

/**
 * @param {string | null} header the Cookie header
 * @param {string} [wanted] the cookie's name, without a chunk's number; the first one of Supabase's unless given
 * @returns {any} the session; null for none, and for what is no JSON
 */
export const readStoredSession = (header, wanted) => {
  /** @type {[index: number, value: string][]} */
  const parts = []
  for (const pair of (header ?? '').split(/;\s*/)) {
    const at = pair.indexOf('=')
    const [, name = '', index = '0'] = COOKIE.exec(pair.slice(0, at)) ?? []
    if (OF_SUPABASE.test(name)) wanted ??= name
    if (name && name === wanted) parts.push([Number(index), pair.slice(at + 1)])
  }
  parts.sort(([one], [other]) => one - other)
  // A missing chunk ends the text, as @supabase/ssr reads it.
  const whole = parts.filter(([index], i) => index === i)
  try {
    return parse(whole.map(([, value]) => value).join(''))
  } catch {
    return null
  }
}
