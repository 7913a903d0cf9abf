// A stand-in for the Auth server of a Supabase project (GoTrue 2.19x behind its gateway), on a loopback
// address: its API under /auth/v1, its redirects, its failures. It is not Supabase, says so in every answer,
// sends no mail and forgets everything when it stops.
import { randomBytes } from 'node:crypto'
import { createServer, STATUS_CODES } from 'node:http'
import { readRequest, writeAnswer } from './scripted-answer.mjs'
import { makeAllowList } from './supabase-allow-list.mjs'
import { startBitbucketLeg } from './supabase-bitbucket-leg.mjs'
import { EmailLinks } from './supabase-email-links.mjs'
import { endpointOf } from './supabase-endpoints.mjs'
import { FAILURES, makeFailing } from './supabase-failure-table.mjs'
import { AuthFailure, failureAnswer, isFailure } from './supabase-failures.mjs'
import { FlowStates } from './supabase-flow-state.mjs'
import { makeGateway, standInPage } from './supabase-gateway.mjs'
import { Sessions } from './supabase-sessions.mjs'
import { Users } from './supabase-users.mjs'

const BASE = '/auth/v1'
const makeKey = (kind) => `sb_${kind}_stand_in_${randomBytes(8).toString('hex')}`
const MAX_BODY_BYTES = 1024 * 1024
const DEFAULTS = {
  siteUrl: 'http://localhost:3000',
  allowList: [],
  providers: ['bitbucket'],
  autoconfirm: false,
  disableSignup: false,
  reuseInterval: 10,
  expiresIn: 3600,
  rateLimit: 0,
  gateway: true,
  host: '127.0.0.1',
  port: 0,
}

/** A clock that runs ahead of the real one by as much as a test says. */
function makeClock() {
  let ahead = 0
  return {
    now: () => Date.now() + ahead,
    /** @param {number} seconds */
    advance(seconds) {
      ahead += seconds * 1000
    },
  }
}

/** What was asked, without any parameter: `requests`, `failures` (codes), `count(endpoint, status)`. */
function makeStats() {
  const stats = {
    requests: [],
    failures: [],
    count: (endpoint, status) =>
      stats.requests.filter((one) => one.endpoint === endpoint && (!status || one.status === status)).length,
  }
  return stats
}

function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server.address().port))
  })
}

/** The usual answer of an endpoint; failures are thrown. */
function answerOf(request, context) {
  const { path, endpoint, method, handlers } = request
  if (path === '/')
    return { status: 200, headers: { 'content-type': 'text/html' }, body: standInPage('Stand-in') }
  if (!endpoint) {
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }
    return { status: 404, headers, body: '404 page not found\n' }
  }
  if (!Object.hasOwn(handlers, method)) {
    return { status: 405, headers: { allow: Object.keys(handlers).join(', ') } }
  }
  if (request.isTooLarge) {
    const message = `Request body too large (max ${MAX_BODY_BYTES} bytes)`
    throw new AuthFailure(413, 'request_entity_too_large', message)
  }
  return handlers[method](request, context)
}

/** Reads a request; a body that is too large is let run by and not kept. */
async function read(incoming) {
  const isTooLarge = Number(incoming.headers['content-length'] ?? 0) > MAX_BODY_BYTES
  const parts = isTooLarge ? { ...pick(incoming), async *[Symbol.asyncIterator]() {} } : incoming
  if (isTooLarge) incoming.resume()
  const request = await readRequest(parts)
  const [, rawQuery = ''] = /^[^?]*\?(.*)$/s.exec(incoming.url) ?? []
  const rest = request.path.startsWith(`${BASE}/`) ? request.path.slice(BASE.length) : ''
  const { name: endpoint = null, ...handlers } = endpointOf(rest) ?? {}
  return { ...request, rawQuery, endpoint, handlers, isTooLarge }
}

const pick = ({ url, method, headers, rawHeaders }) => ({ url, method, headers, rawHeaders })

