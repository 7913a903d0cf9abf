// What fails beneath a sign-in: the instance, the random source. Every call still has an outcome, and
// the next one works.
import assert from 'node:assert/strict'
import { afterEach, describe, mock, test } from 'node:test'
import * as OPERATION from '../../dist/generated/messages/operation.js'
import { checkNext } from '../../dist/index.js'
import { callbackUrl, json, makeApp, makeRequest, SECRET, startSignIn, TOKEN_ANSWER } from './support/app.mjs'
import { checkAnswer, readOutcome } from './support/outcome.mjs'
import { installTraps } from './support/trap.mjs'

const finish = (app, tx) => app.auth.callback(makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))

describe('an instance that traps', () => {
  let traps
  afterEach(() => traps?.restore())

  test('the call has an outcome, and the next one a fresh instance', async () => {
    let armed = false
    traps = installTraps((operation) => armed && operation === OPERATION.serve)
    const app = makeApp()
    const tx = await startSignIn(app)
    const before = traps.instances
    armed = true
    const outcome = await readOutcome(await finish(app, tx), app.events[1])
    assert.equal(outcome.code, 'internal_error')
    assert.ok(outcome.event.cause instanceof WebAssembly.RuntimeError)
    assert.equal(outcome.location, '/auth/auth-code-error?error=internal_error#')
    checkAnswer({ ...outcome, event: { ...outcome.event, cause: undefined } }, { secrets: [tx.state] })
    armed = false
    assert.equal((await finish(app, tx)).headers.get('location'), '/dashboard#')
    assert.equal(traps.instances, before + 1)
  })

  for (const [error, location] of [
    ['/oops', '/oops?error=internal_error#'],
    ['/login?tab=oauth', '/login?tab=oauth&error=internal_error#'],
  ])
    test(`even the failure may fail: ${location}`, async () => {
      let armed = false
      traps = installTraps(() => armed)
      const app = makeApp({ paths: { error } })
      const tx = await startSignIn(app)
      armed = true
      const response = await finish(app, tx)
      assert.equal(response.status, 303)
      assert.equal(response.headers.get('location'), location)
      assert.equal(response.headers.get('cache-control'), 'no-store')
      assert.equal(response.headers.get('referrer-policy'), 'no-referrer')
      armed = false
      assert.equal((await finish(app, tx)).headers.get('location'), '/dashboard#')
    })

  test('100 callbacks at once, and one trap in the middle', async () => {
    let calls = 0
    let trapAt = Infinity
    traps = installTraps((operation) => operation === OPERATION.serve && ++calls === trapAt)
    let open
    const gate = new Promise((resolve) => {
      open = resolve
    })
    const app = makeApp({}, async ({ form }) => {
      await gate
      return json({ ...JSON.parse(TOKEN_ANSWER), access_token: `token-of-${form.get('code')}` })
    })
    const started = []
    for (let i = 0; i < 100; i++) started.push(await startSignIn(app, { next: `/page/${i}` }))
    // Each callback comes to the core as it arrives, with the token, and with what onSession said: the first token traps.
    calls = 0
    trapAt = 101
    const running = started.map((tx, i) =>
      app.auth.callback(makeRequest(callbackUrl(tx.state, { code: `code${i}` }), { cookie: tx.cookie })),
    )
    await new Promise(setImmediate)
    open()
    const locations = (await Promise.all(running)).map((response) => response.headers.get('location'))
    const failed = locations.filter((location) => location.includes('internal_error'))
    assert.equal(failed.length, 1)
    for (const [i, location] of locations.entries())
      if (!failed.includes(location)) assert.equal(location, `/page/${i}#`)
    const tokens = new Set(app.sessions.map((session) => session.access_token))
    assert.equal(tokens.size, 99)
  })
})

