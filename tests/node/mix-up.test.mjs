// Mix-up (RFC 9700 4.4): a code of one server never comes to another one, whatever a provider that is evil writes into an address.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { callbackUrl, ISSUER, makeApp, makeRequest, PROVIDER, startSignIn } from './support/app.mjs'
import { clears, readOutcome } from './support/outcome.mjs'

const EVIL = 'https://evil.example'
const evil = {
  ...PROVIDER,
  issuer: EVIL,
  authorizationEndpoint: `${EVIL}/authorize`,
  tokenEndpoint: `${EVIL}/token`,
}
const supabase = { url: 'https://abc.supabase.co', key: 'sb_publishable_0123456789' }
const AUTH_CODE = '6f1c0b6e-3f0e-4d35-9f6b-0a4bb8a1c2d3'

const visit = async (app, path, cookie) =>
  readOutcome(await app.auth.handle(makeRequest(path, { cookie })), app.events.at(-1))

describe('an evil provider beside an honest one', () => {
  test('the honest one’s code, at the honest one’s path, with the state of the evil sign-in', async () => {
    const app = makeApp({ providers: { evil, honest: PROVIDER } })
    const tx = await startSignIn(app, { provider: 'evil' })
    for (const iss of [ISSUER, EVIL]) {
      const path = callbackUrl(tx.state, { code: 'honest', iss }, 'honest')
      const outcome = await readOutcome(
        await app.auth.handle(makeRequest(path, { cookie: tx.cookie })),
        app.events.at(-1),
      )
      assert.equal(app.events.at(-1).code, 'redirect_uri_mismatch')
      assert.ok(clears(outcome, tx.name))
    }
    assert.deepEqual(app.sent, [], 'nobody is asked')
  })
})

describe('an evil provider beside Supabase, which comes back to any path of the app’s host', () => {
  for (const more of [{}, { supabase: { ...supabase, flows: 'own' } }])
    test(`Supabase’s code at the evil one’s path, ${more.supabase ? 'own flows' : 'any flows'}`, async () => {
      const app = makeApp({ supabase, providers: { evil }, ...more })
      const tx = await startSignIn(app, { provider: 'evil' })
      for (const code of [
        AUTH_CODE,
        AUTH_CODE.toUpperCase(),
        encodeURIComponent(AUTH_CODE).replace('6', '%36'),
      ]) {
        const path = `/auth/callback/evil?state=${tx.state}&iss=${encodeURIComponent(EVIL)}&code=${code}`
        await visit(app, path, tx.cookie)
        assert.equal(app.events.at(-1).code, 'redirect_uri_mismatch')
      }
      assert.deepEqual(app.sent, [], 'nobody is asked')
      const own = callbackUrl(tx.state, { code: 'of-its-own', iss: EVIL }, 'evil')
      await visit(app, own, tx.cookie)
      assert.deepEqual(
        app.sent.map(({ url }) => url),
        [`${EVIL}/token`],
      )
    })

  test('a provider whose own codes are UUIDs sends them as a form, which Supabase never does', async () => {
    const app = makeApp({ supabase, providers: { evil: { ...evil, responseMode: 'form_post' } } })
    const tx = await startSignIn(app, { provider: 'evil' })
    const query = `state=${tx.state}&iss=${encodeURIComponent(EVIL)}&code=${AUTH_CODE}`
    await visit(app, `/auth/callback/evil?${query}`, tx.cookie)
    assert.equal(app.events.at(-1).code, 'response_mode_unexpected')
    const headers = [['content-type', 'application/x-www-form-urlencoded']]
    await app.auth.handle(
      makeRequest('/auth/callback/evil', { method: 'POST', headers, body: query, cookie: tx.cookie }),
    )
    assert.equal(app.sent.length, 1)
  })

  test('without Supabase a UUID is a code like any other', async () => {
    const app = makeApp({ providers: { evil } })
    const tx = await startSignIn(app, { provider: 'evil' })
    await visit(app, callbackUrl(tx.state, { code: AUTH_CODE, iss: EVIL }, 'evil'), tx.cookie)
    assert.equal(app.sent.length, 1)
  })
})
