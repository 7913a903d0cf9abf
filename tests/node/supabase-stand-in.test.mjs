// The stand-in for a Supabase project's Auth server: that it answers as the real one is known to answer.
import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { globPattern, makeAllowList } from '../../stand-ins/supabase-allow-list.mjs'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'
import {
  bearer,
  challengeOf,
  claimsOf,
  makeSupabaseClient,
  makeVerifier,
  pkceOf,
} from '../../stand-ins/supabase-client.mjs'
import { FAILURES } from '../../stand-ins/supabase-failures.mjs'
import { gatewayPage } from '../../stand-ins/supabase-gateway.mjs'
import { withQuery } from '../../stand-ins/supabase-url-values.mjs'

const SITE = 'https://app.example'
const BACK = `${SITE}/auth/callback?next=%2Fx`
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

const started = []
/** A stand-in and a client of it. */
const start = async (options) => {
  const auth = await startSupabaseAuth({ siteUrl: SITE, ...options })
  started.push(auth)
  return { auth, client: makeSupabaseClient(auth, BACK) }
}
after(() => Promise.all(started.map((one) => one.close())))
const { auth, client } = await start({ allowList: ['https://*.preview.example/**'] })

const isRefused = ({ status, body, headers }, wantedStatus, code) => {
  const got = [status, body.code, headers.get('x-sb-error-code')]
  assert.deepEqual(got, [wantedStatus, code, code])
}
const stateOf = (response) => new URL(response.headers.get('location')).searchParams.get('state')
const codeOf = (url) => url.searchParams.get('code')
const names = (object) => Object.keys(object).join(' ')

describe('/authorize', () => {
  test('refuses in JSON what it cannot do', async () => {
    const good = pkceOf(makeVerifier())
    const refused = [
      { provider: 'nobody' },
      { provider: 'github' },
      { provider: 'custom:acme' },
      { provider: '' },
      { code_challenge: good.code_challenge },
      { code_challenge_method: 's256' },
      { ...good, code_challenge_method: 'S512' },
      { ...good, code_challenge: 'a'.repeat(42) },
      { ...good, code_challenge: 'a'.repeat(129) },
      { ...good, code_challenge: `${'a'.repeat(42)}+` },
    ]
    for (const parameters of refused) {
      const response = await client.start(parameters)
      const body = await response.json()
      assert.deepEqual([response.status, body.code, body.error_code], [400, 400, 'validation_failed'])
      assert.deepEqual(Object.keys(body), ['code', 'error_code', 'msg'])
      if ('provider' in parameters) assert.match(body.msg, /^Unsupported provider:/)
    }
    const invited = await client.start({ invite_token: 'x' })
    assert.deepEqual([invited.status, (await invited.json()).error_code], [404, 'user_not_found'])
  })

  test('sends the browser to the provider and keeps what is its own', async () => {
    const parameters = {
      provider: 'BitBucket',
      code_challenge: 'a'.repeat(128),
      code_challenge_method: 'PLAIN',
      scopes: 'repository',
      state: 'mine',
      CLIENT_ID: 'x',
      Redirect_Uri: 'x',
      nonce: 'n',
      workos_provider: 'p',
      prompt: 'login',
    }
    const response = await client.start(parameters)
    assert.equal(response.status, 302)
    const url = new URL(response.headers.get('location'))
    assert.equal(url.pathname, '/site/oauth2/authorize')
    const { state, ...rest } = Object.fromEntries(url.searchParams)
    assert.match(state, UUID)
    assert.ok(auth.flowStates.rows.has(state))
    assert.deepEqual(rest, {
      client_id: 'supabase-stand-in',
      nonce: 'n',
      prompt: 'login',
      provider: 'p',
      redirect_to: BACK,
      redirect_uri: `${auth.url}/auth/v1/callback`,
      response_type: 'code',
      scope: 'account email',
    })
    const other = await client.start({ scope: 'account email repository' })
    assert.equal(new URL(other.headers.get('location')).searchParams.get('scope'), 'account email repository')
  })

  test('returns to redirect_to, else to the Referer, else to SITE_URL, and says nothing', async () => {
    const returns = async (redirect_to, headers = {}) => {
      const response = await client.start({ redirect_to }, headers)
      return auth.flowStates.rows.get(stateOf(response)).referrer
    }
    const preview = 'https://a.preview.example/cb?next=/x'
    assert.equal(await returns(preview), preview)
    assert.equal(await returns('https://evil.example/'), SITE)
    assert.equal(await returns('https://evil.example/', { referer: preview }), preview)
    assert.equal(await returns('https://evil.example/', { redirect_to: preview }), preview)
  })
})

