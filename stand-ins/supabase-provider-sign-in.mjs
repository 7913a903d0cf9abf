// GET /authorize and /callback: a sign-in through a provider, from the app to the provider and back.
import {
  AuthFailure,
  appFailureUrl,
  failureAnswer,
  isFailure,
  ProviderFailure,
  siteFailureUrl,
} from './supabase-failures.mjs'
import { readChallenge } from './supabase-flow-state.mjs'
import { UrlValues, withQuery } from './supabase-url-values.mjs'

const PROVIDERS = new Set(
  `apple azure bitbucket discord facebook figma fly github gitlab google kakao keycloak linkedin
  linkedin_oidc notion snapchat spotify slack slack_oidc twitch twitter x vercel_marketplace workos
  zoom`.split(/\s+/),
)
const NEVER_FORWARDED = new Set(
  `client_id client_secret redirect_uri response_type state code_challenge code_challenge_method
  code_verifier`.split(/\s+/),
)

const redirect = (status, location) => ({ status, headers: { location } })

function checkProvider(name, enabled) {
  const refuse = (reason) => new AuthFailure(400, 'validation_failed', `Unsupported provider: ${reason}`)
  if (/^custom:./.test(name) && !enabled.includes(name)) throw refuse(`custom provider ${name} not found`)
  const isKnown = PROVIDERS.has(name) || enabled.includes(name)
  if (!isKnown) throw refuse(`Provider ${name} could not be found`)
  if (!enabled.includes(name)) throw refuse('provider is not enabled')
}

/** What of the query goes on to the provider: `redirect_to` does, the app's own `state` does not. */
function forwarded(query) {
  const pairs = []
  for (const name of query.keys()) {
    if (name === 'provider' || name === 'scopes' || NEVER_FORWARDED.has(name.toLowerCase())) continue
    pairs.push([name === 'workos_provider' ? 'provider' : name, query.get(name)])
  }
  return pairs
}

/** Sends the browser on to the provider. Failures here are JSON in the browser, never a redirect. */
export function authorize(request, { options, allowList, flowStates, emailLinks, leg }) {
  const query = new UrlValues(request.rawQuery)
  const provider = query.get('provider').toLowerCase()
  checkProvider(provider, options.providers)
  const inviteToken = query.get('invite_token')
  if (inviteToken && !emailLinks.isInvite(inviteToken)) {
    throw new AuthFailure(404, 'user_not_found', 'User identified by token not found')
  }
  const wanted = request.headers.get('redirect_to') ?? query.get('redirect_to')
  const referrer = allowList.choose(wanted, request.headers.get('referer'))
  const pkce = readChallenge(query.get('code_challenge'), query.get('code_challenge_method'))
  const row = flowStates.create({ pkce, provider, referrer })
  return redirect(302, leg.authorizeUrl(row.id, forwarded(query)))
}

/** A redirect with the tokens of the implicit flow, sorted and simply appended: a fragment stays, with its `#`. */
export function withTokens(status, address, { body, headers }, more = {}) {
  const values = new UrlValues()
  for (const name of ['access_token', 'expires_at', 'expires_in', 'refresh_token', 'token_type']) {
    values.set(name, body[name])
  }
  for (const [name, value] of Object.entries({ ...more, sb: '' })) values.set(name, value)
  return { status, headers: { ...headers, location: `${address}#${values}` } }
}

/** `redirect_to` with the code: its query comes back parsed, sorted and encoded again. */
export const withCode = (address, code) => withQuery(address, (values) => values.set('code', code))

/** Takes the browser back from the provider and sends it to the app. */
export async function callback(request, context) {
  const { options, flowStates, failing } = context
  failing.at('callback')
  const parameters = new UrlValues(request.method === 'POST' ? request.body : request.rawQuery)
  let row
  try {
    failing.at('state')
    row = flowStates.take(parameters.get('state'))
  } catch (failure) {
    if (!isFailure(failure)) throw failure
    // Without a row nobody knows where the app wanted to return to.
    const { body } = failureAnswer(failure, request.headers)
    return { ...redirect(303, siteFailureUrl(options.siteUrl, failure)), body }
  }
  const target = options.externalRedirectUrl ?? row.referrer
  try {
    return await finish(parameters, row, target, context)
  } catch (failure) {
    if (!isFailure(failure)) throw failure
    return redirect(302, appFailureUrl(target, failure))
  }
}

async function finish(parameters, row, target, { flowStates, users, sessions, leg, failing }) {
  const error = parameters.get('error')
  if (error) throw new ProviderFailure(error, parameters.get('error_description'))
  const code = parameters.get('code')
  if (!code) {
    throw new AuthFailure(400, 'bad_oauth_callback', 'OAuth callback with missing authorization code missing')
  }
  failing.at('provider')
  const { tokens, profile } = await leg.signIn(code)
  flowStates.checkUnused(row)
  failing.at('saving')
  const user = users.withProvider(row.provider, profile)
  if (row.pkce) {
    flowStates.claim(row, user, tokens)
    return redirect(302, withCode(target, row.auth_code))
  }
  flowStates.destroy(row)
  const { access_token: provider_token, refresh_token } = tokens
  const more = { provider_token, ...(refresh_token && { provider_refresh_token: refresh_token }) }
  return withTokens(302, target, sessions.open(user, 'oauth'), more)
}
