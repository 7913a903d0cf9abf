// A stand-in for a plain OAuth 2.0 provider in the shape of Bitbucket Cloud: its paths, its answers.
// It is not Bitbucket and checks only what the tests look at. A script can make it answer anything.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import { readRequest, writeAnswer } from './scripted-answer.mjs'

export const PATHS = {
  '/site/oauth2/authorize': 'authorize',
  '/site/oauth2/access_token': 'token',
  '/site/oauth2/revoke': 'revoke',
  '/2.0/user': 'user',
  '/2.0/user/emails': 'emails',
}

const USER = {
  type: 'user',
  uuid: '{0c7f2c38-6d1a-4d3e-9d5f-3f7a5a1f0ada}',
  account_id: '557058:ada',
  username: 'ada',
  nickname: 'ada',
  display_name: 'Ada Lovelace',
  links: { avatar: { href: 'https://avatar.example/ada.png' } },
}
const EMAILS = [
  { type: 'email', email: 'ada@old.example.test', is_primary: false, is_confirmed: true },
  { type: 'email', email: 'ada@example.test', is_primary: true, is_confirmed: true },
]
const TOKEN_SECONDS = 7200
const KEEP_ALIVE_MILLISECONDS = 60_000

const makeToken = () => randomBytes(24).toString('base64url')
const json = (status, body) => ({ status, headers: { 'content-type': 'application/json' }, body })
const oauthError = (error, description, status = 400) =>
  json(status, { error, error_description: description })

/**
 * @typedef {object} Recorded one request as it came: `endpoint` (a value of PATHS, or null), `method`, `path`,
 *   `url`, `headers`, `query`, `body` (text), `form`, `duplicates` (names that came twice in the form),
 *   and `basic` ({ id, secret } after form-decoding, or null)
 * @typedef {object} Answer `status`, `headers`, `body` (text, bytes, an object as JSON, or an iterable of chunks,
 *   endless if you like), `delay` (ms before the first byte), `cutAfter` (bytes, then the
 *   connection breaks); hostile-token-endpoint.mjs does worse
 */

/**
 * @param {object} [options]
 * @param {string} [options.clientId]
 * @param {string} [options.clientSecret]
 * @param {'approve' | 'deny'} [options.decision] a query `decision=deny` does the same for one request
 * @param {string} [options.iss] sent with the authorization response, when given
 * @param {object} [options.user] over the user's own members
 * @param {object[]} [options.emails]
 * @param {boolean} [options.rotates] a refresh token counts once, and its second use ends all tokens of the grant (RFC 9700 4.14.2)
 * @param {number} [options.port] 0: any free one
 * @returns {Promise<{ origin: string, requests: Recorded[], close(): Promise<void>,
 *   script(fn: ((request: Recorded) => Answer | undefined | Promise<Answer | undefined>) | null): void }>}
 */
