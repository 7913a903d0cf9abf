// GET and POST /verify: links and codes that come by mail.
import { bearer, challengeOf, claimsOf, makeVerifier } from '../../../stand-ins/supabase-client.mjs'
import { refusal, refused } from '../support/fact.mjs'
import { BACK } from '../support/project.mjs'

const invalid = (message) => refused(400, 'validation_failed', message)
const EXPIRED = refused(403, 'otp_expired', 'Email link is invalid or has expired')
const HALF_DONE = 'Confirmation link accepted. Please proceed to confirm link sent to the other email'
const TYPES = ['signup', 'recovery', 'magiclink', 'email_change', 'invite', 'email']
const TYPE = 'Verify requires a verification type'

// biome-ignore format: a table
const POSTED = [
  ['an unknown type', 'sms', 'x', /./],
  ['no type', '', 'x', TYPE],
  ['no hash', 'email', '', 'Verify requires either a token or a token hash'],
]
const OPENED = [
  ['type', 'token=x', TYPE],
  ['token', 'type=magiclink', 'Verify requires a token or a token hash'],
]

const take = (client, type, token_hash) =>
  client.post('/verify', { type, token_hash, gotrue_meta_security: {} })
const linkOf = ({ api }, token, type = 'magiclink') =>
  `${api}/verify?${new URLSearchParams({ token, type, redirect_to: BACK })}`
const open = (client, token, type) => client.open(linkOf(client, token, type))
/** Where a link leads, without going there. */
const lead = async (client, token) => {
  const { status, headers } = await fetch(linkOf(client, token), { redirect: 'manual' })
  return { status, url: new URL(headers.get('location')) }
}

/** @type {import('../support/fact.mjs').Fact[]} */
export const VERIFY = [
  ...POSTED.map(([name, type, hash, message]) => ({
    name: `POST /verify with ${name}`,
    recorded: invalid(message),
    ask: async ({ client }) => refusal(await take(client, type, hash)),
  })),
  ...OPENED.map(([name, query, message]) => ({
    name: `GET /verify without a ${name} answers in JSON`,
    recorded: invalid(message),
    ask: async ({ client }) => refusal(await client.get(`/verify?${query}`)),
  })),
  {
    name: 'POST /verify with a hash that nobody made',
    recorded: EXPIRED,
    ask: async ({ client }) => refusal(await take(client, 'magiclink', 'x')),
  },
  {
    name: 'a link that is no good says so in the fragment, and in the query for PKCE alone',
    recorded: {
      status: 303,
      code: null,
      hash: /^#error=access_denied&error_code=otp_expired&error_description=[A-Za-z+]+&sb=$/,
      pkce: 'otp_expired',
    },
    ask: async ({ client }) => {
      const [plain, pkce] = await Promise.all(['x', 'pkce_x'].map((token) => lead(client, token)))
      const codeOf = ({ searchParams }) => searchParams.get('error_code')
      return { status: plain.status, code: codeOf(plain.url), hash: plain.url.hash, pkce: codeOf(pkce.url) }
    },
  },
  {
    name: 'a link that is no good keeps the query of redirect_to',
    needs: ['settings'],
    recorded: { search: '?next=%2Fx' },
    ask: async ({ client }) => ({ search: (await lead(client, 'x')).url.search }),
  },
  {
    name: 'a person from the admin API signs in with a hash, and has a session of these members',
    needs: ['people'],
    recorded: {
      names: 'access_token token_type expires_in expires_at refresh_token user',
      method: 'otp',
      user: 200,
    },
    ask: async ({ client, person }) => {
      const body = await person()
      const { status: user } = await client.get('/user', bearer(body.access_token))
      const { method } = claimsOf(body.access_token).amr[0]
      return { names: Object.keys(body).join(' '), method, user }
    },
  },
  ...TYPES.map((type) => ({
    name: `a hash of type ${type} is taken once`,
    needs: ['mail'],
    recorded: { status: 200, email: `${type}@example.test`, again: EXPIRED },
    ask: async ({ auth, client }) => {
      const hash = auth.issueTokenHash({ type, email: `${type}@example.test` })
      const { status, body } = await take(client, type, hash)
      return { status, email: body.user?.email, again: refusal(await take(client, type, hash)) }
    },
  })),
  {
    name: 'a hash of another type',
    needs: ['mail'],
    recorded: EXPIRED,
    ask: async ({ auth, client }) =>
      refusal(await take(client, 'signup', auth.issueTokenHash({ type: 'recovery' }))),
  },
  {
    name: 'a hash after an hour',
    needs: ['mail', 'clock'],
    recorded: EXPIRED,
    ask: async ({ start }) => {
      const { auth, client } = await start()
      const hash = auth.issueTokenHash({ type: 'magiclink' })
      auth.clock.advance(3601)
      return refusal(await take(client, 'magiclink', hash))
    },
  },
  {
    name: 'a link leads to the app with tokens, or with a code for PKCE',
    needs: ['mail'],
    recorded: { type: 'magiclink', exchanged: 200 },
    ask: async ({ auth, client }) => {
      const plain = await open(client, auth.issueTokenHash({ type: 'magiclink' }))
      const verifier = makeVerifier()
      const link = auth.issueTokenHash({ type: 'magiclink', codeChallenge: challengeOf(verifier) })
      const code = (await open(client, link)).searchParams.get('code')
      const { status: exchanged } = await client.exchange(code, verifier)
      return { type: new URLSearchParams(plain.hash.slice(1)).get('type'), exchanged }
    },
  },
  {
    name: 'an address changes when both have confirmed it',
    needs: ['mail'],
    recorded: {
      half: { message: HALF_DONE, end: '&sb=' },
      first: { status: 200, body: { code: '200', msg: HALF_DONE } },
      email: 'new@example.test',
    },
    ask: async ({ auth, client }) => {
      const change = { type: 'email_change', email: 'old@example.test', newEmail: 'new@example.test' }
      const issueFirst = () => auth.issueTokenHash({ ...change, isFirstOfTwo: true })
      const { hash } = await open(client, issueFirst(), 'email_change')
      const half = { message: new URLSearchParams(hash.slice(1)).get('message'), end: hash.slice(-4) }
      const { status, body } = await take(client, 'email_change', issueFirst())
      const second = await take(client, 'email_change', auth.issueTokenHash(change))
      return { half, first: { status, body }, email: second.body.user.email }
    },
  },
]
