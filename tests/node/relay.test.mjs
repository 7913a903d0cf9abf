// Previews with one redirect_uri: the provider comes back to a fixed origin, and the app there passes the response on.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeApp, makeRequest, ORIGIN, PROVIDER, toCookieHeader } from './support/app.mjs'

const PREVIEW = 'https://pr-1.preview.example'
const OTHER = 'https://pr-2.preview.example'
const FIXED = { relayTo: ['*.preview.example'] }
const ON_PREVIEW = { redirectVia: ORIGIN, origin: { trustedHosts: ['*.preview.example'] } }
const ISS = 'iss=https%3A%2F%2Fas.example'

const locationOf = (response) => response.headers.get('location')
/** A request at an origin. */
const at = (origin, path, init = {}) =>
  makeRequest(origin + path, { ...init, headers: [['host', new URL(origin).host], ...(init.headers ?? [])] })

/** A sign-in that starts at a preview: its state, its redirect_uri and its cookies. */
const start = async (app, origin = PREVIEW, provider = 'main') => {
  const answer = await app.auth.handle(at(origin, `/auth/sign-in?provider=${provider}&next=/account`))
  const { searchParams } = new URL(locationOf(answer))
  return {
    state: searchParams.get('state'),
    redirectUri: searchParams.get('redirect_uri'),
    cookie: toCookieHeader(answer.headers.getSetCookie()),
  }
}
const back = (state, more = '') =>
  `/auth/callback/main?code=c&state=${encodeURIComponent(state)}&${ISS}${more}`
const errorOf = (response) => new URL(locationOf(response), ORIGIN).searchParams.get('error')

describe('a sign-in at a preview', () => {
  test('comes back to the fixed origin, which passes it on; the preview redeems', async () => {
    const [fixed, preview] = [makeApp(FIXED), makeApp(ON_PREVIEW)]
    const { state, redirectUri, cookie } = await start(preview)
    assert.equal(redirectUri, `${ORIGIN}/auth/callback/main`)
    assert.ok(state.endsWith('.pr-1.preview.example'))
    const passed = await fixed.auth.handle(makeRequest(back(state)))
    assert.deepEqual([passed.status, locationOf(passed)], [303, PREVIEW + back(state)])
    assert.deepEqual(passed.headers.getSetCookie(), [])
    assert.equal(passed.headers.get('referrer-policy'), 'no-referrer')
    assert.equal(passed.headers.get('cache-control'), 'no-store')
    assert.deepEqual([fixed.sent, fixed.events, fixed.sessions], [[], [], []])
    const done = await preview.auth.handle(at(PREVIEW, back(state), { cookie }))
    assert.deepEqual([done.status, locationOf(done)], [303, '/account#'])
    assert.equal(preview.sent.at(-1).form.get('redirect_uri'), redirectUri)
    assert.equal(preview.sessions.length, 1)
  })

  test('a form stays one', async () => {
    const main = { ...PROVIDER, responseMode: 'form_post' }
    const [fixed, preview] = [FIXED, ON_PREVIEW].map((options) =>
      makeApp({ ...options, providers: { main } }),
    )
    const { state, cookie } = await start(preview)
    const post = (origin, more = {}) =>
      at(origin, '/auth/callback/main', {
        method: 'POST',
        headers: [['content-type', 'application/x-www-form-urlencoded']],
        body: `code=c&state=${state}&${ISS}`,
        ...more,
      })
    const passed = await fixed.auth.handle(post(ORIGIN))
    assert.deepEqual([passed.status, locationOf(passed)], [307, `${PREVIEW}/auth/callback/main`])
    const done = await preview.auth.handle(post(PREVIEW, { cookie }))
    assert.deepEqual([done.status, locationOf(done)], [303, '/account#'])
  })

  test('a refusal is passed on too', async () => {
    const [fixed, preview] = [makeApp(FIXED), makeApp(ON_PREVIEW)]
    const { state, cookie } = await start(preview)
    const refused = `/auth/callback/main?error=access_denied&state=${state}&${ISS}`
    assert.equal(locationOf(await fixed.auth.handle(makeRequest(refused))), PREVIEW + refused)
    assert.equal(
      errorOf(await preview.auth.handle(at(PREVIEW, refused, { cookie }))),
      'provider_access_denied',
    )
  })

  test('one configuration does for both, and for the fixed origin’s own sign-ins', async () => {
    const both = {
      ...FIXED,
      redirectVia: ORIGIN,
      origin: { trustedHosts: ['app.example', '*.preview.example'] },
    }
    const app = makeApp(both)
    for (const origin of [ORIGIN, PREVIEW]) {
      const { state, cookie } = await start(app, origin)
      if (origin === PREVIEW) {
        const passed = await app.auth.handle(at(ORIGIN, back(state)))
        assert.equal(locationOf(passed), PREVIEW + back(state))
      }
      assert.equal(locationOf(await app.auth.handle(at(origin, back(state), { cookie }))), '/account#')
    }
  })

  test('below a base path, where the framework takes it away', async () => {
    const [fixed, preview] = [FIXED, ON_PREVIEW].map((options) => makeApp({ ...options, basePath: '/shop' }))
    const { state, redirectUri } = await start(preview)
    assert.equal(redirectUri, `${ORIGIN}/shop/auth/callback/main`)
    assert.equal(
      locationOf(await fixed.auth.handle(makeRequest(back(state)))),
      `${PREVIEW}/shop${back(state)}`,
    )
  })

  test('on this machine, for a provider that wants https', async () => {
    const fixed = makeApp({ relayTo: ['localhost:3000'] })
    const local = makeApp({ redirectVia: ORIGIN, origin: undefined })
    const { state } = await start(local, 'http://localhost:3000')
    assert.equal(
      locationOf(await fixed.auth.handle(makeRequest(back(state)))),
      `http://localhost:3000${back(state)}`,
    )
  })
})