describe('the allow list', () => {
  test('knows SITE_URL, loopback addresses and globs', () => {
    const { allows } = makeAllowList(SITE, 'https://exact.example/cb, https://app2.example/**,myapp://back')
    const cases = {
      yes: `https://app.example https://app.example/any?q=1#f http://127.0.0.1:9/x myapp://back
        https://exact.example/cb https://exact.example/cb#f https://app2.example/a/b.c?d=e https://[::1]:1/`,
      no: `http://app.example/ https://app.example:443/ https://app.example.evil.example/ https://2130706433/
        https://10.0.0.1/ https://exact.example/cb?next=/x https://app2.example http://localhost/ /relative
        https://app.example@evil.example/ https://evil.example\\@app.example/ https://app.example/%zz https:/\\x`,
    }
    for (const [verdict, list] of Object.entries(cases)) {
      for (const address of list.split(/\s+/)) assert.equal(allows(address), verdict === 'yes', address)
    }
    for (const address of ['', 'https://app.example/a b', '\thttps://app.example/'])
      assert.ok(!allows(address))
    const local = makeAllowList('http://localhost:3000')
    assert.ok(local.allows('http://localhost:5173/cb'))
    assert.ok(!local.allows('https://localhost:3000/cb'))
  })

  test('matches globs with `.` and `/` as separators', () => {
    const yes = [
      'a.*|a.b',
      'a.**|a.b.c',
      '?at|cat',
      '{a,ab}c|abc',
      '[!a]*|bcd',
      '[a-c]x|bx',
      '\\*|*',
      'a-?|a-b',
    ]
    const no = ['*|a.b.c', 'a.*|a.b.c', 'a/*|a/b/c', '?at|at', '?|/', '[!a]|a', 'https://a/**|https://a']
    for (const pair of [...yes, ...no]) {
      const [glob, text] = pair.split('|')
      assert.equal(globPattern(glob).test(text), yes.includes(pair), pair)
    }
  })
})

