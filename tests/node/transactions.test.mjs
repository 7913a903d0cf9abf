// Sign-ins under way: several at once, on another host, with another secret, with damaged cookies.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CookieStore } from '../../stand-ins/cookie-store.mjs'
import {
  callbackUrl,
  ISSUER,
  makeApp,
  makeRequest,
  ORIGIN,
  PROVIDER,
  SECRET,
  startSignIn,
  toCookieHeader,
} from './support/app.mjs'
import { checkAnswer, clears, readOutcome } from './support/outcome.mjs'
import { parseSealed, seal } from './support/transaction.mjs'

/** @param {any} app @param {any} tx @param {{ cookie?: string, origin?: string, more?: any, headers?: [string, string][] }} [init] */
/** The response comes to the path that the sign-in named, unless `at` names another provider. */
const finish = async (app, tx, { cookie = tx.cookie, origin = ORIGIN, more, headers, at } = {}) => {
  const provider = at ?? new URL(tx.url.searchParams.get('redirect_uri')).pathname.split('/').at(-1)
  const before = app.events.length
  const response = await app.auth.callback(
    makeRequest(origin + callbackUrl(tx.state, more, provider), { cookie, headers }),
  )
  const outcome = await readOutcome(response, app.events[before])
  checkAnswer(outcome, { secrets: [tx.state, tx.value] })
  return outcome
}

describe('eviction', () => {
  test('20 starts leave five cookies, the newest ones', async () => {
    const app = makeApp()
    const jar = new CookieStore()
    const started = []
    for (let i = 0; i < 20; i++) {
      const tx = await startSignIn(app, { cookie: jar.headerFor(ORIGIN), next: `/${i}` })
      for (const line of tx.setCookie) assert.ok(jar.store(line, ORIGIN))
      started.push(tx)
    }
    assert.equal(jar.names().length, 5)
    assert.ok(jar.headerFor(ORIGIN).length < 6200)
    const kept = started.filter((tx) => jar.names().includes(tx.name))
    assert.ok(kept.includes(started.at(-1)))
    for (const tx of kept) {
      const outcome = await finish(app, tx, { cookie: jar.headerFor(ORIGIN) })
      assert.equal(outcome.class, 'ok')
      for (const line of outcome.setCookie) jar.store(line, ORIGIN)
    }
    assert.deepEqual(jar.names(), ['__Host-landfall-done'])
    const evicted = await finish(app, started[0], { cookie: jar.headerFor(ORIGIN) })
    assert.equal(evicted.code, 'transaction_missing')
  })

  test('long targets are bounded in bytes as well', async () => {
    const app = makeApp()
    const jar = new CookieStore()
    for (let i = 0; i < 10; i++) {
      const next = `/${'x'.repeat(2000)}${i}`
      const tx = await startSignIn(app, { cookie: jar.headerFor(ORIGIN), next })
      assert.equal(parseSealed(tx.value).next, next)
      for (const line of tx.setCookie) assert.ok(jar.store(line, ORIGIN))
      assert.ok(jar.headerFor(ORIGIN).length <= 6 * 1024 + 64)
    }
  })

  test('2 000 forged cookies of ours make neither work nor an answer without bounds', async () => {
    const app = makeApp()
    const tag = (i) => String(i).padStart(10, '0')
    const cookie = Array.from({ length: 2000 }, (_, i) => `__Host-landfall-${tag(i)}=x`).join('; ')
    const tx = await startSignIn(app, { cookie })
    assert.ok(tx.state)
    assert.ok(tx.setCookie.length <= 33, `${tx.setCookie.length} cookies`)
    assert.equal((await finish(app, tx, { cookie: `${tx.cookie}; ${cookie}` })).class, 'ok')
  })
})