export async function startOAuthProvider(options = {}) {
  const { port = 0, host = '127.0.0.1' } = options
  const requests = []
  const endpoints = makeEndpoints({ clientId: 'demo-client', clientSecret: 'demo-secret', ...options })
  let scripted = null

  const server = createServer(async (incoming, response) => {
    try {
      const request = await readRequest(incoming)
      request.endpoint = PATHS[request.path] ?? null
      requests.push(request)
      const usual = () => endpoints[request.endpoint]?.(request) ?? json(404, { error: 'not_found' })
      await writeAnswer(response, (await scripted?.(request)) ?? usual())
    } catch {
      response.destroy()
    }
  })
  // Under load, a client uses a connection that the server is about to close.
  server.keepAliveTimeout = KEEP_ALIVE_MILLISECONDS
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    origin: `http://${host}:${server.address().port}`,
    requests,
    script(fn) {
      scripted = fn
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function makeEndpoints(options) {
  const codes = new Map()
  const grants = new Map()
  return {
    authorize: (request) => authorize(request, options, codes),
    token: (request) => answerToken(request, options, codes, grants),
    revoke: (request) => revoke(request, options, grants),
    user: (request) => whenAllowed(request, grants, () => ({ ...USER, ...options.user })),
    emails: (request) =>
      whenAllowed(request, grants, () => {
        const values = options.emails ?? EMAILS
        return { values, pagelen: 10, size: values.length, page: 1 }
      }),
  }
}

function authorize({ method, query }, options, codes) {
  if (method !== 'GET') return oauthError('invalid_request', 'GET only', 405)
  if (query.get('client_id') !== options.clientId) return oauthError('invalid_client', 'unknown client_id')
  const redirectUri = query.get('redirect_uri')
  if (!redirectUri) return oauthError('invalid_request', 'redirect_uri is missing')
  const target = new URL(redirectUri)
  const add = (name, value) => value && target.searchParams.append(name, value)

  if (query.get('response_type') !== 'code') {
    add('error', 'unsupported_response_type')
  } else if ((query.get('decision') ?? options.decision) === 'deny') {
    add('error', 'access_denied')
    add('error_description', 'The user denied the request.')
  } else {
    const code = makeToken()
    codes.set(code, {
      redirectUri,
      challenge: query.get('code_challenge'),
      challengeMethod: query.get('code_challenge_method') ?? 'plain',
      scope: query.get('scope') ?? 'account email',
    })
    add('code', code)
  }
  add('state', query.get('state'))
  add('iss', options.iss)
  return { status: 302, headers: { location: target.href } }
}

function answerToken(request, options, codes, grants) {
  const refused = refuseClient(request, options)
  if (refused) return refused
  const { form } = request
  if (form.get('grant_type') === 'refresh_token') return refresh(form.get('refresh_token'), options, grants)
  if (form.get('grant_type') !== 'authorization_code') return oauthError('unsupported_grant_type', '')
  const grant = codes.get(form.get('code'))
  codes.delete(form.get('code'))
  if (!grant) return oauthError('invalid_grant', 'the code is unknown or was used before')
  if (form.get('redirect_uri') !== grant.redirectUri)
    return oauthError('invalid_grant', 'another redirect_uri')
  if (!matchesChallenge(form.get('code_verifier'), grant)) return oauthError('invalid_grant', 'PKCE failed')
  return json(200, issue(grant, grants))
}

function refresh(token, { rotates }, grants) {
  const grant = grants.get(token)
  if (!grant) return oauthError('invalid_grant', 'unknown refresh_token')
  if (rotates && grant.used?.has(token)) {
    end(grant, grants)
    return oauthError('invalid_grant', 'refresh_token was used before')
  }
  grant.used ??= new Set()
  grant.used.add(token)
  return json(200, issue(grant, grants))
}

function matchesChallenge(verifier, { challenge, challengeMethod }) {
  if (challenge === null) return verifier === null
  if (verifier === null) return false
  return challengeMethod === 'S256'
    ? createHash('sha256').update(verifier).digest('base64url') === challenge
    : verifier === challenge
}

function issue(grant, grants) {
  const [accessToken, refreshToken] = [makeToken(), makeToken()]
  grants.set(accessToken, grant)
  grants.set(refreshToken, grant)
  return {
    access_token: accessToken,
    scopes: grant.scope,
    expires_in: TOKEN_SECONDS,
    refresh_token: refreshToken,
    token_type: 'bearer',
    state: 'authorization_code',
  }
}

function revoke(request, options, grants) {
  const refused = refuseClient(request, options)
  if (refused) return refused
  end(grants.get(request.form.get('token')), grants)
  return { status: 200, body: '' }
}

function end(grant, grants) {
  for (const [token, one] of grants) if (one === grant) grants.delete(token)
}

function whenAllowed({ headers }, grants, answer) {
  const token = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (grants.has(token)) return json(200, answer())
  return json(401, { type: 'error', error: { message: 'Access token is invalid or expired.' } })
}

/** The checks that a token and a revocation request share; null when the client may go on. */
function refuseClient({ method, headers, basic, duplicates }, options) {
  if (method !== 'POST') return oauthError('invalid_request', 'POST only', 405)
  if (!/^application\/x-www-form-urlencoded(;|$)/i.test(headers.get('content-type') ?? '')) {
    return oauthError('invalid_request', 'the body is not a form')
  }
  if (duplicates.length > 0) return oauthError('invalid_request', `${duplicates[0]} came twice`)
  const known = basic && isEqual(basic.id, options.clientId) && isEqual(basic.secret, options.clientSecret)
  return known ? null : oauthError('invalid_client', 'client_id or client_secret is wrong', 401)
}

function isEqual(a, b) {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