describe('/callback', () => {
  test('adds the code to a query that it sorts and encodes again', async () => {
    const redirect_to = `${SITE}/cb?z=a%20b&a=%C3%BC~&code=mine&bad=%zz&semi=1;2&e#frag`
    const url = await client.signIn({ ...pkceOf(makeVerifier()), redirect_to })
    assert.match(url.search, /^\?a=%C3%BC~&code=[0-9a-f-]{36}&e=&z=a\+b$/)
    assert.match(codeOf(url), UUID)
    assert.equal(url.hash, '#frag')
    assert.equal(
      withQuery('https://a/?b=2&a=1&b=1', () => {}),
      'https://a/?a=1&b=2&b=1',
    )
  })

  test('puts the tokens of the implicit flow in the fragment, sorted', async () => {
    const url = await client.signIn()
    const keys = [...new URLSearchParams(url.hash.slice(1)).keys()].join(' ')
    const tokens = 'access_token expires_at expires_in provider_refresh_token provider_token refresh_token'
    assert.equal(keys, `${tokens} sb token_type`)
    assert.equal(url.search, '?next=%2Fx')
    const double = await client.signIn({ redirect_to: `${SITE}/#mine` })
    assert.match(double.hash, /^#mine#access_token=/)
  })

  test('goes to SITE_URL without a usable state', async () => {
    const asks = async (query) => {
      const response = await fetch(`${client.api}/callback?${query}`, { redirect: 'manual' })
      const url = new URL(response.headers.get('location'))
      assert.deepEqual([response.status, url.origin, url.pathname, url.hash], [303, SITE, '/', ''])
      assert.equal(url.searchParams.get('error'), 'invalid_request')
      return url.searchParams.get('error_code')
    }
    assert.equal(await asks('code=x'), 'bad_oauth_callback')
    assert.equal(await asks('code=x&state=x'), 'bad_oauth_state')
    assert.equal(await asks(`code=x&state=${crypto.randomUUID()}`), 'bad_oauth_state')

    for (const [flow, code] of [
      [pkceOf(makeVerifier()), 'flow_state_already_used'],
      [{}, 'bad_oauth_state'],
    ]) {
      const { hops } = await client.signIn(flow)
      const used = hops.find(({ url }) => url.includes('/auth/v1/callback')).url
      assert.equal(await asks(new URL(used).searchParams), code)
    }
    const state = stateOf(await client.start())
    auth.flowStates.rows.get(state).created_at -= 301_000
    assert.equal(await asks(`code=x&state=${state}`), 'bad_oauth_state')
  })

  const FAILED = {
    denied: ['access_denied', null, /^The user denied the request\.$/],
    no_email: ['server_error', 'unexpected_failure', /^Error getting user email from external provider$/],
    unconfirmed_email: ['access_denied', 'provider_email_needs_verification', /^Unverified email/],
    token_error: ['server_error', 'unexpected_failure', /^Unable to exchange external code: /],
    user_error: ['server_error', 'unexpected_failure', /^Error getting user profile from external provider$/],
  }
  for (const [outcome, [error, code, description]] of Object.entries(FAILED)) {
    test(`tells the app of ${outcome} in query and fragment`, async () => {
      const { auth, client } = await start({ outcome })
      const url = await client.signIn(pkceOf(makeVerifier()))
      const fragment = new URLSearchParams(url.hash.slice(1))
      assert.equal(url.hops.at(-2).status, 302)
      assert.deepEqual([url.searchParams.get('next'), fragment.get('sb')], ['/x', ''])
      for (const part of [url.searchParams, fragment]) {
        assert.deepEqual([part.get('error'), part.get('error_code')], [error, code])
      }
      assert.match(url.searchParams.get('error_description'), description)
      if (outcome !== 'token_error') return
      assert.match(url.hash, /external\+code%253A\+/)
      const asked = auth.leg.requests.filter(({ endpoint }) => endpoint === 'token')
      const styles = asked.map(({ basic, form }) => (basic ? 'Basic' : [...form.keys()].at(-1)))
      assert.deepEqual(styles, ['Basic', 'client_secret'])
    })
  }

  test('refuses new people and banned ones when told to', async () => {
    const closed = await start({ disableSignup: true })
    assert.equal((await closed.client.signIn()).searchParams.get('error_code'), 'signup_disabled')
    const { auth, client } = await start()
    await client.signIn()
    auth.users.ban('ada@example.test')
    assert.equal((await client.signIn()).searchParams.get('error_code'), 'user_banned')
  })

  test('knows a person again, and can be told to return elsewhere', async () => {
    const { client } = await start({ externalRedirectUrl: `${SITE}/fixed` })
    const [first, second] = [await client.session(), await client.session()]
    assert.equal(first.user.id, second.user.id)
    assert.equal(second.user.identities.length, 1)
    assert.equal((await client.signIn()).pathname, '/fixed')
  })
})

describe('/token', () => {
  test('trades a code and its verifier for a session, once', async () => {
    const verifier = makeVerifier()
    const code = codeOf(await client.signIn(pkceOf(verifier)))
    isRefused(await client.exchange(code, makeVerifier()), 400, 'bad_code_verifier')
    const { status, body, headers } = await client.exchange(code, verifier)
    assert.deepEqual([status, body.token_type, body.expires_in], [200, 'bearer', 3600])
    const session = 'access_token token_type expires_in expires_at refresh_token user'
    assert.equal(names(body), `${session} provider_token provider_refresh_token`)
    const user = 'id aud role email email_confirmed_at phone confirmed_at last_sign_in_at'
    const rest = 'app_metadata user_metadata identities created_at updated_at is_anonymous'
    assert.equal(names(body.user), `${user} ${rest}`)
    const identity =
      'identity_id id user_id identity_data provider last_sign_in_at created_at updated_at email'
    assert.equal(names(body.user.identities[0]), identity)
    assert.deepEqual(body.user.app_metadata, { provider: 'bitbucket', providers: ['bitbucket'] })
    assert.match(body.refresh_token, /^[a-z0-9]{12}$/)
    assert.equal(headers.get('sb-auth-user-id'), body.user.id)
    assert.equal(headers.get('sb-auth-refresh-token-prefix'), body.refresh_token.slice(0, 5))
    assert.equal(headers.get('x-stand-in'), 'Supabase Auth')
    isRefused(await client.exchange(code, verifier), 404, 'flow_state_not_found')
  })

  test('signs access tokens with the key that it publishes', async () => {
    const { access_token, user } = await client.session()
    const [head, payload, signature] = access_token.split('.')
    const { alg, kid, typ } = JSON.parse(Buffer.from(head, 'base64url').toString())
    assert.deepEqual([alg, typ], ['ES256', 'JWT'])
    const { body, headers } = await client.get('/.well-known/jwks.json', { apikey: '' })
    assert.match(headers.get('cache-control'), /max-age=600/)
    const jwk = body.keys.find((one) => one.kid === kid)
    assert.ok(!('d' in jwk))
    const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }
    const content = Buffer.from(`${head}.${payload}`)
    assert.ok(verify('sha256', content, key, Buffer.from(signature, 'base64url')))
    const claims = claimsOf(access_token)
    const identity = 'iss sub aud exp iat email phone app_metadata user_metadata role'
    assert.equal(names(claims), `${identity} aal amr session_id is_anonymous`)
    assert.deepEqual([claims.iss, claims.sub, claims.amr[0].method], [client.api, user.id, 'oauth'])
  })

  test('takes a plain challenge, and does not know the code of an unfinished sign-in', async () => {
    const verifier = makeVerifier()
    const response = await client.start({ code_challenge: verifier, code_challenge_method: 'plain' })
    const { auth_code } = auth.flowStates.rows.get(stateOf(response))
    isRefused(await client.exchange(auth_code, verifier), 404, 'flow_state_not_found')
    await client.open(response.headers.get('location'))
    assert.equal((await client.exchange(auth_code, verifier)).status, 200)
  })

  test('counts 300 seconds from /authorize', async () => {
    const { auth, client } = await start()
    const verifier = makeVerifier()
    const [first, second] = [await client.signIn(pkceOf(verifier)), await client.signIn(pkceOf(verifier))]
    auth.clock.advance(295)
    assert.equal((await client.exchange(codeOf(first), verifier)).status, 200)
    auth.clock.advance(6)
    isRefused(await client.exchange(codeOf(second), verifier), 422, 'flow_state_expired')
  })

  test('says what is wrong with a request', async () => {
    const exchange = (body) => client.post('/token?grant_type=pkce', body)
    isRefused(await client.exchange('', 'x'), 400, 'validation_failed')
    isRefused(await exchange('null'), 400, 'validation_failed')
    for (const body of ['', '{', '[]', '"x"', '{"auth_code":1}'])
      isRefused(await exchange(body), 400, 'bad_json')
    isRefused(await exchange('x'.repeat(1024 * 1024 + 1)), 413, 'request_entity_too_large')
    for (const grant of ['?grant_type=toString', '?grant_type=authorization_code', '']) {
      const answer = await client.post(`/token${grant}`, {})
      isRefused(answer, 400, 'invalid_credentials')
      assert.equal(answer.body.message, 'unsupported_grant_type')
    }
    isRefused(await client.refresh(''), 400, 'validation_failed')
  })

  test('shapes a failure by the version of the API', async () => {
    const ask = (version) => client.post('/token?grant_type=pkce', '{', { 'x-supabase-api-version': version })
    const now = await ask('2024-01-01')
    assert.equal(names(now.body), 'code message')
    assert.equal(now.headers.get('x-supabase-api-version'), '2024-01-01')
    for (const version of ['', '2023-12-31', 'soon']) {
      const { body, headers } = await ask(version)
      assert.deepEqual(body, { code: 400, error_code: 'bad_json', msg: now.body.message })
      assert.equal(headers.get('x-supabase-api-version'), null)
    }
  })

  test('limits requests of one client behind a proxy', async () => {
    const { auth, client } = await start({ rateLimit: 2 })
    const ask = async (headers) => (await client.post('/token?grant_type=pkce', '{', headers)).body.code
    const person = { 'sb-forwarded-for': '192.0.2.1' }
    for (const code of ['bad_json', 'bad_json', 'over_request_rate_limit'])
      assert.equal(await ask(person), code)
    assert.equal(await ask({}), 'bad_json')
    auth.clock.advance(301)
    assert.equal(await ask(person), 'bad_json')
  })
})