describe('a random source that fails', () => {
  const broken = () => mock.method(crypto, 'getRandomValues', () => assert.fail('no entropy'))

  test('no sign-in starts without it', async () => {
    const app = makeApp()
    const stub = broken()
    let outcome
    try {
      // Bytes that were drawn before are good.
      for (let i = 0; i < 17; i++) {
        const tx = await startSignIn(app)
        outcome = await readOutcome(tx.response, app.events[i])
      }
    } finally {
      stub.mock.restore()
    }
    assert.equal(outcome.code, 'entropy_unavailable')
    assert.equal(
      outcome.location,
      '/auth/auth-code-error?error=entropy_unavailable&provider=main&next=%2Fdashboard#',
    )
    assert.deepEqual(outcome.setCookie, [])
    checkAnswer(outcome)
    assert.ok((await startSignIn(app)).state)
  })

  for (const [name, fill] of Object.entries({
    zeros: (bytes) => bytes,
    'bytes of another value': (bytes) => bytes.fill(0xaa),
    'one value for the first start': (bytes) => bytes.map((_, i) => (i < 96 ? 7 : i)),
    'one value for a start in the middle': (bytes) => bytes.map((_, i) => (i >= 480 && i < 576 ? 7 : i)),
    'one value for the last start': (bytes) => bytes.map((_, i) => (i >= bytes.length - 96 ? 7 : i)),
    'nothing behind the first bytes': (bytes) => bytes.map((_, i) => (i < 96 ? i : 0)),
  }))
    test(`${name}: no random bytes`, () => {
      const stub = mock.method(crypto, 'getRandomValues', fill)
      const { auth } = makeApp()
      const starts = () => {
        for (let i = 0; i < 17; i++) auth.start({ provider: 'main' })
      }
      try {
        for (let i = 0; i < 2; i++) assert.throws(starts, { code: 'entropy_unavailable' })
      } finally {
        stub.mock.restore()
      }
    })

  test('start throws an error of ours', async () => {
    const app = makeApp()
    const stub = broken()
    try {
      const startAll = () => {
        for (let i = 0; i < 17; i++) app.auth.start({ provider: 'main' })
      }
      assert.throws(startAll, { name: 'LandfallError', code: 'entropy_unavailable' })
    } finally {
      stub.mock.restore()
    }
  })
})

describe('a request too large for a message', () => {
  test('an address of three megabytes', async () => {
    const app = makeApp()
    const request = makeRequest(`${callbackUrl('x')}&y=${'y'.repeat(3 << 20)}`)
    const outcome = await readOutcome(await app.auth.callback(request), app.events[0])
    assert.equal(outcome.code, 'request_too_large')
    checkAnswer({ ...outcome, event: { ...outcome.event, cause: undefined } })
    assert.ok((await startSignIn(app)).state)
  })

  test('a header of a megabyte', async () => {
    const app = makeApp()
    const tx = await startSignIn(app)
    for (const name of ['sec-purpose', 'x-forwarded-host', 'referer', 'origin', 'forwarded']) {
      const headers = [[name, 'x'.repeat(1 << 20)]]
      const response = await app.auth.callback(makeRequest(callbackUrl('x'), { headers, cookie: tx.cookie }))
      assert.equal(response.status, 303, name)
    }
    assert.equal((await finish(app, tx)).headers.get('location'), '/dashboard#')
  })
})

describe('checkNext with what is no text', () => {
  test('is null, never a throw', () => {
    const odd = [
      undefined,
      null,
      1,
      NaN,
      {},
      [],
      ['/x'],
      Symbol('/'),
      () => '/x',
      10n,
      new String('/x'),
      new Date(),
      Object.assign(Buffer.from('/x'), { startsWith: () => true }),
    ]
    for (const next of odd) assert.equal(checkNext(next), null)
    for (const origin of [undefined, null]) assert.equal(checkNext('/x', origin), '/x')
  })

  test('an origin of another type is the caller’s mistake, and named', () => {
    for (const origin of [1, {}, ['https://app.example'], new String('https://app.example'), 10n])
      assert.throws(() => checkNext('/x', origin), {
        code: 'argument_invalid',
        message: /checkNext: `origin`/,
      })
  })

  test('a lone surrogate is U+FFFD, as in the URL Standard', () => {
    for (const next of ['/\ud800', '/\udc00', `/${'x'.repeat(30)}\ud83d`])
      assert.equal(checkNext(next), next.replace(/[\ud800-\udfff]/, '%EF%BF%BD'))
    assert.equal(checkNext('/\ud83d\ude00'), '/%F0%9F%98%80')
    assert.equal(checkNext('/\ude00\ud83d'), '/%EF%BF%BD%EF%BF%BD')
  })

  test('no state is left between calls', () => {
    for (let i = 0; i < 5000; i++) {
      assert.equal(checkNext(`/page/${i}?q=${'x'.repeat(i % 97)}`), `/page/${i}?q=${'x'.repeat(i % 97)}`)
      assert.equal(checkNext('//evil.example'), null)
      assert.equal(checkNext('/a b'), '/a%20b')
    }
    assert.equal(checkNext(`/${'x'.repeat(5 << 20)}`), null)
    assert.equal(checkNext('/x'), '/x')
  })
})

test('a secret is never in what createAuth returns', () => {
  const { auth } = makeApp()
  assert.ok(!JSON.stringify(auth).includes(SECRET))
  assert.deepEqual(Object.keys(auth).sort(), [
    'callback',
    'check',
    'confirm',
    'createSession',
    'error',
    'getAccessToken',
    'getSession',
    'getUser',
    'handle',
    'providers',
    'ready',
    'require',
    'signIn',
    'signOut',
    'start',
    'updateSession',
    'verifyLogoutToken',
  ])
})
