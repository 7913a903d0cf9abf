// A stand-in for the Auth server of a Supabase project (GoTrue 2.19x behind its gateway), on a loopback
// address: its API under /auth/v1, its redirects, its failures. It is not Supabase, says so in every answer,
// sends no mail and forgets everything when it stops.
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { readRequest, writeAnswer } from './scripted-answer.mjs'
import { makeAllowList } from './supabase-allow-list.mjs'
import { startBitbucketLeg } from './supabase-bitbucket-leg.mjs'
import { EmailLinks } from './supabase-email-links.mjs'
import { ENDPOINTS } from './supabase-endpoints.mjs'
import { AuthFailure, FAILURES, failureAnswer, isFailure } from './supabase-failures.mjs'
import { FlowStates } from './supabase-flow-state.mjs'
import { makeGateway, standInPage } from './supabase-gateway.mjs'
import { Sessions } from './supabase-sessions.mjs'
import { Users } from './supabase-users.mjs'

const BASE = '/auth/v1'
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
  const { path, endpoint, method } = request
  if (path === '/')
    return { status: 200, headers: { 'content-type': 'text/html' }, body: standInPage('Stand-in') }
  if (!endpoint) {
    return { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 page not found\n' }
  }
  const handle = ENDPOINTS[path.slice(BASE.length)][method]
  if (!handle) return { status: 405 }
  if (request.isTooLarge) throw new AuthFailure(413, 'request_entity_too_large', 'Request body too large')
  return handle(request, context)
}

/** Reads a request; a body that is too large is let run by and not kept. */
async function read(incoming) {
  const isTooLarge = Number(incoming.headers['content-length'] ?? 0) > MAX_BODY_BYTES
  const parts = isTooLarge ? { ...pick(incoming), async *[Symbol.asyncIterator]() {} } : incoming
  if (isTooLarge) incoming.resume()
  const request = await readRequest(parts)
  const [, rawQuery = ''] = /^[^?]*\?(.*)$/s.exec(incoming.url) ?? []
  const rest = request.path.startsWith(`${BASE}/`) ? request.path.slice(BASE.length) : ''
  const endpoint = Object.hasOwn(ENDPOINTS, rest) ? ENDPOINTS[rest].name : null
  return { ...request, rawQuery, endpoint, isTooLarge }
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
 * @param {string} [options.host] as in the URL: it decides the name of the session cookie
 * @param {number} [options.port] 0: any free one
 * @returns {Promise<{ url: string, key: string, stats: object, requests: object[], clock: object, leg: object,
 *   users: Users, sessions: Sessions, flowStates: FlowStates, issueTokenHash(wanted: object): string,
 *   script(fn: ((request: object) => object | undefined) | null): void, close(): Promise<void> }>}
 *   A script sees each request as readRequest gives it, with `endpoint` (a name in ENDPOINTS, or null), and may
 *   return an `Answer` of oauth-provider.mjs, or one of FAILURES.
 */
export async function startSupabaseAuth(options = {}) {
  const settings = { ...DEFAULTS, ...options }
  const { host, key = `sb_publishable_stand_in_${randomBytes(8).toString('hex')}` } = settings
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
  const users = new Users(clock, settings)
  const flowStates = new FlowStates(clock)
  const { expiresIn, reuseInterval } = settings
  const sessions = new Sessions({ clock, users, iss: url + BASE, expiresIn, reuseInterval })
  const allowList = makeAllowList(settings.siteUrl, settings.allowList)
  const emailLinks = new EmailLinks({ clock, users, flowStates, sessions, allowList })
  const rates = new Map()
  const context = { options: settings, clock, users, flowStates, sessions, allowList, emailLinks, leg, rates }
  const gateway = makeGateway(key, settings.gateway)
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
      await writeAnswer(response, complete(answer, gateway.corsFor(request.headers)))
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
    stats,
    requests,
    clock,
    leg,
    users,
    sessions,
    flowStates,
    issueTokenHash: (wanted) => emailLinks.issue(wanted),
    script(fn) {
      scripted = fn
    },
    close,
  }
}

/** Adds what every answer has: the name of the stand-in, CORS, a content type, and a page for a redirect. */
function complete(answer, cors) {
  const { location } = answer.headers ?? {}
  const type = location ? 'text/html; charset=utf-8' : answer.body && 'application/json'
  const headers = {
    'x-stand-in': 'Supabase Auth',
    ...cors,
    ...(type && { 'content-type': type }),
    ...answer.headers,
  }
  return { ...answer, headers, body: answer.body ?? (location ? standInPage('Redirect') : '') }
}