describe('refresh tokens', () => {
  test('are used once, but a lost answer can be had again', async () => {
    const first = await client.session()
    const second = (await client.refresh(first.refresh_token)).body
    assert.equal(names(second), 'access_token token_type expires_in expires_at refresh_token user')
    assert.equal(claimsOf(second.access_token).session_id, claimsOf(first.access_token).session_id)
    assert.equal((await client.refresh(first.refresh_token)).body.refresh_token, second.refresh_token)
  })

  test('end their whole family when they are reused too late', async () => {
    const { auth, client } = await start()
    const [first, other] = [await client.session(), await client.session()]
    const second = (await client.refresh(first.refresh_token)).body
    const third = (await client.refresh(second.refresh_token)).body
    auth.clock.advance(5)
    const fourth = await client.refresh(other.refresh_token)
    assert.equal(fourth.status, 200)
    auth.clock.advance(6)
    isRefused(await client.refresh(first.refresh_token), 400, 'refresh_token_already_used')
    isRefused(await client.refresh(third.refresh_token), 400, 'refresh_token_already_used')
    assert.equal((await client.refresh(fourth.body.refresh_token)).status, 200)
    isRefused(await client.refresh('abcdefghijkl'), 400, 'refresh_token_not_found')
  })

  test('may be reused for a moment', async () => {
    const { auth, client } = await start()
    const first = await client.session()
    const second = (await client.refresh(first.refresh_token)).body
    const third = (await client.refresh(second.refresh_token)).body
    auth.clock.advance(5)
    const again = await client.refresh(first.refresh_token)
    assert.equal(again.status, 200)
    assert.notEqual(again.body.refresh_token, third.refresh_token)
  })

  test('are refused to a banned person, and when the session is too old', async () => {
    const { auth, client } = await start()
    const { refresh_token, access_token } = await client.session()
    auth.sessions.rows.get(claimsOf(access_token).session_id).notAfter = auth.clock.now() - 1
    isRefused(await client.refresh(refresh_token), 400, 'session_expired')
    auth.users.ban('ada@example.test')
    isRefused(await client.refresh(refresh_token), 400, 'user_banned')
    isRefused(await client.get('/user', bearer(access_token)), 403, 'user_banned')
  })
})

