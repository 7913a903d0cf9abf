// POST /token?grant_type=pkce: a code and its verifier for a session.
import { makeVerifier, pkceOf } from '../../../stand-ins/supabase-client.mjs'
import { atOnce, refusal, refused } from '../support/fact.mjs'

const NOT_FOUND = refused(404, 'flow_state_not_found', 'invalid flow state, no valid flow state found')
const EXPIRED = refused(422, 'flow_state_expired', 'invalid flow state, flow state has expired')
const names = (object) => Object.keys(object).join(' ')
const signIn = async (client) => {
  const verifier = makeVerifier()
  return { verifier, code: (await client.signIn(pkceOf(verifier))).searchParams.get('code') }
}

async function exchangeTwice(client) {
  const { code, verifier } = await signIn(client)
  const answers = await Promise.all([1, 2].map(() => client.exchange(code, verifier)))
  const statuses = answers.map(({ status }) => status).join(' ')
  const sessions = new Set(answers.map(({ headers }) => headers.get('sb-auth-session-id'))).size
  return { statuses, sessions, later: refusal(await client.exchange(code, verifier)) }
}

/** @type {import('../support/fact.mjs').Fact[]} */
export const EXCHANGE = [
  {
    name: 'a code that nobody made',
    recorded: NOT_FOUND,
    ask: async ({ client }) => refusal(await client.exchange(crypto.randomUUID(), makeVerifier())),
  },
  {
    name: 'a code with NUL',
    recorded: refused(500, 'unexpected_failure', 'Internal Server Error', '(none)'),
    ask: async ({ client }) => refusal(await client.exchange('a\0b', makeVerifier())),
  },
  {
    name: 'a wrong verifier leaves the code as it is',
    needs: ['provider'],
    recorded: {
      wrong: refused(
        400,
        'bad_code_verifier',
        'code challenge does not match previously saved code verifier',
      ),
      right: 200,
      again: NOT_FOUND,
    },
    ask: async ({ client }) => {
      const { code, verifier } = await signIn(client)
      const wrong = refusal(await client.exchange(code, makeVerifier()))
      const { status: right } = await client.exchange(code, verifier)
      return { wrong, right, again: refusal(await client.exchange(code, verifier)) }
    },
  },
  {
    name: 'two exchanges of one code at once make two sessions, a later one none',
    needs: ['provider'],
    recorded: { statuses: '200 200', sessions: 2, later: NOT_FOUND },
    ask: ({ client }) =>
      atOnce(
        () => exchangeTwice(client),
        ({ statuses }) => statuses === '200 200',
      ),
  },
  {
    name: 'a session has these members, in this order',
    needs: ['provider'],
    recorded: {
      body: 'access_token token_type expires_in expires_at refresh_token user provider_token provider_refresh_token',
      user: `id aud role email email_confirmed_at phone confirmed_at last_sign_in_at app_metadata user_metadata \
identities created_at updated_at is_anonymous`,
      identity: 'identity_id id user_id identity_data provider last_sign_in_at created_at updated_at email',
      appMetadata: { provider: 'bitbucket', providers: { 0: 'bitbucket' } },
    },
    ask: async ({ start }) => {
      const body = await (await start()).client.session()
      const { user } = body
      const identity = names(user.identities[0])
      return { body: names(body), user: names(user), identity, appMetadata: user.app_metadata }
    },
  },
  {
    name: 'a plain challenge is its verifier, and a sign-in that is under way has no code yet',
    needs: ['settings'],
    recorded: { before: NOT_FOUND, after: 200 },
    ask: async ({ auth, client }) => {
      const verifier = makeVerifier()
      const response = await client.start({ code_challenge: verifier, code_challenge_method: 'PLAIN' })
      const provider = response.headers.get('location')
      const { auth_code } = auth.flowStates.rows.get(new URL(provider).searchParams.get('state'))
      const before = refusal(await client.exchange(auth_code, verifier))
      await client.open(provider)
      return { before, after: (await client.exchange(auth_code, verifier)).status }
    },
  },
  {
    name: 'five minutes count from /authorize',
    needs: ['clock'],
    recorded: { early: 200, late: EXPIRED },
    ask: async ({ start }) => {
      const { auth, client } = await start()
      const [first, second] = [await signIn(client), await signIn(client)]
      auth.clock.advance(295)
      const { status: early } = await client.exchange(first.code, first.verifier)
      auth.clock.advance(6)
      return { early, late: refusal(await client.exchange(second.code, second.verifier)) }
    },
  },
]
