/** The sign-in route: whether a sign-in starts, and how it leaves the app. */
import { isTwin, parseAddress, toPublic } from './address.js'
import { checkCookies } from './cookies.js'
import { codeOf, findMissing, fixFor, said } from './landfall.js'

/** @typedef {import('./findings.js').Findings} Findings */
/** @typedef {import('./ask.js').Asked} Asked */
/** @typedef {import('./app.js').App} App */

/** A next that leads to another site: a sign-in must not keep it. */
export const FOREIGN_NEXT = '//evil.example/'

/**
 * A started sign-in.
 * @typedef {object} Started
 * @property {URL} endpoint the address that the browser is sent to, with its query
 * @property {string} told where the provider is to come back to, as the app says it; empty for nowhere
 * @property {boolean} isDirect whether the app asks the provider itself, and not through Supabase
 */

/**
 * Where a sign-in of this app comes back to: a direct provider to an address of its own.
 * @param {App} app
 * @param {boolean} isDirect
 */
export const callbackOf = ({ callback, provider }, isDirect) =>
  isDirect ? `${callback}/${provider}` : callback

/**
 * @param {Findings} findings
 * @param {string} id
 * @param {string} title
 * @param {Asked} asked
 * @param {RegExp} allowed
 * @param {string} fix
 */
export const checkCache = (findings, id, title, { headers }, allowed, fix) => {
  const value = headers.get('cache-control')
  findings.check(allowed.test(value ?? ''), id, title, `Cache-Control is ${value ?? 'missing'}.`, fix)
}

/**
 * @param {Asked} asked
 * @returns {Started | undefined}
 */
const readStart = ({ status, location }) => {
  const endpoint = status === 303 ? parseAddress(location) : undefined
  if (!endpoint) return undefined
  const direct = endpoint.searchParams.get('redirect_uri')
  const told = direct ?? endpoint.searchParams.get('redirect_to') ?? ''
  return { endpoint, told, isDirect: direct !== null }
}

/**
 * @param {Findings} findings
 * @param {App} app
 * @param {Started} started
 */
const checkOrigin = (findings, app, { told, isDirect }) => {
  const own = new URL(toPublic(app.origin))
  const { origin, host, hostname } = own
  const target = parseAddress(told)
  const away = `The app sends the provider to ${told || 'no address'}, not to ${origin}${callbackOf(app, isDirect)}`
  const isOther = target !== undefined && isTwin(target, own)
  findings.check(
    target?.origin === origin,
    'origin',
    'The app knows its own public address',
    isOther ? `${away}: browsers do not send the cookies of ${hostname} to ${target.hostname}.` : `${away}.`,
    isOther
      ? `Open the app at ${target.origin}, or createAuth({ origin: '${origin}' })`
      : `createAuth({ origin: '${origin}' }), or origin: { trustedHosts: ['${host}'] } ` +
          'behind a proxy that sets X-Forwarded-Host and X-Forwarded-Proto',
  )
}

/**
 * @param {Findings} findings
 * @param {App} app
 * @param {Asked} asked
 * @param {Started} started
 */
const checkStart = (findings, app, asked, started) => {
  checkOrigin(findings, app, started)
  checkCookies(findings, app.origin.startsWith('https:'), asked.setCookie)
  checkCache(
    findings,
    'cache',
    'No cache keeps the redirect',
    asked,
    /no-store/,
    'Keep Cache-Control: no-store: let no CDN rule override it for the auth routes.',
  )
  findings.check(
    !/evil\.example/.test(asked.location + asked.setCookie.join(' ')),
    'next',
    'next never leaves the app',
    `The app accepted next=${FOREIGN_NEXT}.`,
    'Use auth.signIn as the route: it checks next.',
  )
}

/**
 * Looks at a sign-in that was asked for.
 * @param {Findings} findings
 * @param {App} app
 * @param {Asked} asked
 * @returns {{ started?: Started | undefined, isMissing: boolean }} the sign-in, or whether a setting has no value
 */
export const checkSignIn = (findings, app, asked) => {
  const started = readStart(asked)
  if (!started && findMissing(findings, asked)) return { isMissing: true }
  findings.check(
    started !== undefined,
    'sign-in',
    `A sign-in starts at ${app.signIn}`,
    asked.location && !codeOf(asked)
      ? `GET ${app.signIn} answered ${asked.status}, and leads to ${asked.location}.`
      : said(`GET ${app.signIn}`, asked),
    fixFor(app, codeOf(asked), `Mount auth.signIn at ${app.signIn}, or set paths.signIn.`),
  )
  if (started) checkStart(findings, app, asked, started)
  return { started, isMissing: false }
}