describe('/user and /logout', () => {
  test('want a bearer token that is good', async () => {
    const { auth, client } = await start()
    const { access_token: token, user } = await client.session()
    assert.deepEqual((await client.get('/user', bearer(token))).body, user)
    isRefused(await client.get('/user'), 401, 'no_authorization')
    isRefused(await client.get('/user', bearer(`${token}x`)), 403, 'bad_jwt')
    isRefused(await client.get('/user', bearer(auth.key)), 403, 'bad_jwt')
    isRefused(await client.post('/logout?scope=all', '', bearer(token)), 400, 'validation_failed')
    auth.users.rows.clear()
    isRefused(await client.get('/user', bearer(token)), 403, 'user_not_found')
    auth.clock.advance(3601)
    isRefused(await client.get('/user', bearer(token)), 403, 'bad_jwt')
  })

  test('end this session, the others, or all', async () => {
    const { client } = await start()
    const leave = (token, scope) => client.post(`/logout${scope}`, '', bearer(token))
    const tokens = []
    for (let count = 0; count < 4; count++) tokens.push((await client.session()).access_token)
    const alive = async () =>
      (await Promise.all(tokens.map((token) => client.get('/user', bearer(token))))).map(
        ({ status }) => status,
      )
    const left = await leave(tokens[0], '?scope=local')
    assert.deepEqual([left.status, left.body], [204, ''])
    assert.deepEqual(await alive(), [403, 200, 200, 200])
    await leave(tokens[1], '?scope=others')
    assert.deepEqual(await alive(), [403, 200, 403, 403])
    await leave(tokens[1], '')
    isRefused(await leave(tokens[1], ''), 403, 'session_not_found')
  })
})

