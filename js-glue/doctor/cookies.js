/** The cookies of a started sign-in, as they arrive at a browser. */

/** @typedef {import('./findings.js').Findings} Findings */

/**
 * The size of a cookie that every browser keeps (RFC 6265 6.1), and the size of nginx's default buffer for the headers
 * of an answer.
 */
const MAX_COOKIE_BYTES = 4096
const MAX_HEADER_BYTES = 4096
/** The app's own headers need room, too. */
const MAX_SUM_BYTES = MAX_HEADER_BYTES / 2

/**
 * Name and value, and the attributes in lower case.
 * @param {string} line of Set-Cookie
 */
const parse = (line) => {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  return { pair, attributes: new Set(attributes.map((one) => one.toLowerCase())) }
}

/**
 * The problems of the sign-in's cookie.
 * @param {string} line
 * @param {boolean} isSecure
 */
const problemsOf = (line, isSecure) => {
  const { pair, attributes } = parse(line)
  const missing = ['HttpOnly', 'Path=/', ...(isSecure ? ['Secure'] : [])].filter(
    (wanted) => !attributes.has(wanted.toLowerCase()),
  )
  const isLax = attributes.has('samesite=lax') || attributes.has('samesite=none')
  const domain = [...attributes].find((one) => one.startsWith('domain='))
  return [
    ...missing.map((one) => `${one} is missing`),
    ...(isLax ? [] : ['SameSite=Lax is missing']),
    ...(domain && pair.startsWith('__Host-') ? [`browsers refuse ${domain}`] : []),
  ]
}

/**
 * @param {Findings} findings
 * @param {boolean} isSecure
 * @param {string[]} lines of Set-Cookie
 */
export const checkCookies = (findings, isSecure, lines) => {
  const transaction = lines.find((line) => /^(__Host-)?landfall-/.test(line))
  if (!transaction)
    return findings.wrong(
      'cookie',
      'The sign-in leaves a cookie',
      'The redirect to the provider carries no landfall cookie.',
      'Return the Response unchanged, with every Set-Cookie line, ' +
        'and let no proxy hide them (nginx: proxy_hide_header).',
    )
  const problems = problemsOf(transaction, isSecure)
  findings.check(
    problems.length === 0,
    'cookie',
    'The sign-in leaves a cookie that comes back',
    `${problems.join('; ')}: a proxy or a framework changed the cookie.`,
    'Keep Set-Cookie unchanged (nginx: no proxy_cookie_path, proxy_cookie_domain, proxy_cookie_flags).',
  )
  const largest = Math.max(...lines.map((line) => parse(line).pair.length))
  findings.check(
    largest <= MAX_COOKIE_BYTES,
    'cookie-size',
    'Browsers keep every cookie',
    `The largest has ${largest} bytes; browsers keep at most ${MAX_COOKIE_BYTES}.`,
    'Pass a shorter next.',
  )
  const total = lines.join('').length
  if (total > MAX_SUM_BYTES)
    findings.unsure(
      'proxy-buffers',
      'A proxy’s buffers are large enough',
      `A sign-in sets ${total} bytes of cookies and a session 3–6 kB; ` +
        `nginx accepts ${MAX_HEADER_BYTES} unless proxy_buffer_size is larger (16k is enough).`,
    )
  return undefined
}