describe('several providers', () => {
  const other = { ...PROVIDER, issuer: 'https://b.example', tokenEndpoint: 'https://b.example/token' }

  test('two tabs interleaved, each with its own', async () => {
    const app = makeApp({ providers: { main: PROVIDER, other } })
    const a = await startSignIn(app, { provider: 'main', next: '/a' })
    const b = await startSignIn(app, { provider: 'other', next: '/b', cookie: a.cookie })
    const cookie = `${a.cookie}; ${b.cookie}`
    const second = await finish(app, b, { cookie, more: { iss: 'https://b.example' } })
    const first = await finish(app, a, { cookie })
    assert.deepEqual([first.location, second.location], ['/a#', '/b#'])
    assert.deepEqual(
      app.sent.map(({ url }) => url),
      ['https://b.example/token', `${ISSUER}/token`],
    )
    assert.ok(!clears(second, a.name) && !clears(first, b.name))
  })

  test('the answer of the one, sent to the path of the other, is never used', async () => {
    const app = makeApp({ providers: { main: PROVIDER, other } })
    const tx = await startSignIn(app, { provider: 'other' })
    const outcome = await finish(app, tx, { at: 'main', more: { iss: ISSUER } })
    assert.equal(outcome.code, 'redirect_uri_mismatch')
    assert.equal(app.sent.length, 0)
    assert.ok(clears(outcome, tx.name))
  })

  test('the answer of the one does not finish the sign-in with the other', async () => {
    const app = makeApp({ providers: { main: PROVIDER, other } })
    const tx = await startSignIn(app, { provider: 'main' })
    const outcome = await finish(app, tx, { more: { iss: 'https://b.example' } })
    assert.equal(outcome.code, 'iss_mismatch')
    assert.equal(app.sent.length, 0)
  })
})

describe('another host', () => {
  test('started on localhost, finished on 127.0.0.1', async () => {
    const app = makeApp({ origin: undefined })
    const tx = await startSignIn(app, { origin: 'http://localhost:3000' })
    assert.equal(tx.url.searchParams.get('redirect_uri'), 'http://localhost:3000/auth/callback/main')
    for (const cookie of ['', 'other=1']) {
      const outcome = await finish(app, tx, { cookie, origin: 'http://127.0.0.1:3000' })
      assert.equal(outcome.code, 'transaction_wrong_host')
    }
    assert.equal((await finish(app, tx, { origin: 'http://localhost:3000' })).class, 'ok')
  })

  test('without and with www', async () => {
    const app = makeApp({ origin: { trustedHosts: ['app.example', 'www.app.example'] } })
    const tx = await startSignIn(app)
    const outcome = await finish(app, tx, { cookie: '', origin: 'https://www.app.example' })
    assert.equal(outcome.code, 'transaction_wrong_host')
  })

  test('behind a proxy: the forwarded host, where it is trusted', async () => {
    const app = makeApp({ origin: { trustedHosts: ['app.example'] } })
    const headers = [
      ['x-forwarded-host', 'app.example'],
      ['x-forwarded-proto', 'https'],
    ]
    const origin = 'http://10.0.0.7:8080'
    const tx = await startSignIn(app, { origin, headers })
    assert.equal(tx.url.searchParams.get('redirect_uri'), `${ORIGIN}/auth/callback/main`)
    assert.match(tx.name, /^__Host-/)
    assert.equal((await finish(app, tx, { origin, headers })).class, 'ok')
    const bare = await startSignIn(app, { origin })
    assert.equal(bare.response.status, 400)
    assert.equal(app.events.at(-1).code, 'host_untrusted')
  })

  test('no origin is configured, and the host is not this machine', async () => {
    const app = makeApp({ origin: undefined })
    const { response } = await startSignIn(app)
    assert.equal(response.status, 400)
    assert.equal(app.events[0].code, 'origin_required')
  })
})