describe('/verify', () => {
  const take = (type, token_hash, on = client) =>
    on.post('/verify', { type, token_hash, gotrue_meta_security: {} })
  const open = (token, type = 'magiclink') =>
    client.open(`${client.api}/verify?${new URLSearchParams({ token, type, redirect_to: BACK })}`)

  test('takes each kind of token hash once', async () => {
    for (const type of ['signup', 'recovery', 'magiclink', 'email_change', 'invite', 'email']) {
      const hash = auth.issueTokenHash({ type, email: `${type}@example.test` })
      const { status, body } = await take(type, hash)
      assert.deepEqual([status, body.user?.email], [200, `${type}@example.test`])
      assert.equal(claimsOf(body.access_token).amr[0].method, 'otp')
      isRefused(await take(type, hash), 403, 'otp_expired')
    }
  })

  test('refuses others', async () => {
    isRefused(await take('signup', auth.issueTokenHash({ type: 'recovery' })), 403, 'otp_expired')
    for (const [type, hash] of [
      ['sms', 'x'],
      ['', 'x'],
      ['email', ''],
    ]) {
      isRefused(await take(type, hash), 400, 'validation_failed')
    }
    const late = await start()
    const hash = late.auth.issueTokenHash({ type: 'magiclink' })
    late.auth.clock.advance(3601)
    isRefused(await take('magiclink', hash, late.client), 403, 'otp_expired')
  })

  test('sends a link on with a code, tokens, or a failure that may be in the fragment alone', async () => {
    const plain = await open(auth.issueTokenHash({ type: 'magiclink' }))
    assert.equal(new URLSearchParams(plain.hash.slice(1)).get('type'), 'magiclink')
    const verifier = makeVerifier()
    const link = auth.issueTokenHash({ type: 'magiclink', codeChallenge: challengeOf(verifier) })
    assert.equal((await client.exchange(codeOf(await open(link)), verifier)).status, 200)
    const [lost, lostPkce] = [await open('x'), await open('pkce_x')]
    assert.equal(lost.search, '?next=%2Fx')
    assert.match(lost.hash, /^#error=access_denied&error_code=otp_expired&error_description=[A-Za-z+]+&sb=$/)
    assert.equal(lostPkce.searchParams.get('error_code'), 'otp_expired')
  })

  test('changes an address when both have confirmed it', async () => {
    const change = { type: 'email_change', email: 'old@example.test', newEmail: 'new@example.test' }
    const half = await open(auth.issueTokenHash({ ...change, isFirstOfTwo: true }), 'email_change')
    assert.match(half.hash, /^#message=/)
    const first = await take('email_change', auth.issueTokenHash({ ...change, isFirstOfTwo: true }))
    assert.deepEqual([first.status, first.body.code], [200, '200'])
    const { body } = await take('email_change', auth.issueTokenHash(change))
    assert.equal(body.user.email, 'new@example.test')
  })
})

describe('the gateway', () => {
  test('checks the API key, and the bare server does not', async () => {
    const ask = (headers) => client.get('/health', { apikey: '', ...headers })
    assert.equal((await fetch(`${client.api}/health`)).status, 401)
    assert.equal((await ask()).body.message, 'No API key found in request')
    assert.equal((await ask({ apikey: 'x' })).body.message, 'Invalid API key')
    assert.equal((await ask({ apikey: auth.key })).status, 200)
    assert.equal((await fetch(`${client.api}/health?apikey=${auth.key}`)).status, 200)
    const bare = await start({ gateway: false })
    assert.equal((await fetch(`${bare.client.api}/health`)).status, 200)
  })

  test('answers preflights; `apikey` is a header of the gateway alone', async () => {
    const bare = await start({ gateway: false })
    const preflight = async ({ api }, wanted) => {
      const headers = { origin: SITE, 'access-control-request-headers': wanted }
      const response = await fetch(`${api}/token`, { method: 'OPTIONS', headers })
      return response.headers.get('access-control-allow-headers')
    }
    assert.match(await preflight(client, 'apikey, authorization,x-supabase-api-version'), /apikey/)
    assert.match(await preflight(bare.client, 'authorization, content-type'), /X-Client-Info/)
    assert.equal(await preflight(bare.client, 'apikey'), null)
  })

  test('lists providers, but not all that there are', async () => {
    const { external } = (await client.get('/settings')).body
    assert.deepEqual([external.bitbucket, external.github, external.x], [true, false, undefined])
  })

  test('knows no other paths or methods', async () => {
    assert.equal((await client.get('/token')).status, 405)
    assert.equal((await client.get('/nothing')).status, 404)
    assert.match(await (await fetch(auth.url)).text(), /stand-in/)
  })
})

test('a script can answer in the place of the server', async () => {
  const { auth, client } = await start()
  const cut = { body: '{"cut', headers: { 'content-type': 'text/plain' }, delay: 5 }
  const answers = [FAILURES.timeout, FAILURES.unexpected, gatewayPage(502), cut]
  auth.script(({ endpoint }) => (endpoint === 'token' ? answers.shift() : undefined))
  const ask = () => client.post('/token?grant_type=pkce', '{')
  isRefused(await ask(), 504, 'request_timeout')
  isRefused(await ask(), 500, 'unexpected_failure')
  const page = await ask()
  assert.deepEqual([page.status, page.headers.get('content-type')], [502, 'text/html; charset=utf-8'])
  assert.equal((await ask()).body, '{"cut')
  isRefused(await ask(), 400, 'bad_json')
  assert.deepEqual([auth.stats.count('token'), auth.stats.count('token', 200)], [5, 1])
  assert.deepEqual(auth.stats.failures, ['request_timeout', 'unexpected_failure', 'bad_json'])
})