describe('an attack on the relay', () => {
  const STATE = `${'s'.repeat(43)}-0-AAAA`
  const hosts = [
    'evil.example',
    'preview.example',
    'a.b.preview.example',
    'evil-preview.example',
    'pr-1.preview.example.evil.example',
    'pr-1.preview.example:8443',
    'pr-1.preview.example/',
    'pr-1.preview.example@evil.example',
    'evil.example#.preview.example',
    'evil.example?.preview.example',
    'evil.example\\.preview.example',
    'evil.example/.preview.example',
    'evil.example\r\n.preview.example',
    '*.preview.example',
    '',
    '.',
    'localhost',
    '127.0.0.1',
  ]
  for (const host of hosts)
    test(`no way to ${JSON.stringify(host)}`, async () => {
      const fixed = makeApp(FIXED)
      const answer = await fixed.auth.handle(makeRequest(back(`${STATE}.${host}`)))
      assert.match(locationOf(answer), /^\/auth\/auth-code-error\?/)
      assert.deepEqual(fixed.sent, [])
    })

  test('an app without relayTo passes nothing on', async () => {
    const { state } = await start(makeApp(ON_PREVIEW))
    assert.match(
      locationOf(await makeApp().auth.handle(makeRequest(back(state)))),
      /^\/auth\/auth-code-error\?/,
    )
  })

  test('only a callback passes on: at a path of a provider, with a response', async () => {
    const fixed = makeApp({
      ...FIXED,
      providers: { main: PROVIDER, other: { ...PROVIDER, issuer: 'https://b.example' } },
    })
    const { state } = await start(makeApp(ON_PREVIEW))
    for (const path of [
      '/auth/sign-in',
      '/auth/callback',
      '/auth/callback/nobody',
      '/auth/auth-code-error',
      '/',
    ]) {
      const answer = await fixed.auth.handle(makeRequest(`${path}?code=c&state=${state}`))
      assert.ok(!answer || !`${locationOf(answer)}`.startsWith('https:'), path)
    }
    for (const init of [
      { headers: [['sec-purpose', 'prefetch']] },
      { headers: [['sec-fetch-dest', 'image']] },
      { method: 'HEAD' },
      {
        method: 'POST',
        headers: [['content-type', 'application/x-www-form-urlencoded']],
        body: `state=${state}`,
      },
    ]) {
      const answer = await fixed.auth.handle(makeRequest(back(state), init))
      assert.ok(!`${locationOf(answer)}`.startsWith('https:'), JSON.stringify(init))
    }
  })

  test('a response that the attacker has started is of no use in another browser', async () => {
    const [fixed, preview] = [makeApp(FIXED), makeApp(ON_PREVIEW)]
    const { state } = await start(preview)
    const passed = await fixed.auth.handle(makeRequest(back(state)))
    const answer = await preview.auth.handle(at(PREVIEW, locationOf(passed).slice(PREVIEW.length)))
    assert.match(errorOf(answer), /^transaction_/)
    assert.deepEqual(preview.sent, [])
  })

  test('a response for another preview, or without a host, is not taken', async () => {
    const preview = makeApp(ON_PREVIEW)
    const { state, cookie } = await start(preview)
    const own = state.split('.')[0]
    for (const other of [
      own,
      `${own}.`,
      `${own}.${new URL(OTHER).host}`,
      `${own}.app.example`,
      `${state}.x`,
      `.${state}`,
    ]) {
      const answer = await preview.auth.handle(at(PREVIEW, back(other), { cookie }))
      assert.match(errorOf(answer), /^(state_mismatch|transaction_missing)$/, other)
    }
    assert.deepEqual(preview.sent, [])
    const done = await preview.auth.handle(at(PREVIEW, back(state), { cookie }))
    assert.equal(locationOf(done), '/account#', 'and the sign-in is still there')
  })

  test('an evil provider’s response with an honest state stays one of the evil provider', async () => {
    const providers = { main: PROVIDER, evil: { ...PROVIDER, issuer: 'https://evil.example' } }
    const [fixed, preview] = [FIXED, ON_PREVIEW].map((options) => makeApp({ ...options, providers }))
    const { state, cookie } = await start(preview)
    const evil = back(state).replace('/main?', '/evil?')
    assert.equal(locationOf(await fixed.auth.handle(makeRequest(evil))), PREVIEW + evil)
    const answer = await preview.auth.handle(at(PREVIEW, evil, { cookie }))
    assert.equal(errorOf(answer), 'redirect_uri_mismatch')
    assert.deepEqual(preview.sent, [])
  })

  test('what two apps pass on to each other ends', async () => {
    const app = makeApp({ ...FIXED, ...ON_PREVIEW })
    const answer = await app.auth.handle(at(PREVIEW, back(`${STATE}.${new URL(PREVIEW).host}`)))
    assert.match(locationOf(answer), /^\/auth\/auth-code-error\?/)
    const passed = await app.auth.handle(at(PREVIEW, back(`${STATE}.${new URL(OTHER).host}`)))
    assert.ok(locationOf(passed).startsWith(OTHER))
    assert.match(
      locationOf(await app.auth.handle(at(OTHER, locationOf(passed).slice(OTHER.length)))),
      /^\/auth\//,
    )
  })
})
