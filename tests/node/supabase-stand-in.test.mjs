// The stand-in for a Supabase project's Auth server: that it answers as the real one is known to answer.
import assert from 'node:assert/strict'
import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { BrowserJar } from '../servers/browser-jar.mjs'
import { globPattern, makeAllowList } from '../servers/supabase-allow-list.mjs'
import { startSupabaseAuth } from '../servers/supabase-auth.mjs'
import { FAILURES } from '../servers/supabase-failures.mjs'
import { gatewayPage } from '../servers/supabase-gateway.mjs'
import { withQuery } from '../servers/supabase-url-values.mjs'

const SITE = 'https://app.example'
const BACK = `${SITE}/auth/callback?next=%2Fx`
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const VERSION = { 'x-supabase-api-version': '2024-01-01' }

const makeVerifier = () => randomBytes(56).toString('hex')
const challengeOf = (verifier) => createHash('sha256').update(verifier).digest('base64url')
const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())

/** A browser, and an app that shows nothing: it only lets the address be seen. */
const makeJar = () => new BrowserJar({ sites: { [SITE]: () => new Response('the app') } })

/** @type {Awaited<ReturnType<typeof startSupabaseAuth>>} */
let auth
const started = []
const start = async (options) => {
  const one = await startSupabaseAuth({ siteUrl: SITE, ...options })
  started.push(one)
  return one
}
before(async () => {
  auth = await start({ allowList: ['https://*.preview.example/**'] })
})
after(() => Promise.all(started.map((one) => one.close())))

const authorizeUrl = (parameters, on = auth) => {
  const query = new URLSearchParams({ provider: 'bitbucket', redirect_to: BACK, ...parameters })
  return `${on.url}/auth/v1/authorize?${query}`
}
const pkce = (verifier) => ({ code_challenge: challengeOf(verifier), code_challenge_method: 's256' })

