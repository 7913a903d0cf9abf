// The handlers from outside: which requests they take, and what the app's hooks may add.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { callbackUrl, json, makeApp, makeRequest, ORIGIN, PROVIDER, startSignIn } from './support/app.mjs'
import { checkAnswer, readOutcome } from './support/outcome.mjs'

const SIGN_OUT = { method: 'POST', headers: [['origin', ORIGIN]] }

/** A sign-in up to the answer of its callback. @param {any} app @param {any} [init] @param {Record<string, string>} [more] */
const signIn = async (app, init, more) => {
  const tx = await startSignIn(app, init)
  const response = await app.auth.callback(makeRequest(callbackUrl(tx.state, more), { cookie: tx.cookie }))
  return { tx, ...(await readOutcome(response, app.events.at(-1))) }
}

describe('handle', () => {
  const { auth } = makeApp({ paths: { callback: '/cb', signIn: '/in', signOut: '/out' } })

  test('knows its paths, with or without a slash at the end, and no other', async () => {
    for (const path of ['/cb?x', '/in', '/out#x', '/cb?', '/cb/', '/cb/main?x', '/cb/main/', '/in/'])
      assert.ok(await auth.handle(makeRequest(path)), path)
    for (const path of [
      '/',
      '/cb//',
      '/cb/other',
      '/cb/main/x',
      '/CB',
      '//cb',
      '/x/cb',
      '/auth/callback',
      '/c%62',
      '/cb;x',
      '/auth-error',
    ])
      assert.equal(auth.handle(makeRequest(path)), undefined, path)
  })

  test('takes what carries a request', async () => {
    const request = makeRequest('/in?provider=main')
    for (const input of [request, { request }, { request, params: {}, locals: {} }])
      assert.equal((await auth.handle(input)).status, 303)
    assert.equal((await auth.signIn({ request })).status, 303)
  })

  test('takes whatever has the members of a request, and nothing that lacks one', async () => {
    const { headers, method, url } = makeRequest('/in?provider=main')
    assert.equal((await auth.handle({ headers, method, url })).status, 303)
    for (const lacking of [
      { method, url },
      { headers, url },
      { headers, method },
      { headers: {}, method, url },
    ])
      await assert.rejects(async () => auth.handle(lacking), { code: 'argument_invalid' })
  })

  test('reads nothing else of what carries a request: a framework may note what is read', async () => {
    const event = {
      request: makeRequest('/in?provider=main'),
      get url() {
        return assert.fail('the url is read')
      },
    }
    assert.equal((await auth.handle(event)).status, 303)
  })

  test('takes a request whose `request` throws, as in Next’s edge runtime', async () => {
    const request = Object.defineProperty(makeRequest('/in?provider=main'), 'request', {
      get() {
        throw new Error('not here')
      },
    })
    assert.equal((await auth.handle(request)).status, 303)
    assert.equal((await auth.signIn(request)).status, 303)
  })
})

describe('methods', () => {
  const table = {
    signIn: { allow: 'GET, POST', refused: ['PUT', 'DELETE', 'OPTIONS', 'PATCH'] },
    callback: { allow: 'GET, POST', refused: ['PUT', 'DELETE', 'OPTIONS', 'PATCH'] },
    signOut: { allow: 'POST', refused: ['GET', 'PUT', 'DELETE', 'OPTIONS'] },
  }
  for (const [name, { allow, refused }] of Object.entries(table)) {
    test(name, async () => {
      for (const method of refused) {
        const app = makeApp()
        const outcome = await readOutcome(await app.auth[name](makeRequest('/', { method })), app.events[0])
        assert.equal(outcome.code, 'method_not_allowed')
        assert.equal(outcome.response.status, 405)
        assert.equal(outcome.response.headers.get('allow'), allow)
        assert.deepEqual(outcome.setCookie, [])
        checkAnswer(outcome)
      }
    })
  }
})

