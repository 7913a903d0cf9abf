// The provider leg of the Auth stand-in: a stand-in for Bitbucket in this process, and what the Auth server
// asks of its four endpoints. It approves at once, unless `outcome` says otherwise or it has a page that asks.
import { PATHS, startOAuthProvider } from './oauth-provider.mjs'
import { AuthFailure } from './supabase-failures.mjs'
import { UrlValues } from './supabase-url-values.mjs'

const CLIENT = { clientId: 'supabase-stand-in', clientSecret: 'supabase-stand-in-secret' }
const FIXED_SCOPE = 'account email'
const SHOWN_OF_CODE = 4
const UNCONFIRMED = { type: 'email', email: 'ada@example.test', is_primary: true, is_confirmed: false }

const pathOf = (endpoint) => Object.keys(PATHS).find((path) => PATHS[path] === endpoint)
const json = (status, body) => ({ status, headers: { 'content-type': 'application/json' }, body })
const emails = (values) => json(200, { values, pagelen: 10, size: values.length, page: 1 })

/** Outcome -> endpoint -> the answer in place of the usual one. */
const OUTCOMES = {
  approved: {},
  denied: { authorize: denial },
  no_email: { emails: () => emails([]) },
  unconfirmed_email: { emails: () => emails([UNCONFIRMED]) },
  token_error: { token: () => json(500, { error: 'server_error' }) },
  user_error: { user: () => json(500, { type: 'error' }) },
}

function denial({ query }) {
  const target = new URL(query.get('redirect_uri'))
  target.searchParams.set('error', 'access_denied')
  target.searchParams.set('error_description', 'The user denied the request.')
  target.searchParams.set('state', query.get('state'))
  return { status: 302, headers: { location: target.href } }
}

/**
 * @param {object} options
 * @param {string} options.redirectUri
 * @param {keyof OUTCOMES} [options.outcome]
 * @param {(request: object) => object} [options.consentPage] answers an authorization request that has no `decision`
 *   yet; its form sends the same parameters again, with `decision`: `approve` or `deny`
 * @param {object} [options.provider] goes on to startOAuthProvider: `user`, `emails`, ...
 */
export async function startBitbucketLeg({
  redirectUri,
  outcome = 'approved',
  consentPage,
  provider: more = {},
}) {
  const provider = await startOAuthProvider({ ...CLIENT, ...more })
  const leg = {
    /** @type {keyof OUTCOMES} change it at any time */
    outcome,
    origin: provider.origin,
    requests: provider.requests,
    authorizeUrl,
    signIn,
    close: provider.close,
  }
  const askFirst = (request) =>
    request.endpoint === 'authorize' && !request.query.has('decision') ? consentPage?.(request) : undefined
  provider.script((request) => OUTCOMES[leg.outcome][request.endpoint]?.(request) ?? askFirst(request))
  // As golang.org/x/oauth2 finds it out: HTTP Basic first, and the form when that fails; then it remembers.
  let style = null

  /** @param {string} state @param {[string, string][]} passed query parameters of /authorize to copy */
  function authorizeUrl(state, passed) {
    const query = new UrlValues()
    query.set('response_type', 'code').set('client_id', CLIENT.clientId).set('redirect_uri', redirectUri)
    query.set('scope', FIXED_SCOPE).set('state', state)
    for (const [name, value] of passed) query.set(name, value)
    return `${provider.origin}${pathOf('authorize')}?${query}`
  }

  async function askToken(code, asForm) {
    const form = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri })
    const headers = {}
    if (asForm) {
      form.set('client_id', CLIENT.clientId)
      form.set('client_secret', CLIENT.clientSecret)
    } else {
      const pair = [CLIENT.clientId, CLIENT.clientSecret].map(encodeURIComponent).join(':')
      headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`
    }
    const url = provider.origin + pathOf('token')
    const response = await fetch(url, { method: 'POST', headers, body: form })
    const tokens = response.ok ? await response.json().catch(() => null) : null
    if (!tokens?.access_token) return null
    style = asForm ? 'form' : 'basic'
    return tokens
  }

  async function ask(endpoint, token) {
    const headers = { authorization: `Bearer ${token}` }
    const response = await fetch(provider.origin + pathOf(endpoint), { headers })
    const body = response.ok ? await response.json().catch(() => null) : null
    if (body) return body
    const message = 'Error getting user profile from external provider'
    throw new AuthFailure(500, 'unexpected_failure', message)
  }

  /** Trades the provider's code for its tokens and the profile behind them. */
  async function signIn(code) {
    let tokens = style === 'form' ? null : await askToken(code, false)
    if (!tokens && style !== 'basic') tokens = await askToken(code, true)
    if (!tokens) {
      throw new AuthFailure(
        500,
        'unexpected_failure',
        `Unable to exchange external code: ${code.slice(0, SHOWN_OF_CODE)}`,
      )
    }
    const user = await ask('user', tokens.access_token)
    const { values = [] } = await ask('emails', tokens.access_token)
    if (values.length === 0) {
      const message = 'Error getting user email from external provider'
      throw new AuthFailure(500, 'unexpected_failure', message)
    }
    const profile = {
      subject: user.uuid,
      name: user.display_name ?? '',
      // Read at the top level, where Bitbucket does not put it: so there is hardly ever a picture.
      picture: user.avatar?.href ?? '',
      iss: `${provider.origin}/2.0`,
      emails: values.map((one) => ({
        email: one.email,
        primary: Boolean(one.is_primary),
        verified: Boolean(one.is_confirmed),
      })),
    }
    return { tokens, profile }
  }

  return leg
}