/** Signs in as a browser does; the address that the app is reached at. */
const signIn = async (parameters, on = auth) => {
  const jar = makeJar()
  await jar.fetch(authorizeUrl(parameters, on))
  return new URL(jar.url)
}
const call = async (path, { body, headers, method = 'POST', on = auth } = {}) => {
  const response = await fetch(`${on.url}/auth/v1${path}`, {
    method,
    headers: { apikey: on.key, ...VERSION, ...headers },
    ...(method === 'POST' && { body: typeof body === 'string' ? body : JSON.stringify(body ?? {}) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type') === 'application/json'
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}
const exchange = (auth_code, code_verifier, on = auth) =>
  call('/token?grant_type=pkce', { body: { auth_code, code_verifier }, on })
const refresh = (refresh_token, on = auth) =>
  call('/token?grant_type=refresh_token', { body: { refresh_token }, on })
const session = async (on = auth) => {
  const verifier = makeVerifier()
  const url = await signIn(pkce(verifier), on)
  const { body } = await exchange(url.searchParams.get('code'), verifier, on)
  return body
}
const bearer = (token) => ({ authorization: `Bearer ${token}` })
const isRefused = (answer, status, code) =>
  assert.deepEqual(
    [answer.status, answer.body.code, answer.headers.get('x-sb-error-code')],
    [status, code, code],
  )

describe('/authorize', () => {
  test('refuses in JSON what it cannot do', async () => {
    const good = pkce(makeVerifier())
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
      const response = await fetch(authorizeUrl(parameters), { redirect: 'manual' })
      const body = await response.json()
      assert.deepEqual([response.status, body.code, body.error_code], [400, 400, 'validation_failed'])
      assert.deepEqual(Object.keys(body), ['code', 'error_code', 'msg'])
      if ('provider' in parameters) assert.match(body.msg, /^Unsupported provider:/)
    }
    const invited = await fetch(authorizeUrl({ invite_token: 'x' }), { redirect: 'manual' })
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
    const response = await fetch(authorizeUrl(parameters), { redirect: 'manual' })
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
    const other = await fetch(authorizeUrl({ scope: 'account email repository' }), { redirect: 'manual' })
    assert.equal(new URL(other.headers.get('location')).searchParams.get('scope'), 'account email repository')
  })

  test('returns to redirect_to, else to the Referer, else to SITE_URL, and says nothing', async () => {
    const returns = async (redirect_to, headers = {}) => {
      const response = await fetch(authorizeUrl({ redirect_to }), { redirect: 'manual', headers })
      const state = new URL(response.headers.get('location')).searchParams.get('state')
      return auth.flowStates.rows.get(state).referrer
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
    const url = await signIn({ ...pkce(makeVerifier()), redirect_to })
    assert.match(url.search, /^\?a=%C3%BC~&code=[0-9a-f-]{36}&e=&z=a\+b$/)
    assert.match(url.searchParams.get('code'), UUID)
    assert.equal(url.hash, '#frag')
    assert.equal(
      withQuery('https://a/?b=2&a=1&b=1', () => {}),
      'https://a/?a=1&b=2&b=1',
    )
  })

  test('puts the tokens of the implicit flow in the fragment, sorted', async () => {
    const url = await signIn({})
    const names = [...new URLSearchParams(url.hash.slice(1)).keys()]
    const all = `access_token expires_at expires_in provider_refresh_token provider_token refresh_token sb token_type`
    assert.deepEqual(names, all.split(' '))
    assert.equal(url.search, '?next=%2Fx')
  })

  test('without a usable state goes to SITE_URL', async () => {
    const asks = async (query) => {
      const response = await fetch(`${auth.url}/auth/v1/callback?${query}`, { redirect: 'manual' })
      assert.equal(response.status, 303)
      const url = new URL(response.headers.get('location'))
      assert.deepEqual([url.origin, url.pathname, url.hash], [SITE, '/', ''])
      assert.equal(url.searchParams.get('error'), 'invalid_request')
      return url.searchParams.get('error_code')
    }
    assert.equal(await asks('code=x'), 'bad_oauth_callback')
    assert.equal(await asks('code=x&state=x'), 'bad_oauth_state')
    assert.equal(await asks(`code=x&state=${crypto.randomUUID()}`), 'bad_oauth_state')

    const jar = makeJar()
    await jar.fetch(authorizeUrl(pkce(makeVerifier())))
    const used = new URL(jar.hops.find(({ url }) => url.includes('/auth/v1/callback')).url)
    assert.equal(await asks(used.searchParams), 'flow_state_already_used')

    const slow = await fetch(authorizeUrl({}), { redirect: 'manual' })
    const state = new URL(slow.headers.get('location')).searchParams.get('state')
    auth.flowStates.rows.get(state).created_at -= 301_000
    assert.equal(await asks(`code=x&state=${state}`), 'bad_oauth_state')
  })

  test('tells the app of what failed at the provider, in query and fragment', async () => {
    const cases = {
      denied: ['access_denied', null, 'The user denied the request.'],
      no_email: ['server_error', 'unexpected_failure', 'Error getting user email from external provider'],
      unconfirmed_email: ['access_denied', 'provider_email_needs_verification', /^Unverified email/],
      token_error: ['server_error', 'unexpected_failure', /^Unable to exchange external code: /],
      user_error: ['server_error', 'unexpected_failure', 'Error getting user profile from external provider'],
    }
    for (const [outcome, [error, code, description]] of Object.entries(cases)) {
      const one = await start({ outcome })
      const jar = makeJar()
      const { hops } = await jar.fetch(authorizeUrl({ ...pkce(makeVerifier()) }, one))
      assert.equal(hops.at(-2).status, 302)
      const url = new URL(jar.url)
      const fragment = new URLSearchParams(url.hash.slice(1))
      assert.equal(url.searchParams.get('next'), '/x')
      assert.equal(fragment.get('sb'), '')
      for (const part of [url.searchParams, fragment]) {
        assert.deepEqual([part.get('error'), part.get('error_code')], [error, code], outcome)
      }
      const told = url.searchParams.get('error_description')
      if (typeof description === 'string') assert.equal(told, description)
      else assert.match(told, description)
      const tokenCalls = one.leg.requests.filter(({ endpoint }) => endpoint === 'token')
      if (outcome === 'token_error') {
        assert.match(url.hash, /external\+code%253A\+/)
        assert.deepEqual(
          tokenCalls.map(({ basic, form }) => [!!basic, form.has('client_secret')]),
          [
            [true, false],
            [false, true],
          ],
        )
      }
    }
  })

  test('refuses new people and banned ones when told to', async () => {
    const closed = await start({ disableSignup: true })
    assert.equal((await signIn({}, closed)).searchParams.get('error_code'), 'signup_disabled')
    const one = await start({})
    await signIn({}, one)
    one.users.ban('ada@example.test')
    assert.equal((await signIn({}, one)).searchParams.get('error_code'), 'user_banned')
  })
})

describe('/token', () => {
  test('trades a code and its verifier for a session, once', async () => {
    const verifier = makeVerifier()
    const code = (await signIn(pkce(verifier))).searchParams.get('code')
    isRefused(await exchange(code, makeVerifier()), 400, 'bad_code_verifier')
    const { status, body, headers } = await exchange(code, verifier)
    assert.equal(status, 200)
    assert.deepEqual(
      Object.keys(body).join(' '),
      'access_token token_type expires_in expires_at refresh_token user provider_token provider_refresh_token',
    )
    assert.deepEqual([body.token_type, body.expires_in], ['bearer', 3600])
    assert.match(body.refresh_token, /^[a-z0-9]{12}$/)
    assert.equal(headers.get('sb-auth-user-id'), body.user.id)
    assert.equal(headers.get('x-stand-in'), 'Supabase Auth')
    assert.deepEqual(
      Object.keys(body.user).join(' '),
      `id aud role email email_confirmed_at phone confirmed_at last_sign_in_at app_metadata user_metadata ${''}` +
        'identities created_at updated_at is_anonymous',
    )
    assert.deepEqual(body.user.app_metadata, { provider: 'bitbucket', providers: ['bitbucket'] })
    assert.equal(body.user.identities[0].provider, 'bitbucket')
    isRefused(await exchange(code, verifier), 404, 'flow_state_not_found')
  })

  test('signs access tokens with the key that it publishes', async () => {
    const { access_token: token, user } = await session()
    const [head, payload, signature] = token.split('.')
    const { alg, kid, typ } = JSON.parse(Buffer.from(head, 'base64url').toString())
    assert.deepEqual([alg, typ], ['ES256', 'JWT'])
    const { body, headers } = await call('/.well-known/jwks.json', { method: 'GET', headers: { apikey: '' } })
    assert.match(headers.get('cache-control'), /max-age=600/)
    const jwk = body.keys.find((one) => one.kid === kid)
    assert.ok(!('d' in jwk))
    const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }
    const isGood = verify(
      'sha256',
      Buffer.from(`${head}.${payload}`),
      key,
      Buffer.from(signature, 'base64url'),
    )
    assert.ok(isGood)
    const claims = claimsOf(token)
    assert.deepEqual(
      Object.keys(claims).join(' '),
      'iss sub aud exp iat email phone app_metadata user_metadata role aal amr session_id is_anonymous',
    )
    assert.deepEqual(
      [claims.iss, claims.sub, claims.amr[0].method],
      [`${auth.url}/auth/v1`, user.id, 'oauth'],
    )
  })

  test('takes a plain challenge, and an unfinished code is unknown', async () => {
    const verifier = makeVerifier()
    const parameters = { code_challenge: verifier, code_challenge_method: 'plain' }
    const started = await fetch(authorizeUrl(parameters), { redirect: 'manual' })
    const state = new URL(started.headers.get('location')).searchParams.get('state')
    const { auth_code } = auth.flowStates.rows.get(state)
    isRefused(await exchange(auth_code, verifier), 404, 'flow_state_not_found')
    await makeJar().fetch(started.headers.get('location'))
    assert.equal((await exchange(auth_code, verifier)).status, 200)
  })

  test('counts 300 seconds from /authorize', async () => {
    const one = await start({})
    const verifier = makeVerifier()
    const first = (await signIn(pkce(verifier), one)).searchParams.get('code')
    const second = (await signIn(pkce(verifier), one)).searchParams.get('code')
    one.clock.advance(295)
    assert.equal((await exchange(first, verifier, one)).status, 200)
    one.clock.advance(6)
    isRefused(await exchange(second, verifier, one), 422, 'flow_state_expired')
  })

  test('says what is wrong with a request', async () => {
    const post = (path, body, headers) => call(path, { body, headers })
    isRefused(await exchange('', 'x'), 400, 'validation_failed')
    isRefused(await post('/token?grant_type=pkce', 'null'), 400, 'validation_failed')
    for (const body of ['', '{', '[]', '"x"', '{"auth_code":1}']) {
      isRefused(await post('/token?grant_type=pkce', body), 400, 'bad_json')
    }
    isRefused(
      await post('/token?grant_type=pkce', 'x'.repeat(1024 * 1024 + 1)),
      413,
      'request_entity_too_large',
    )
    for (const grant of ['?grant_type=toString', '?grant_type=authorization_code', '']) {
      const answer = await post(`/token${grant}`, {})
      isRefused(answer, 400, 'invalid_credentials')
      assert.equal(answer.body.message, 'unsupported_grant_type')
    }
    isRefused(await refresh(''), 400, 'validation_failed')
  })

  test('shapes a failure by the version of the API', async () => {
    const ask = (version) =>
      call('/token?grant_type=pkce', { body: '{', headers: { 'x-supabase-api-version': version } })
    const now = await ask('2024-01-01')
    assert.deepEqual(Object.keys(now.body), ['code', 'message'])
    assert.equal(now.headers.get('x-supabase-api-version'), '2024-01-01')
    for (const version of ['', '2023-12-31', 'soon']) {
      const { body, headers } = await ask(version)
      assert.deepEqual(body, { code: 400, error_code: 'bad_json', msg: now.body.message })
      assert.equal(headers.get('x-supabase-api-version'), null)
    }
  })

  test('limits requests of one client behind a proxy', async () => {
    const one = await start({ rateLimit: 2 })
    const ask = (headers) => call('/token?grant_type=pkce', { body: '{', headers, on: one })
    const client = { 'sb-forwarded-for': '192.0.2.1' }
    for (const code of ['bad_json', 'bad_json', 'over_request_rate_limit']) {
      assert.equal((await ask(client)).body.code, code)
    }
    assert.equal((await ask({})).body.code, 'bad_json')
    one.clock.advance(301)
    assert.equal((await ask(client)).body.code, 'bad_json')
  })
})

describe('refresh tokens', () => {
  test('are used once, but a lost answer can be had again', async () => {
    const first = await session()
    const second = (await refresh(first.refresh_token)).body
    assert.ok(!('provider_token' in second) && !('provider_refresh_token' in second))
    assert.equal(claimsOf(second.access_token).session_id, claimsOf(first.access_token).session_id)
    const again = (await refresh(first.refresh_token)).body
    assert.equal(again.refresh_token, second.refresh_token)
  })

  test('that are reused too late end their whole family', async () => {
    const one = await start({})
    const first = await session(one)
    const second = (await refresh(first.refresh_token, one)).body
    const third = (await refresh(second.refresh_token, one)).body
    one.clock.advance(5)
    assert.equal((await refresh(first.refresh_token, one)).status, 200)
    one.clock.advance(11)
    isRefused(await refresh(first.refresh_token, one), 400, 'refresh_token_already_used')
    isRefused(await refresh(third.refresh_token, one), 400, 'refresh_token_already_used')
    isRefused(await refresh('abcdefghijkl', one), 400, 'refresh_token_not_found')
  })

  test('of a banned person or an old session are refused', async () => {
    const one = await start({})
    const { refresh_token: token, access_token } = await session(one)
    const row = one.sessions.rows.get(claimsOf(access_token).session_id)
    row.notAfter = one.clock.now() - 1
    isRefused(await refresh(token, one), 400, 'session_expired')
    one.users.ban('ada@example.test')
    isRefused(await refresh(token, one), 400, 'user_banned')
    isRefused(
      await call('/user', { method: 'GET', headers: bearer(access_token), on: one }),
      403,
      'user_banned',
    )
  })
})

describe('/user and /logout', () => {
  const who = (token, on) => call('/user', { method: 'GET', headers: token ? bearer(token) : {}, on })
  const leave = (token, scope, on) => call(`/logout${scope}`, { headers: bearer(token), on })

  test('want a bearer token that is good', async () => {
    const one = await start({})
    const { access_token: token, user } = await session(one)
    assert.deepEqual((await who(token, one)).body, user)
    isRefused(await who(null, one), 401, 'no_authorization')
    isRefused(await who(`${token}x`, one), 403, 'bad_jwt')
    isRefused(await who(one.key, one), 403, 'bad_jwt')
    isRefused(await leave(token, '?scope=all', one), 400, 'validation_failed')
    one.clock.advance(3601)
    isRefused(await who(token, one), 403, 'bad_jwt')
  })

  test('end this session, the others, or all', async () => {
    const one = await start({})
    const lives = async (list) =>
      (await Promise.all(list.map((token) => who(token, one)))).map((a) => a.status)
    const tokens = []
    for (let count = 0; count < 4; count++) tokens.push((await session(one)).access_token)
    const left = await leave(tokens[0], '?scope=local', one)
    assert.deepEqual([left.status, left.body], [204, ''])
    assert.deepEqual(await lives(tokens), [403, 200, 200, 200])
    await leave(tokens[1], '?scope=others', one)
    assert.deepEqual(await lives(tokens), [403, 200, 403, 403])
    await leave(tokens[1], '', one)
    isRefused(await leave(tokens[1], '', one), 403, 'session_not_found')
  })
})

describe('/verify', () => {
  const verifyHash = (type, token_hash) =>
    call('/verify', { body: { type, token_hash, gotrue_meta_security: {} } })

  test('takes each kind of token hash once', async () => {
    for (const type of ['signup', 'recovery', 'magiclink', 'email_change', 'invite', 'email']) {
      const hash = auth.issueTokenHash({ type, email: `${type}@example.test` })
      const { status, body } = await verifyHash(type, hash)
      assert.deepEqual([status, body.user?.email], [200, `${type}@example.test`])
      assert.equal(claimsOf(body.access_token).amr[0].method, 'otp')
      isRefused(await verifyHash(type, hash), 403, 'otp_expired')
    }
    isRefused(await verifyHash('signup', auth.issueTokenHash({ type: 'recovery' })), 403, 'otp_expired')
    isRefused(await verifyHash('sms', 'x'), 400, 'validation_failed')
    isRefused(await verifyHash('', 'x'), 400, 'validation_failed')
    isRefused(await verifyHash('email', ''), 400, 'validation_failed')
    const late = await start({})
    const hash = late.issueTokenHash({ type: 'magiclink' })
    late.clock.advance(3601)
    isRefused(
      await call('/verify', { body: { type: 'magiclink', token_hash: hash }, on: late }),
      403,
      'otp_expired',
    )
  })

  test('as a link sends a code, tokens, or a failure that may be in the fragment alone', async () => {
    const open = async (token) => {
      const jar = makeJar()
      const query = new URLSearchParams({ token, type: 'magiclink', redirect_to: BACK })
      await jar.fetch(`${auth.url}/auth/v1/verify?${query}`)
      return new URL(jar.url)
    }
    const plain = await open(auth.issueTokenHash({ type: 'magiclink' }))
    assert.equal(new URLSearchParams(plain.hash.slice(1)).get('type'), 'magiclink')
    const codeChallenge = challengeOf('v'.repeat(43))
    const code = (await open(auth.issueTokenHash({ type: 'magiclink', codeChallenge }))).searchParams.get(
      'code',
    )
    assert.equal((await exchange(code, 'v'.repeat(43))).status, 200)
    const [lost, lostPkce] = [await open('x'), await open('pkce_x')]
    assert.equal(lost.search, '?next=%2Fx')
    assert.match(lost.hash, /^#error=access_denied&error_code=otp_expired&error_description=[A-Za-z+]+&sb=$/)
    assert.equal(lostPkce.searchParams.get('error_code'), 'otp_expired')
  })
})

describe('the gateway', () => {
  test('checks the API key, and the bare server does not', async () => {
    const ask = (headers, on = auth) => fetch(`${on.url}/auth/v1/health`, { headers })
    assert.equal((await (await ask({})).json()).message, 'No API key found in request')
    const wrong = await ask({ apikey: 'x' })
    assert.deepEqual([wrong.status, (await wrong.json()).message], [401, 'Invalid API key'])
    assert.equal((await ask({ apikey: auth.key })).status, 200)
    assert.equal((await fetch(`${auth.url}/auth/v1/health?apikey=${auth.key}`)).status, 200)
    assert.equal((await ask({}, await start({ gateway: false }))).status, 200)
  })

  test('answers preflights; `apikey` is a header of the gateway alone', async () => {
    const bare = await start({ gateway: false })
    const preflight = async (on, names) => {
      const headers = { origin: SITE, 'access-control-request-headers': names }
      const response = await fetch(`${on.url}/auth/v1/token`, { method: 'OPTIONS', headers })
      return response.headers.get('access-control-allow-headers')
    }
    assert.match(
      await preflight(auth, 'apikey, authorization,x-client-info,x-supabase-api-version'),
      /apikey/,
    )
    assert.match(await preflight(bare, 'authorization, content-type'), /X-Client-Info/)
    assert.equal(await preflight(bare, 'apikey'), null)
  })

  test('lists providers, but not all that there are', async () => {
    const { body } = await call('/settings', { method: 'GET' })
    assert.deepEqual(
      [body.external.bitbucket, body.external.github, body.external.x],
      [true, false, undefined],
    )
  })

  test('knows no other paths or methods', async () => {
    assert.equal((await call('/token', { method: 'GET' })).status, 405)
    assert.equal((await call('/nothing', { method: 'GET' })).status, 404)
    assert.match(await (await fetch(auth.url)).text(), /stand-in/)
  })
})

test('a script can answer in the place of the server', async () => {
  const one = await start({})
  const answers = [
    FAILURES.timeout,
    FAILURES.unexpected,
    gatewayPage(502),
    { status: 200, body: '{"cut', delay: 5 },
  ]
  one.script(({ endpoint }) => (endpoint === 'token' ? answers.shift() : undefined))
  const ask = () => call('/token?grant_type=pkce', { body: '{', on: one })
  isRefused(await ask(), 504, 'request_timeout')
  isRefused(await ask(), 500, 'unexpected_failure')
  const page = await ask()
  assert.equal(page.status, 502)
  assert.match(page.headers.get('content-type'), /^text\/html/)
  const cut = await fetch(`${one.url}/auth/v1/token`, { method: 'POST', headers: { apikey: one.key } })
  assert.equal(await cut.text(), '{"cut')
  isRefused(await ask(), 400, 'bad_json')
  assert.deepEqual([one.stats.count('token'), one.stats.count('token', 200)], [5, 1])
  assert.deepEqual(one.stats.failures, ['request_timeout', 'unexpected_failure', 'bad_json'])
})
