import { ask, NAVIGATION } from './ask.js'

/** @typedef {import('./findings.js').Findings} Findings */
/** @typedef {import('./ask.js').Asked} Asked */

/** What a browser keeps of one cookie (RFC 6265 6.1), and what nginx's buffers take of an answer's headers by default. */
const MAX_COOKIE_BYTES = 4096
const MAX_HEADER_BYTES = 4096
const MAX_SKEW_SECONDS = 60

/**
 * What the app's routes are.
 * @typedef {{ origin: string, signIn: string, callback: string, error: string, provider: string }} App
 */

const isLoopback = (/** @type {string} */ origin) =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(origin).hostname)

/** @param {string} title @param {Asked} asked */
const seen = (title, { status, problem }) =>
  status ? `${title} answered ${status}.` : `${title} did not answer: ${problem}.`

/** @param {Findings} findings @param {App} app @param {string[]} lines of Set-Cookie */
const checkCookies = (findings, { origin }, lines) => {
  const isSecure = origin.startsWith('https:')
  const transaction = lines.find((line) => /^(__Host-)?landfall-/.test(line))
  if (!transaction)
    return findings.wrong(
      'cookie',
      'The sign-in leaves a cookie',
      'The redirect to the provider carries no landfall cookie.',
      'Keep every Set-Cookie line of the Response: return it as it is.',
    )
  const attributes = transaction.toLowerCase()
  const wanted = ['httponly', 'samesite=lax', 'path=/', ...(isSecure ? ['secure'] : [])]
  const missing = wanted.filter(
    (attribute) => !attributes.includes(`; ${attribute}`) && !attributes.includes('samesite=none'),
  )
  findings.check(
    missing.length === 0,
    'cookie',
    'The sign-in’s cookie has the attributes it needs',
    `Missing: ${missing.join(', ')}; a proxy or a framework rewrote it.`,
    'Pass Set-Cookie on unchanged.',
  )
  const largest = Math.max(...lines.map((line) => (line.indexOf(';') < 0 ? line.length : line.indexOf(';'))))
  findings.check(
    largest <= MAX_COOKIE_BYTES,
    'cookie-size',
    'Every cookie is one that browsers keep',
    `The largest has ${largest} bytes; browsers keep ${MAX_COOKIE_BYTES}.`,
    'Pass a shorter next.',
  )
}

/** @param {Findings} findings @param {App} app @param {Asked} started */
const checkStart = (findings, app, started) => {
  const target = new URL(started.location, app.origin)
  const asked = target.searchParams.get('redirect_uri') ?? target.searchParams.get('redirect_to') ?? ''
  const isOwn = asked.startsWith(`${app.origin}${app.callback}`)
  findings.check(
    isOwn,
    'origin',
    'The app knows its own public address',
    `The provider is told to come back to ${asked || 'nowhere'}, and you asked about ${app.origin}.`,
    `createAuth({ origin: '${app.origin}' }) — or origin: { trustedHosts: ['${new URL(app.origin).host}'] } behind a proxy that sets X-Forwarded-Host and X-Forwarded-Proto.`,
  )
  checkCookies(findings, app, started.setCookie)
  const noStore = /no-store/.test(started.headers.get('cache-control') ?? '')
  findings.check(
    noStore,
    'cache',
    'No cache keeps the redirect',
    `Cache-Control is ${started.headers.get('cache-control') ?? 'missing'}.`,
    'Cache-Control: no-store — do not let a CDN rule override it for /auth/*.',
  )
  const next = started.setCookie.join(' ')
  findings.check(
    !/~\/\/|evil\.example/.test(next),
    'next',
    'An address of another site is no next',
    'next=//evil.example was taken over.',
    'Use auth.signIn as the route: it checks next.',
  )
}

