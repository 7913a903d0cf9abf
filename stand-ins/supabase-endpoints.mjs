// The endpoints of the Auth API that answer in JSON, and the table of them all.
import { setTimeout as wait } from 'node:timers/promises'
import { generateLink, makeUser, removeUser } from './supabase-admin.mjs'
import { challenge, enroll, verify } from './supabase-factors.mjs'
import { FAILURES } from './supabase-failure-table.mjs'
import { AuthFailure } from './supabase-failures.mjs'
import { readJson } from './supabase-json-body.mjs'
import { sendLink } from './supabase-mails.mjs'
import { authorize, callback } from './supabase-provider-sign-in.mjs'
import { userJson } from './supabase-users.mjs'

const WINDOW_SECONDS = 300
// `x`, `vercel_marketplace` and `custom:*` have no place in this answer.
const SETTINGS_PROVIDERS =
  `anonymous_users apple azure bitbucket discord email facebook figma fly github gitlab
  google kakao keycloak linkedin linkedin_oidc notion phone slack slack_oidc snapchat spotify twitch
  twitter workos zoom`.split(/\s+/)
const SCOPES = new Set(['global', 'local', 'others'])

/** How long an exchange holds its transaction open: another one in that time finds the code as well. */
const COMMIT_MS = 10

async function exchange(request, { flowStates, users, sessions }) {
  const { auth_code: authCode, code_verifier: codeVerifier } = readJson(request, 'PKCEGrantParams')
  if (!authCode || !codeVerifier) {
    const message = 'invalid request: both auth code and code verifier should be non-empty'
    throw new AuthFailure(400, 'validation_failed', message)
  }
  const row = flowStates.redeem(authCode, codeVerifier)
  const method = row.authentication_method === 'oauth' ? 'oauth' : 'otp'
  const answer = sessions.open(users.rows.get(row.user_id), method, row)
  await wait(COMMIT_MS)
  flowStates.destroy(row)
  return { status: 200, ...answer }
}

function refresh(request, { sessions }) {
  const { refresh_token: token } = readJson(request, 'RefreshTokenGrantParams')
  if (!token) throw new AuthFailure(400, 'validation_failed', 'Refresh token is not valid')
  return { status: 200, ...sessions.refresh(token) }
}

const GRANTS = { pkce: exchange, refresh_token: refresh }

/** Counts only for a server behind a proxy that names its clients, as the real one does. */
function checkRate({ headers }, { options, clock, rates }) {
  const client = headers.get('sb-forwarded-for')
  if (!options.rateLimit || !client) return
  const since = clock.now() - WINDOW_SECONDS * 1000
  const recent = (rates.get(client) ?? []).filter((at) => at > since)
  if (recent.length >= options.rateLimit) throw FAILURES.rateLimit
  rates.set(client, [...recent, clock.now()])
}

function token(request, context) {
  context.failing.at('token')
  checkRate(request, context)
  const isForm = /^application\/x-www-form-urlencoded/i.test(request.headers.get('content-type') ?? '')
  const grantType = (isForm && request.form.get('grant_type')) || request.query.get('grant_type')
  const grant = Object.hasOwn(GRANTS, grantType ?? '') && GRANTS[grantType]
  if (!grant) throw new AuthFailure(400, 'invalid_credentials', 'unsupported_grant_type')
  return grant(request, context)
}

function logout(request, { sessions }) {
  const { session } = sessions.authenticate(request.headers.get('authorization'))
  const scope = request.query.get('scope') || 'global'
  if (!SCOPES.has(scope)) {
    throw new AuthFailure(400, 'validation_failed', `Unsupported logout scope "${scope}"`)
  }
  sessions.close(session, scope)
  return { status: 204 }
}

function user(request, { sessions }) {
  const { user: found } = sessions.authenticate(request.headers.get('authorization'))
  return { status: 200, body: userJson(found) }
}

const settings = (_, { options }) => ({
  status: 200,
  body: {
    external: Object.fromEntries(
      SETTINGS_PROVIDERS.map((name) => [name, name === 'email' || options.providers.includes(name)]),
    ),
    disable_signup: options.disableSignup,
    mailer_autoconfirm: options.autoconfirm,
    phone_autoconfirm: false,
    sms_provider: '',
    saml_enabled: false,
    saml_private_key_next_configured: false,
    passkeys_enabled: false,
  },
})

const health = () => ({
  status: 200,
  body: { version: 'stand-in', name: 'GoTrue', description: 'A stand-in for Supabase Auth, for tests' },
})

const jwks = (_, { sessions }) => ({
  status: 200,
  headers: { 'cache-control': 'public, max-age=600' },
  body: sessions.jwks(),
})

/** Path under /auth/v1 -> its name, and what answers by method. */
const ENDPOINTS = {
  '/authorize': { name: 'authorize', GET: authorize },
  '/callback': { name: 'callback', GET: callback, POST: callback },
  '/token': { name: 'token', POST: token },
  '/logout': { name: 'logout', POST: logout },
  '/user': { name: 'user', GET: user },
  '/verify': {
    name: 'verify',
    GET: (request, { emailLinks }) => emailLinks.get(request),
    POST: (request, { emailLinks }) => emailLinks.post(readJson(request, 'VerifyParams')),
  },
  '/otp': { name: 'otp', POST: sendLink('magiclink') },
  '/recover': { name: 'recover', POST: sendLink('recovery') },
  '/factors': { name: 'factors', POST: enroll },
  '/factors/{id}/challenge': { name: 'challenge', POST: challenge },
  '/factors/{id}/verify': { name: 'verify_factor', POST: verify },
  '/settings': { name: 'settings', GET: settings },
  '/health': { name: 'health', GET: health },
  '/.well-known/jwks.json': { name: 'jwks', GET: jwks },
  '/admin/users': { name: 'admin_users', POST: makeUser },
  '/admin/users/{id}': { name: 'admin_user', DELETE: removeUser },
  '/admin/generate_link': { name: 'admin_link', POST: generateLink },
}

/** The row of ENDPOINTS for a path under /auth/v1, or null. */
export function endpointOf(path) {
  const key = path.replace(/^(\/(?:admin\/users|factors))\/[^/{]+/, '$1/{id}')
  return Object.hasOwn(ENDPOINTS, key) ? ENDPOINTS[key] : null
}
