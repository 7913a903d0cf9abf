// What differs from run to run, replaced by its name: addresses of this machine, random values, times.

/** Long runs of letters, digits, - and _ that have a digit or a capital letter: states, codes, tokens, hashes. */
const RANDOM = /(?=[\w-]*[A-Z0-9])[\w-]{20,}(?:\.[\w-]{20,})*/g
const DATE = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?/g
const SECONDS = /\b1[789]\d{8}\b/g
/** A cookie of a sign-in is named after its state. */
const TAG = /(landfall-)(?!(?:done|session|tokens)\b)[\w-]+/g
/** The name of a session is random, and short. */
const SID = /(?<="sid":")[\w-]+/g
const FLOW = /-flow-[\w-]+?-code-verifier/g

/**
 * @param {Record<string, string>} origins by the name that stands in their place
 * @returns {(text: string) => string}
 */
export const makeMask = (origins) => {
  const known = Object.entries(origins).flatMap(([name, origin]) =>
    [origin, encodeURIComponent(origin)].map((text) => [text, `<${name}>`]),
  )
  return (text) => {
    let masked = text
    for (const [origin, name] of known) masked = masked.replaceAll(origin, name)
    return masked
      .replace(DATE, '<date>')
      .replace(FLOW, '-flow-<id>-code-verifier')
      .replace(SID, '<random>')
      .replace(TAG, '$1<tag>')
      .replace(RANDOM, '<random>')
      .replace(SECONDS, '<time>')
  }
}

/**
 * The same in every text of a value. Whole numbers of the size of a time are one. @param {unknown} value
 * @param {(text: string) => string} mask @returns {any}
 */
export const maskDeeply = (value, mask) => {
  if (typeof value === 'string') return mask(value)
  if (typeof value === 'number') return /^1[789]\d{8}$/.test(String(value)) ? '<time>' : value
  if (Array.isArray(value)) return value.map((one) => maskDeeply(one, mask))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      // Those of Supabase are short, and have letters and digits alone.
      if (name === 'refresh_token' && typeof inner === 'string') return [name, inner && '<random>']
      return [mask(name), maskDeeply(inner, mask)]
    }),
  )
}