describe('requests that only look ahead', () => {
  const headers = [
    ['sec-purpose', 'prefetch'],
    ['sec-purpose', 'prefetch;prerender'],
    ['sec-purpose', 'prefetch;anonymous-client-ip'],
    ['purpose', 'prefetch'],
    ['next-router-prefetch', '1'],
  ]
  for (const one of [['method', 'HEAD'], ...headers]) {
    test(one.join(': '), async () => {
      const app = makeApp()
      const tx = await startSignIn(app)
      const init = one[0] === 'method' ? { method: 'HEAD' } : { headers: [one] }
      for (const [name, path] of [
        ['signIn', '/auth/sign-in?provider=main'],
        ['callback', callbackUrl(tx.state)],
        ['signOut', '/auth/sign-out'],
      ]) {
        const request = makeRequest(path, { ...init, cookie: tx.cookie })
        const outcome = await readOutcome(await app.auth[name](request), app.events[1])
        assert.equal(outcome.response.status, 204, name)
        assert.deepEqual(outcome.setCookie, [])
        checkAnswer(outcome)
      }
      assert.equal(app.sent.length, 0)
      assert.equal(app.events.length, 1)
      const after = await app.auth.callback(makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))
      assert.equal(after.headers.get('location'), '/dashboard#')
    })
  }
})

describe('onEvent', () => {
  test('sees one event for every outcome, with what to do and who has to', async () => {
    const app = makeApp()
    await signIn(app)
    await signIn(app, {}, { error: 'access_denied', code: '' })
    await app.auth.signOut(makeRequest('/auth/sign-out', SIGN_OUT))
    const [start, done, , denied, out] = app.events
    assert.deepEqual(start, { type: 'sign_in', ok: true, provider: 'main' })
    assert.deepEqual(done, { type: 'callback', ok: true, provider: 'main' })
    assert.deepEqual(out, { type: 'sign_out', ok: true })
    const { message, ...rest } = denied
    assert.ok(message.length > 0)
    assert.deepEqual(rest, {
      type: 'callback',
      ok: false,
      code: 'provider_access_denied',
      blame: 'provider',
      spec: 'RFC 6749 4.1.2.1',
      provider: 'main',
      detail: 'access_denied',
    })
  })

  test('has no say: what it throws, now or later, changes nothing', async () => {
    const unhandled = []
    const note = (error) => unhandled.push(error)
    process.on('unhandledRejection', note)
    const throwing = () => {
      throw new Error('observer')
    }
    for (const onEvent of [throwing, async () => throwing()]) {
      const app = makeApp({ onEvent })
      const { location } = await signIn(app)
      assert.equal(location, '/dashboard#')
    }
    await new Promise(setImmediate)
    process.off('unhandledRejection', note)
    assert.deepEqual(unhandled, [])
  })

  test('a description is printable, cut, and tells no token', async () => {
    const app = makeApp()
    const description = `\u202e\r\n<b> ${'y'.repeat(43)} ${'x '.repeat(300)}`
    const { event } = await signIn(
      app,
      {},
      { code: '', error: 'server_error', error_description: description },
    )
    assert.equal(event.code, 'provider_unavailable')
    // A word that is as long as a code or a token may be one.
    assert.match(event.description, /^\?{5}<b> \*{43} (x )+x?$/)
    assert.equal(event.description.length, 512)
  })
})

describe('a provider that is not asked for properly', () => {
  const two = { providers: { main: PROVIDER, other: PROVIDER } }
  for (const query of [
    'provider=nobody',
    '',
    'provider=main&provider=other',
    'provider=MAIN',
    'provider=main%00',
  ]) {
    test(query || 'none of two', async () => {
      const app = makeApp(two)
      const outcome = await readOutcome(
        await app.auth.signIn(makeRequest(`/auth/sign-in?${query}&next=/x`)),
        app.events[0],
      )
      assert.equal(outcome.code, 'provider_unknown')
      assert.equal(outcome.location, '/auth/auth-code-error?error=provider_unknown&next=%2Fx#')
      assert.equal(outcome.event.parameter, 'provider')
      checkAnswer(outcome)
    })
  }

  test('the only one needs no name', async () => {
    const app = makeApp({}, () => json('{}'))
    assert.equal((await app.auth.signIn(makeRequest('/auth/sign-in'))).status, 303)
  })
})
