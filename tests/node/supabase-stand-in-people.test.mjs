// The stand-in for a Supabase project's Auth server answers as the real one is known to answer: /user, /logout and /verify.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bearer, challengeOf, claimsOf, makeVerifier } from '../../stand-ins/supabase-client.mjs'
import { auth, BACK, client, codeOf, isRefused, start } from './support/supabase-stand-in.mjs'

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
