/** An app from outside: its sign-in, its callback and its error page, asked as a browser would. */
import { ask, NAVIGATION } from './ask.js'
import { checkClock } from './clock.js'
import { checkCookies } from './cookies.js'

/** @typedef {import('./findings.js').Findings} Findings */
/** @typedef {import('./ask.js').Asked} Asked */

/**
 * What the app's routes are.
 * @typedef {{ origin: string, signIn: string, callback: string, error: string, provider: string }} App
 */

/** A next that leads elsewhere: no sign-in may remember it. */
const FOREIGN_NEXT = '//evil.example/'

const isLoopback = (/** @type {string} */ origin) =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(origin).hostname)

/** How createAuth takes an origin: plain http is for this machine alone. @param {string} origin */
const toPublic = (origin) => (isLoopback(origin) ? origin : origin.replace('http:', 'https:'))

/** @param {string} title @param {Asked} asked */
const seen = (title, { status, problem }) =>
  status ? `${title} answered ${status}.` : `${title} did not answer: ${problem}.`

/** @param {Findings} findings @param {string} id @param {string} title @param {Asked} asked @param {RegExp} allowed @param {string} fix */
const checkCache = (findings, id, title, { headers }, allowed, fix) => {
  const value = headers.get('cache-control')
  findings.check(allowed.test(value ?? ''), id, title, `Cache-Control is ${value ?? 'missing'}.`, fix)
}

/** @param {Findings} findings @param {App} app @param {Asked} started */
const checkStart = (findings, { origin, callback }, started) => {
  const { searchParams } = new URL(started.location)
  const asked = searchParams.get('redirect_uri') ?? searchParams.get('redirect_to') ?? ''
  const wanted = toPublic(origin) + callback
  findings.check(
    asked.split('?')[0] === wanted,
    'origin',
    'The app knows its own public address',
    `The provider is told to come back to ${asked || 'nowhere'}, not to ${wanted}.`,
    `createAuth({ origin: '${toPublic(origin)}' }), or origin: { trustedHosts: ['${new URL(origin).host}'] } behind a proxy that sets X-Forwarded-Host and X-Forwarded-Proto; another path is paths.callback`,
  )
  checkCookies(findings, origin.startsWith('https:'), started.setCookie)
  checkCache(
    findings,
    'cache',
    'No cache keeps the redirect',
    started,
    /no-store/,
    'Cache-Control: no-store has to stay: let no CDN rule override it for the auth routes.',
  )
  findings.check(
    !/evil\.example/.test(started.location + started.setCookie.join(' ')),
    'next',
    'An address of another site is no next',
    `next=${FOREIGN_NEXT} was taken over.`,
    'Use auth.signIn as the route: it checks next.',
  )
}

/** Landfall's error code, in the redirect to the error page or in plain text; empty where it is not Landfall. @param {Asked} asked */
const codeOf = ({ location, text }) =>
  /[?&]error=(\w+)/.exec(location)?.[1] ?? /^(\w+): /.exec(text)?.[1] ?? ''

/** What to change when a route does not answer as it should. @param {App} app @param {string} code @param {string} mount where it is not Landfall */
const fixFor = ({ origin, provider }, code, mount) => {
  if (code === 'host_untrusted' || code === 'origin_required')
    return `createAuth({ origin: '${toPublic(origin)}' })`
  if (code === 'provider_unknown')
    return `createAuth({ providers: { ${provider}: … } }), or name one that is there: --provider <name>`
  return code ? 'createAuth({ onEvent: console.log }) says more in the app’s log.' : mount
}

/** @param {Findings} findings @param {App} app @param {Asked} started */
const checkSignIn = (findings, app, started) => {
  const isStarted = started.status === 303 && URL.canParse(started.location)
  const code = codeOf(started)
  findings.check(
    isStarted,
    'sign-in',
    `A sign-in starts at ${app.signIn}`,
    code ? `Landfall says ${code}.` : seen(`GET ${app.signIn}`, started),
    fixFor(app, code, `Mount auth.signIn at ${app.signIn}, or set paths.signIn.`),
  )
  if (isStarted) checkStart(findings, app, started)
}

/** Whether the callback answers there. @param {Asked} bare the answer to one without any parameter */
const isCallback = (bare) =>
  bare.status === 303 ? codeOf(bare) !== '' : bare.status === 200 && bare.text.includes('response_missing')

/** @param {Findings} findings @param {App} app */
const checkCallback = async (findings, app) => {
  const url = app.origin + app.callback
  const bare = await ask(url, NAVIGATION)
  findings.check(
    isCallback(bare),
    'callback',
    `The callback is at ${app.callback}`,
    codeOf(bare) ? `Landfall says ${codeOf(bare)}.` : seen(`GET ${app.callback}`, bare),
    fixFor(app, codeOf(bare), `Mount auth.callback at ${app.callback}, or set paths.callback.`),
  )
  if (!isCallback(bare)) return
  checkCache(
    findings,
    'callback-cache',
    'No cache keeps the callback',
    bare,
    /no-store|private/,
    'Cache-Control: no-store has to stay on the callback, also at the CDN.',
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
  const refused = await ask(`${url}?error=access_denied`, NAVIGATION)
  const page = refused.status === 303 ? await ask(new URL(refused.location, url), NAVIGATION) : refused
  findings.check(
    page.status === 200 || page.status === 400,
    'error-page',
    'A failed sign-in ends on a page',
    seen(`The error page ${app.error}`, page),
    `Mount auth.error at ${app.error}, or set paths.error to a page of yours.`,
  )
}

/** Looks at an app from outside. @param {Findings} findings @param {App} app */
export const checkApp = async (findings, app) => {
  const { origin } = app
  const query = new URLSearchParams({ provider: app.provider, next: FOREIGN_NEXT })
  const started = await ask(`${origin}${app.signIn}?${query}`, NAVIGATION)
  const title = `${origin} answers`
  if (started.status === 0)
    return findings.wrong('reachable', title, `${started.problem}.`, `Start the app, or check ${origin}.`)
  findings.fine('reachable', title)
  findings.check(
    origin.startsWith('https:') || isLoopback(origin),
    'https',
    isLoopback(origin) ? 'On this machine, http will do' : 'People reach it over https',
    `${origin} is plain http: cookies and codes are readable on the way.`,
    `Serve it over https, and createAuth({ origin: '${toPublic(origin)}' })`,
  )
  const clockFix = 'Synchronise the server’s clock (NTP): sign-ins and ID Tokens expire by it.'
  checkClock(findings, 'clock', 'Its clock is right', started, clockFix)
  checkSignIn(findings, app, started)
  await checkCallback(findings, app)
  return undefined
}