/** @param {Findings} findings @param {App} app */
const checkCallback = async (findings, app) => {
  const url = app.origin + app.callback
  const bare = await ask(url, NAVIGATION)
  const isAnswered = bare.status === 303 || (bare.status === 200 && /error|did not finish/i.test(bare.text))
  findings.check(
    isAnswered,
    'callback',
    `The callback is at ${app.callback}`,
    seen(`GET ${app.callback}`, bare),
    `Mount auth.callback at ${app.callback}, or set paths.callback.`,
  )
  if (!isAnswered) return
  const isKept = !/no-store|private/.test(bare.headers.get('cache-control') ?? '')
  findings.check(
    !isKept,
    'callback-cache',
    'No cache keeps the callback',
    `Cache-Control is ${bare.headers.get('cache-control') ?? 'missing'}.`,
    'Cache-Control: no-store on the callback, also at the CDN.',
  )
  const code = `${url}?code=00000000-0000-4000-8000-000000000000&state=doctor`
  const ahead = await ask(code, { ...NAVIGATION, 'sec-purpose': 'prefetch;prerender' })
  findings.check(
    ahead.status === 204 && ahead.setCookie.length === 0,
    'prefetch',
    'A browser that looks ahead redeems nothing',
    seen('A prefetch of the callback', ahead),
    'Pass Sec-Purpose on to the app, and use auth.callback as the route.',
  )
  const wrong = await ask(`${url}?error=access_denied`, NAVIGATION)
  const page = wrong.status === 303 ? await ask(new URL(wrong.location, url), NAVIGATION) : wrong
  findings.check(
    page.status === 200 || page.status === 400,
    'error-page',
    'A failed sign-in ends on a page',
    seen(`The error page ${page === wrong ? '' : app.error}`, page),
    `Mount auth.error at ${app.error}, or set paths.error to a page of yours.`,
  )
}

/** Looks at an app from outside, as a browser would. @param {Findings} findings @param {App} app */
export const checkApp = async (findings, app) => {
  const { origin } = app
  const query = new URLSearchParams({
    ...(app.provider && { provider: app.provider }),
    next: '//evil.example/',
  })
  const started = await ask(`${origin}${app.signIn}?${query}`, NAVIGATION)
  if (started.status === 0)
    return findings.wrong(
      'reachable',
      `${origin} answers`,
      started.problem,
      'Start the app, or check the address.',
    )
  findings.fine('reachable', `${origin} answers`)
  findings.check(
    origin.startsWith('https:') || isLoopback(origin),
    'https',
    'People reach it over https',
    `${origin} is plain http.`,
    'Serve it over https: cookies and codes are readable on the way.',
  )
  if (Math.abs(started.skew) > MAX_SKEW_SECONDS)
    findings.wrong(
      'clock',
      'Its clock is right',
      `It is ${started.skew} seconds off this machine’s.`,
      'Synchronise the server’s clock (NTP): sign-ins and ID Tokens expire by it.',
    )
  else if (!Number.isNaN(started.skew)) findings.fine('clock', 'Its clock is right')
  const isStarted = started.status === 303 && /^https?:/.test(started.location)
  const code = /[?&]error=(\w+)/.exec(started.location)?.[1] ?? /^(\w+):/.exec(started.text)?.[1]
  findings.check(
    isStarted,
    'sign-in',
    `A sign-in starts at ${app.signIn}`,
    code ? `Landfall says ${code}.` : seen(`GET ${app.signIn}`, started),
    code === 'host_untrusted' || code === 'origin_required'
      ? `createAuth({ origin: '${origin}' })`
      : code === 'provider_unknown'
        ? 'Name the provider: --provider bitbucket'
        : `Mount auth.signIn at ${app.signIn}, or set paths.signIn.`,
  )
  if (isStarted) checkStart(findings, app, started)
  await checkCallback(findings, app)
  const size = started.setCookie.join('').length
  if (size > MAX_HEADER_BYTES / 2)
    findings.unsure(
      'proxy-buffers',
      'A proxy’s buffers are large enough',
      `A sign-in sets ${size} bytes of cookies and a session 3–6 kB; nginx takes ${MAX_HEADER_BYTES} unless proxy_buffer_size says more (16k will do).`,
    )
  return undefined
}