/**
 * @param {object} [options]
 * @param {string} [options.siteUrl] SITE_URL
 * @param {string | string[]} [options.allowList] globs, as in GOTRUE_URI_ALLOW_LIST
 * @param {string[]} [options.providers] enabled ones, `custom:<name>` too; all lead to the same stand-in
 * @param {string} [options.outcome] of the provider leg: approved, denied, no_email, unconfirmed_email,
 *   token_error or user_error; `leg.outcome` changes it later
 * @param {(request: object) => object} [options.consentPage] the page on which the stand-in for Bitbucket asks a
 *   person first; without one it decides by itself
 * @param {object} [options.bitbucket] further options of the embedded provider: `user`, `emails`
 * @param {boolean} [options.autoconfirm] unconfirmed addresses are taken
 * @param {boolean} [options.disableSignup]
 * @param {string} [options.externalRedirectUrl] in place of every redirect_to
 * @param {number} [options.reuseInterval] seconds in which a used refresh token still works
 * @param {number} [options.expiresIn] seconds that an access token lives
 * @param {number} [options.rateLimit] token requests in 5 minutes for one Sb-Forwarded-For; 0: any number
 * @param {boolean} [options.gateway] false: the bare server, which never looks at `apikey`
 * @param {string} [options.key] the project's public API key
 * @param {string} [options.serviceRoleKey] its secret one, which opens /admin
 * @param {string} [options.host] as in the URL: it decides the name of the session cookie
 * @param {number} [options.port] 0: any free one
 * @returns {Promise<{ url: string, key: string, serviceRoleKey: string, stats: object,
 *   requests: object[], mails: { email: string, link: string }[], clock: object, leg: object, users: Users, sessions: Sessions, flowStates: FlowStates,
 *   issueTokenHash(wanted: object): string, fail(name: keyof FAILURES | null): void,
 *   script(fn: ((request: object) => object | undefined) | null): void, close(): Promise<void> }>}
 *   A script sees each request as readRequest gives it, with `endpoint` (a name of supabase-endpoints.mjs, or null),
 *   and may return an `Answer` of oauth-provider.mjs, or one of FAILURES.
 */
export async function startSupabaseAuth(options = {}) {
  const settings = { ...DEFAULTS, ...options }
  const { host, key = makeKey('publishable'), serviceRoleKey = makeKey('secret') } = settings
  const server = createServer()
  const port = await listen(server, settings.port, host)
  const url = `http://${host}:${port}`
  const leg = await startBitbucketLeg({
    redirectUri: `${url}${BASE}/callback`,
    outcome: settings.outcome,
    consentPage: settings.consentPage,
    provider: settings.bitbucket,
  })

  const clock = makeClock()
  const failing = makeFailing()
  const users = new Users(clock, settings)
  const flowStates = new FlowStates(clock)
  const { expiresIn, reuseInterval } = settings
  const sessions = new Sessions({ clock, users, failing, iss: url + BASE, expiresIn, reuseInterval })
  const allowList = makeAllowList(settings.siteUrl, settings.allowList)
  const emailLinks = new EmailLinks({ clock, users, flowStates, sessions, allowList })
  const rates = new Map()
  const mails = []
  const stores = { users, flowStates, sessions, emailLinks, mails, rates }
  const context = {
    api: url + BASE,
    options: settings,
    serviceRoleKey,
    clock,
    failing,
    allowList,
    leg,
    ...stores,
  }
  const gateway = makeGateway([key, serviceRoleKey], settings.gateway)
  const stats = makeStats()
  const requests = []
  let scripted = null

  async function decide(request) {
    try {
      const answer = (await scripted?.(request)) ?? gateway.check(request)
      if (isFailure(answer)) throw answer
      return answer ?? (await answerOf(request, context))
    } catch (error) {
      const failure = isFailure(error) ? error : FAILURES.unexpected
      stats.failures.push(failure === error ? (error.code ?? error.error) : error.stack)
      return failureAnswer(failure, request.headers)
    }
  }

  server.on('request', async (incoming, response) => {
    try {
      const request = await read(incoming)
      requests.push(request)
      const answer = await decide(request)
      const { endpoint, method, path } = request
      stats.requests.push({ endpoint, method, path, status: answer.status ?? 200 })
      await writeAnswer(response, complete(answer, request, gateway))
    } catch {
      response.destroy()
    }
  })

  const close = async () => {
    await new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
    await leg.close()
  }
  return {
    url,
    key,
    serviceRoleKey,
    stats,
    requests,
    clock,
    leg,
    users,
    sessions,
    flowStates,
    mails,
    issueTokenHash: (wanted) => emailLinks.issue(wanted),
    fail: failing.fail,
    script(fn) {
      scripted = fn
    },
    close,
  }
}

/** Adds what every answer has: the name of the stand-in, CORS, a content type, and Go's link for a redirect. */
function complete(answer, request, gateway) {
  const { status, body = '', headers: own } = answer
  const type = own?.location ? 'text/html; charset=utf-8' : body && 'application/json'
  const headers = {
    'x-stand-in': 'Supabase Auth',
    ...gateway.corsFor(request.headers),
    ...(type && { 'content-type': type }),
    ...own,
  }
  if (!own?.location || request.method !== 'GET') return { ...answer, headers, body }
  const link = `<a href="${escapeHtml(own.location)}">${STATUS_CODES[status]}</a>.\n\n`
  return { ...answer, headers, body: link + (body && JSON.stringify(body)) }
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }
const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => ENTITIES[character])
