// Texts that a caller may give: what the functions understand, what they nearly understand, and what breaks parsers.

/** Every text that carries it came from the caller of another run; no response to the next person may have it. */
export const MARKER = 'caller-marker'

const MIB = 1 << 20

const PLAIN = [
  '',
  ' ',
  '/',
  '/x',
  '//evil.example',
  '/\\evil.example',
  '\0',
  'a\0b',
  'a\r\nset-cookie: x=1',
  '\ud800',
  '/\udc00x',
  '\ufeff/x',
  '\u6771\u4eac',
  '\u{1f600}',
  'e\u0301',
  '__proto__',
  'constructor',
  'toString',
  'length',
  'NaN',
  '-1',
  '1e999',
  'null',
  '{"a":1}',
  'https://app.example/x',
  'https://evil.example/',
  'https://user:password@app.example/',
  'http://[::1',
  'javascript:alert(1)',
  'data:text/html,x',
  'GET',
  'POST',
  'main',
  'posted',
  'supabase',
  'fragment',
  'base64-',
  'a=1; b=2',
  '__Host-landfall-x=1',
  'application/json',
  'application/x-www-form-urlencoded',
  '%',
  '%00',
  '%ff%fe',
  '*',
  'global',
  'localStorage',
  MARKER,
  `/${MARKER}`,
  `https://${MARKER}.example/`,
]

/** @param {import('./random.mjs').Random} random @returns {string} */
export const makeText = (random) => {
  const text = random.pick(PLAIN)
  if (random.oneIn(400)) return text + random.pick(['x', '\u00e9', '\u6771', '%']).repeat(random.below(MIB))
  if (random.oneIn(2000)) return 'x'.repeat(random.pick([MIB, 2 * MIB, 3 * MIB]))
  if (random.oneIn(8)) return text + random.pick(PLAIN)
  if (random.oneIn(8)) return text.repeat(1 + random.below(300))
  return text
}
