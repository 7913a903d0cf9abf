// The stand-in for a Supabase project's Auth server answers as the real one is known to answer: /token, with codes and with refresh tokens.
import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { describe, test } from 'node:test'
import { bearer, claimsOf, makeVerifier, pkceOf } from '../../stand-ins/supabase-client.mjs'
import { auth, client, codeOf, isRefused, names, start, stateOf } from './support/supabase-stand-in.mjs'

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
