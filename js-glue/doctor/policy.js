/** The policies under which a browser shows Landfall's error page. All of them hold, so the strictest one decides. */

/** @typedef {import('./findings.js').Findings} Findings */
/** @typedef {import('./ask.js').Asked} Asked */

/** The inline elements of a page, and the directives that decide about each, the most specific one first. */
const KINDS = [
  { tag: 'script', directives: ['script-src-elem', 'script-src', 'default-src'] },
  { tag: 'style', directives: ['style-src-elem', 'style-src', 'default-src'] },
]
/** How many of each are looked at; Landfall's page has one. */
const MAX_INLINE = 10

/**
 * The contents of the inline elements of a page, without elements that are loaded from elsewhere.
 * @param {string} text
 * @param {string} tag
 */
const inlineOf = (text, tag) =>
  text
    .split(`<${tag}`)
    .slice(1, MAX_INLINE + 1)
    .map((part) => /^([^>]*)>(.*)$/s.exec(part.split(`</${tag}>`)[0] ?? ''))
    .flatMap((match) => (match && !/\ssrc=/.test(match[1] ?? '') ? [match[2] ?? ''] : []))

/**
 * Whether a page is Landfall's: an app's own may be at paths.error.
 * @param {string} text
 */
const isOurs = (text) => {
  const heading = /<h1>([^<]+)<\/h1>/.exec(text)?.[1]
  return (
    heading !== undefined &&
    text.includes('<meta name="robots" content="noindex">') &&
    text.includes('<link rel="icon" href="data:,">') &&
    text.includes(`<title>${heading}</title>`)
  )
}

/**
 * The directives of each policy that browsers enforce; the first of a name counts.
 * @param {Headers} headers
 */
const readPolicies = (headers) =>
  (headers.get('content-security-policy') ?? '')
    .split(',')
    .filter((policy) => policy.trim())
    .map((policy) => {
      const directives = policy.split(';').map((one) => one.trim().split(/\s+/))
      return new Map(directives.reverse().map(([name = '', ...sources]) => [name.toLowerCase(), sources]))
    })

/**
 * @param {string} algorithm
 * @param {string} text in base64
 */
const digest = async (algorithm, text) => {
  const bytes = new Uint8Array(await crypto.subtle.digest(algorithm, new TextEncoder().encode(text)))
  return btoa(String.fromCharCode(...bytes))
}

/**
 * The sources that allow a text that stands in the page; the first is Landfall's own.
 * @param {string} text
 */
const sourcesFor = async (text) =>
  Promise.all([256, 384, 512].map(async (bits) => `'sha${bits}-${await digest(`SHA-${bits}`, text)}'`))

/**
 * @param {string[]} allowed by the directive that decides
 * @param {string[]} sources
 */
const isAllowed = (allowed, sources) =>
  sources.some((source) => allowed.includes(source)) ||
  (allowed.includes("'unsafe-inline'") &&
    !allowed.some((one) => /^'(sha\d+-|nonce-|strict-dynamic)/.test(one)))

/**
 * Looks at the policies of the error page; skips a page that belongs to the app.
 * @param {Findings} findings
 * @param {Asked} page
 */
export const checkPolicy = async (findings, { headers, text }) => {
  if (!isOurs(text)) return
  const title = 'Browsers show the error page unchanged'
  const policies = readPolicies(headers)
  if (policies.length === 0)
    return findings.wrong(
      'policy',
      title,
      'Its Content-Security-Policy is missing.',
      'Let no proxy hide Content-Security-Policy (nginx: proxy_hide_header).',
    )
  const blocked = []
  for (const { tag, directives } of KINDS)
    for (const content of inlineOf(text, tag)) {
      const sources = await sourcesFor(content)
      const isBlocking = (/** @type {Map<string, string[]>} */ policy) => {
        const name = directives.find((one) => policy.has(one))
        return name !== undefined && !isAllowed(policy.get(name) ?? [], sources)
      }
      if (policies.some(isBlocking)) blocked.push({ tag, source: sources[0] })
    }
  const tags = [...new Set(blocked.map(({ tag }) => tag))].join(' and its ')
  findings.check(
    blocked.length === 0,
    'policy',
    title,
    policies.length > 1
      ? `It has ${policies.length} policies. Browsers apply all of them, and block its ${tags}.`
      : `Its policy blocks its ${tags}.`,
    `Leave Content-Security-Policy and the page unchanged, and add no other policy. Or add to your policy ${blocked
      .map(({ tag, source }) => `${tag}-src ${source}`)
      .join('; ')}`,
  )
}
