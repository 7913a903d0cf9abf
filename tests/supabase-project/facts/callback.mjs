// GET /callback: how a sign-in at a provider returns to the app.
import { makeVerifier, pkceOf } from '../../../stand-ins/supabase-client.mjs'
import { atOnce, failureIn } from '../support/fact.mjs'
import { SITE } from '../support/project.mjs'

const TOKENS =
  'access_token expires_at expires_in provider_refresh_token provider_token refresh_token sb token_type'

const outcomes = {
  denied: ['access_denied', null, 'The user denied the request.'],
  no_email: ['server_error', 'unexpected_failure', 'Error getting user email from external provider'],
  unconfirmed_email: [
    'access_denied',
    'provider_email_needs_verification',
    /^Unverified email with bitbucket/,
  ],
  token_error: ['server_error', 'unexpected_failure', /^Unable to exchange external code: .{4}$/],
  user_error: ['server_error', 'unexpected_failure', 'Error getting user profile from external provider'],
}

async function answerTwice(client) {
  const provider = (await client.start(pkceOf(makeVerifier()))).headers.get('location')
  const answers = await Promise.all([1, 2].map(() => fetch(provider, { redirect: 'manual' })))
  const back = answers.map(({ headers }) => headers.get('location'))
  const responses = await Promise.all(back.map((url) => fetch(url, { redirect: 'manual' })))
  const urls = responses.map(({ headers }) => new URL(headers.get('location')))
  return {
    statuses: responses.map(({ status }) => status).join(' '),
    paths: urls.map(({ pathname }) => pathname).join(' '),
    codes: urls.filter(({ searchParams }) => searchParams.has('code')).length,
    used: urls.filter(({ searchParams }) => searchParams.get('error_code') === 'flow_state_already_used')
      .length,
  }
}

/** @type {import('../support/fact.mjs').Fact[]} */
export const CALLBACK = [
  ...Object.entries(outcomes).map(([outcome, [error, error_code, error_description]]) => ({
    name: `the app learns of ${outcome} in query and fragment`,
    needs: ['settings'],
    recorded: { status: 302, next: '/x', error, error_code, error_description, fragment: 'the same' },
    ask: async ({ start }) => {
      const { client } = await start({ outcome })
      const url = await client.signIn(pkceOf(makeVerifier()))
      return { status: url.hops.at(-2).status, next: url.searchParams.get('next'), ...failureIn(url) }
    },
  })),
  {
    name: 'the fragment of a failure is escaped twice',
    needs: ['settings'],
    recorded: { hash: /external\+code%253A\+/ },
    ask: async ({ start }) => {
      const { client } = await start({ outcome: 'token_error' })
      return { hash: (await client.signIn(pkceOf(makeVerifier()))).hash }
    },
  },
  {
    name: 'the code goes into a query that is sorted and encoded again',
    needs: ['provider'],
    recorded: { search: /^\?a=%C3%BC~&code=[0-9a-f-]{36}&e=&z=a\+b$/, hash: '#frag' },
    ask: async ({ client }) => {
      const redirect_to = `${SITE}/cb?z=a%20b&a=%C3%BC~&code=mine&bad=%zz&semi=1;2&e#frag`
      const { search, hash } = await client.signIn({ ...pkceOf(makeVerifier()), redirect_to })
      return { search, hash }
    },
  },
  {
    name: 'the tokens of the implicit flow are in the fragment, sorted, and the session in headers',
    needs: ['provider'],
    recorded: {
      search: '?next=%2Fx',
      names: TOKENS,
      double: /^#mine#access_token=/,
      user: true,
      prefix: true,
    },
    ask: async ({ client }) => {
      const url = await client.signIn()
      const fragment = new URLSearchParams(url.hash.slice(1))
      const { headers } = url.hops.at(-2)
      const double = await client.signIn({ redirect_to: `${SITE}/#mine` })
      return {
        search: url.search,
        names: [...new Set(fragment.keys())].join(' '),
        double: double.hash,
        user: Boolean(headers.get('sb-auth-user-id') && headers.get('sb-auth-session-id')),
        prefix: fragment.get('refresh_token').startsWith(headers.get('sb-auth-refresh-token-prefix') ?? '-'),
      }
    },
  },
  {
    name: 'of two provider answers for one state at once, one gets the code and the other a redirect to the app',
    needs: ['provider'],
    recorded: { statuses: '302 302', paths: '/auth/callback /auth/callback', codes: 1, used: 1 },
    ask: ({ client }) =>
      atOnce(
        () => answerTwice(client),
        ({ statuses }) => statuses === '302 302',
      ),
  },
  {
    name: 'new people are refused when the project is closed',
    needs: ['settings'],
    recorded: { error: 'access_denied', error_code: 'signup_disabled' },
    ask: async ({ start }) => {
      const { client } = await start({ disableSignup: true })
      const { error, error_code } = failureIn(await client.signIn())
      return { error, error_code }
    },
  },
  {
    name: 'banned people are refused',
    needs: ['settings'],
    recorded: { error: 'access_denied', error_code: 'user_banned' },
    ask: async ({ start }) => {
      const { auth, client } = await start()
      await client.signIn()
      auth.users.ban('ada@example.test')
      const { error, error_code } = failureIn(await client.signIn())
      return { error, error_code }
    },
  },
  {
    name: 'a person is known again, and may be led elsewhere by a setting',
    needs: ['settings'],
    recorded: { isSame: true, identities: 1, path: '/fixed' },
    ask: async ({ start }) => {
      const { client } = await start({ externalRedirectUrl: `${SITE}/fixed` })
      const [first, second] = [await client.session(), await client.session()]
      const { pathname: path } = await client.signIn()
      return { isSame: first.user.id === second.user.id, identities: second.user.identities.length, path }
    },
  },
]
