// What a project says when its database, its hooks, its mail or its settings let a sign-in down.
import { makeVerifier, pkceOf } from '../../../stand-ins/supabase-client.mjs'
import { failureIn, refusal, refused } from '../support/fact.mjs'

const APP = '/auth/callback'
const server = (error_code, error_description) => ['server_error', error_code, error_description]

/** Failure of the stand-in, where the browser ends, status of the redirect, and what it is told. */
// biome-ignore format: a table
const REDIRECTED = [
  ['a trigger raises', 'triggerRaises', APP, 302, server('unexpected_failure', 'Database error saving new user')],
  ['the mail rate is used up', 'mailRate', APP, 302, server('over_email_send_rate_limit', 'email rate limit exceeded')],
  ['the mail server is down', 'mailDown', APP, 302, server('unexpected_failure', 'Error sending confirmation email')],
  ['only addresses of the team get mail', 'mailOfTeam', APP, 302, ['invalid_request',
    'email_address_not_authorized', /^Email address ".*" cannot be used as it is not authorized$/]],
  ['the provider was switched off meanwhile', 'providerOff', APP, 302,
    ['invalid_request', 'oauth_provider_not_supported', 'Unsupported provider: provider is not enabled']],
  ['the before-user-created hook refuses', 'hookRefusesUser', APP, 302,
    ['access_denied', '', 'Only people of this company may join']],
  ['the database is down at the callback', 'stateUnreadable', '/', 303,
    server('unexpected_failure', 'Error loading flow state')],
]

/** Failures of /token. */
// biome-ignore format: a table
const EXCHANGED = [
  ['the custom access token hook refuses', 'hookRefusesToken',
    refused(403, 'unknown', 'Your account has no licence', '(none)')],
  ['a hook cannot be reached', 'hookUnreachable', refused(422, 'hook_timeout_after_retry', /./)],
  ['the database fails at the exchange', 'grantFails',
    refused(500, 'unexpected_failure', 'Database error granting user')],
  ['there are too many requests', 'rateLimit', refused(429, 'over_request_rate_limit', 'Request rate limit reached')],
  ['the server needs more than ten seconds', 'timeout', refused(504, 'request_timeout', /./)],
]

/** Failures that /callback tells the browser in JSON. */
const IN_JSON = [
  [
    '/callback needs more than ten seconds',
    'callbackTimeout',
    { status: 504, error_code: 'request_timeout' },
  ],
  ['the user to link to was deleted', 'linkingTargetGone', { status: 500, error_code: 'unexpected_failure' }],
]

const during = async ({ auth }, failure, act) => {
  auth.fail(failure)
  try {
    return await act()
  } finally {
    auth.fail(null)
  }
}

/** @type {import('../support/fact.mjs').Fact[]} */
export const FAILING = [
  ...REDIRECTED.map(([name, failure, path, status, [error, error_code, error_description]]) => ({
    name: `${name}: the browser is told`,
    needs: ['failures', 'provider'],
    recorded: {
      status,
      path,
      error,
      error_code,
      error_description,
      fragment: status === 302 ? 'the same' : 'none',
    },
    ask: (project) =>
      during(project, failure, async () => {
        const url = await project.client.signIn(pkceOf(makeVerifier()))
        return { status: url.hops.at(-2).status, path: url.pathname, ...failureIn(url) }
      }),
  })),
  ...EXCHANGED.map(([name, failure, recorded]) => ({
    name: `${name}: /token says so, and the code still works later`,
    needs: ['failures', 'provider'],
    recorded: { ...recorded, later: 200 },
    ask: async (project) => {
      const { client } = project
      const verifier = makeVerifier()
      const code = (await client.signIn(pkceOf(verifier))).searchParams.get('code')
      const answer = refusal(await during(project, failure, () => client.exchange(code, verifier)))
      return { ...answer, later: (await client.exchange(code, verifier)).status }
    },
  })),
  ...IN_JSON.map(([name, failure, recorded]) => ({
    name: `${name}: the browser sees JSON`,
    needs: ['failures', 'provider'],
    recorded: { ...recorded, type: 'application/json', location: null },
    ask: async (project) => {
      const { client } = project
      const provider = (await client.start(pkceOf(makeVerifier()))).headers.get('location')
      const back = (await fetch(provider, { redirect: 'manual' })).headers.get('location')
      const response = await during(project, failure, () => fetch(back, { redirect: 'manual' }))
      const { error_code } = await response.json()
      const [type, location] = ['content-type', 'location'].map((header) => response.headers.get(header))
      return { status: response.status, error_code, type, location }
    },
  })),
]