describe('cookies', () => {
  test('blocked altogether', async () => {
    const app = makeApp()
    const tx = await startSignIn(app)
    assert.equal((await finish(app, tx, { cookie: '' })).code, 'transaction_cookies_blocked')
    assert.equal((await finish(app, tx, { cookie: 'other=1' })).code, 'transaction_missing')
  })

  test('used before: the browser is told so, ten minutes long', async () => {
    const app = makeApp()
    const tx = await startSignIn(app)
    const { setCookie } = await finish(app, tx)
    const done = setCookie.find((line) => line.startsWith('__Host-landfall-done='))
    assert.match(done, /; Max-Age=600; HttpOnly; Secure; SameSite=Lax$/)
    const outcome = await finish(app, tx, { cookie: toCookieHeader(setCookie) })
    assert.equal(outcome.code, 'transaction_used')
    assert.equal(app.sent.length, 1)
  })

  test('tampered with at any place: never a token request', async () => {
    const app = makeApp()
    const tx = await startSignIn(app, { next: '/a' })
    for (let at = 0; at < tx.value.length; at++) {
      const other = tx.value[at] === 'x' ? 'y' : 'x'
      const value = tx.value.slice(0, at) + other + tx.value.slice(at + 1)
      const outcome = await finish(app, tx, { cookie: `${tx.name}=${value}` })
      assert.equal(outcome.class, 'error', `at ${at}`)
      assert.ok(['transaction_invalid', 'state_mismatch'].includes(outcome.code), outcome.code)
    }
    assert.equal(app.sent.length, 0)
    assert.equal((await finish(app, tx)).class, 'ok')
  })

  test('decoded and encoded again on the way, as frameworks do: nothing changes', async () => {
    const app = makeApp()
    const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))
    for (const character of [...printable, '%20', '%C3%A9', '%2F', 'é', '日本']) {
      const tx = await startSignIn(app, { next: `/a?b=${character}c` })
      const again = ({ name, value }) => `${name}=${encodeURIComponent(decodeURIComponent(value))}`
      assert.equal(encodeURIComponent(tx.value), tx.value)
      const outcome = await finish(app, tx, { cookie: again(tx) })
      assert.equal(outcome.class, 'ok', character)
      const done = outcome.setCookie.find((line) => line.startsWith('__Host-landfall-done='))
      assert.match(done, /^__Host-landfall-done=[\w-]+;/)
    }
  })

  test("somebody else's cookie carries none of ours behind a comma", async () => {
    const app = makeApp()
    const [ours, theirs] = [await startSignIn(app), await startSignIn(app)]
    const smuggled = await finish(app, theirs, { cookie: `x=1, ${theirs.cookie}` })
    assert.equal(smuggled.code, 'transaction_missing')
    const hidden = `utm=a, b; ${ours.cookie}; y=1, ${ours.name}=forged`
    assert.equal((await finish(app, ours, { cookie: hidden })).class, 'ok')
    assert.equal(app.sent.length, 1)
  })

  test('removals say so twice, for frameworks that drop a Max-Age of zero', async () => {
    const app = makeApp()
    const tx = await startSignIn(app)
    const { setCookie } = await finish(app, tx)
    const removals = setCookie.filter((line) => line.includes('Max-Age=0'))
    assert.equal(removals.length, 1)
    for (const line of removals) assert.match(line, /; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT;/)
  })

  test('a seal of another purpose, provider, redirect_uri or issuer does not count', async () => {
    const app = makeApp()
    const tx = await startSignIn(app)
    const parts = parseSealed(tx.value)
    assert.equal(await seal(parts), tx.value)
    for (const binding of [
      { purpose: 'landfall transaction 1' },
      { redirectUri: `${ORIGIN}/auth/callback2` },
      { issuer: 'https://b.example' },
      { secret: `${SECRET}x` },
    ])
      assert.equal(
        (await finish(app, tx, { cookie: `${tx.name}=${await seal(parts, binding)}` })).code,
        'transaction_invalid',
      )
  })
})

describe('secret rotation', () => {
  const [older, old, fresh] = ['a', 'b', 'c'].map((letter) => letter.repeat(40))

  test('the newest seals, the others still open', async () => {
    const before = await startSignIn(makeApp({ secret: old }))
    const app = makeApp({ secret: [fresh, old, older] })
    assert.equal((await finish(app, before)).class, 'ok')
    const after = await startSignIn(app)
    assert.equal((await finish(makeApp({ secret: fresh }), after)).class, 'ok')
    assert.equal((await finish(makeApp({ secret: [older, old] }), after)).code, 'transaction_invalid')
  })

  test('the steps of docs/deploying.md: whichever of two releases starts, the other one finishes', async () => {
    const clientSecret = 'the secret of a client, 32 bytes and more'
    for (const first of [old, undefined]) {
      const was = first ?? clientSecret
      const steps = [first, [was, fresh], [fresh, was], fresh]
      const apps = steps.map((secret) =>
        makeApp({ secret, providers: { main: { ...PROVIDER, clientSecret } } }),
      )
      for (let step = 1; step < apps.length; step++) {
        const both = [apps[step - 1], apps[step]]
        for (const [one, other] of [both, both.toReversed()])
          assert.equal((await finish(other, await startSignIn(one))).class, 'ok', `step ${step}`)
      }
    }
  })

  test('without a secret, the client secret is the key', async () => {
    const options = {
      secret: undefined,
      providers: { main: { ...PROVIDER, clientSecret: 'one'.padEnd(32, '.') } },
    }
    const tx = await startSignIn(makeApp(options))
    assert.equal((await finish(makeApp(options), tx)).class, 'ok')
    const other = { ...options, providers: { main: { ...PROVIDER, clientSecret: 'two'.padEnd(32, '.') } } }
    assert.equal((await finish(makeApp(other), tx)).code, 'transaction_invalid')
  })
})
