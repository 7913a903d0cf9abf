// onSession and onSignOut: what they may add to an answer, and what happens when they fail.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  callbackUrl,
  ISSUER,
  json,
  makeApp,
  makeRequest,
  ORIGIN,
  PROVIDER,
  startSignIn,
} from './support/app.mjs'
import { checkAnswer, clears, readOutcome } from './support/outcome.mjs'

const signIn = async (onSession) => {
  const app = makeApp({ onSession })
  const tx = await startSignIn(app, { next: '/welcome?x=1' })
  const response = await app.auth.callback(makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))
  return { app, tx, response, ...(await readOutcome(response, app.events[1])) }
}

describe('onSession', () => {
  test('gets the session, and where it belongs', async () => {
    let seen
    const { app } = await signIn((session, context) => {
      seen = { session, context }
    })
    const { token_response, expires_at, profile, ...session } = seen.session
    assert.deepEqual(session, {
      provider: 'main',
      access_token: 'at',
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'profile',
    })
    assert.deepEqual(profile, {
      provider: 'main',
      sub: null,
      name: null,
      email: null,
      email_verified: false,
      picture: null,
      username: null,
      locale: null,
    })
    assert.ok(Math.abs(expires_at - Date.now() / 1000 - 3600) < 5)
    assert.equal(token_response.access_token, 'at')
    assert.ok(seen.context.request instanceof Request)
    assert.equal(seen.context.provider, 'main')
    assert.equal(seen.context.next, '/welcome?x=1')
    assert.equal(seen.context.redirectType, null)
    assert.ok(!JSON.stringify(app.events).includes('"at"'))
  })

  test('adds headers, several cookies among them, beside ours', async () => {
    const headers = new Headers([
      ['set-cookie', 'a=1; Path=/'],
      ['set-cookie', 'b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT'],
      ['x-app', 'yes'],
    ])
    const outcome = await signIn(async () => ({ headers }))
    assert.deepEqual(outcome.setCookie.slice(-2), [
      'a=1; Path=/',
      'b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT',
    ])
    assert.equal(outcome.setCookie.length, 4)
    assert.equal(outcome.response.headers.get('x-app'), 'yes')
    checkAnswer(outcome, { cookies: /^[ab]=/ })
  })

  test('sends the person elsewhere, and never with the fragment of the callback', async () => {
    const targets = { '/first-time': '/first-time#', '/a#b': '/a#b', '/a?b=c': '/a?b=c#' }
    for (const [redirect, location] of Object.entries(targets)) {
      const outcome = await signIn(() => ({ redirect }))
      assert.equal(outcome.location, location)
      assert.equal(outcome.response.status, 303)
      checkAnswer(outcome)
    }
  })

  test('a redirect that is not ASCII is percent-encoded', async () => {
    for (const redirect of ['/caf\u00e9', '/\u012fj', '/\u6771\u4eac?q=\u00e9'])
      assert.equal((await signIn(() => ({ redirect }))).location, `${encodeURI(redirect)}#`)
  })

  for (const [name, hook] of Object.entries({
    'throws at once': () => {
      throw new Error('no such account')
    },
    rejects: async () => {
      throw new Error('no such account')
    },
    'returns a header that cannot be': () => ({ headers: { 'bad name': 'x' } }),
    'returns a cookie with a line break': () => ({ headers: { 'set-cookie': 'a=1\r\nx: y' } }),
    'returns no text as redirect': () => ({ redirect: 1 }),
  })) {
    test(`${name}: session_refused, and the transaction has ended`, async () => {
      const outcome = await signIn(hook)
      assert.equal(outcome.code, 'session_refused')
      assert.equal(outcome.event.ok, false)
      assert.equal(outcome.event.provider, 'main')
      assert.ok(outcome.event.cause instanceof Error)
      assert.ok(clears(outcome, outcome.tx.name))
      const target = '/auth/auth-code-error?error=session_refused&provider=main&next=%2Fwelcome%3Fx%3D1#'
      assert.equal(outcome.location, target)
      checkAnswer(
        { ...outcome, event: { ...outcome.event, cause: undefined } },
        { secrets: [outcome.tx.state] },
      )
    })
  }
})

const SESSION_GONE = 'app-session=; Path=/; Max-Age=0'

/** @param {any} hook @param {any} [answer] @param {any} [more] of the provider's options */
const signOut = async (hook, answer, more = {}) => {
  const app = makeApp({ providers: { main: { ...PROVIDER, ...more } }, onSignOut: hook }, answer)
  const request = makeRequest('/auth/sign-out?next=/bye', { method: 'POST', headers: [['origin', ORIGIN]] })
  const outcome = await readOutcome(await app.auth.signOut(request), app.events[0])
  return { app, ...outcome }
}
const withToken = () => ({ headers: { 'set-cookie': SESSION_GONE }, provider: 'main', token: 'a token&' })

describe('onSignOut', () => {
  test('ends the session and goes where it was asked to', async () => {
    const outcome = await signOut(() => ({ headers: { 'set-cookie': SESSION_GONE } }))
    assert.equal(outcome.location, '/bye#')
    assert.deepEqual(outcome.setCookie, [SESSION_GONE])
    assert.equal((await signOut(() => ({ redirect: '/elsewhere' }))).location, '/elsewhere#')
    assert.equal((await signOut(undefined)).location, '/bye#')
    assert.equal((await signOut(async () => undefined)).location, '/bye#')
  })

  test('is not called for another site', async () => {
    let calls = 0
    const app = makeApp({ onSignOut: () => void calls++ })
    for (const origin of ['https://evil.example', 'null', 'http://app.example', `${ORIGIN}.evil.example`]) {
      const request = makeRequest('/auth/sign-out', { method: 'POST', headers: [['origin', origin]] })
      assert.equal((await app.auth.signOut(request)).status, 403, origin)
    }
    assert.equal(calls, 0)
    assert.ok(app.events.every(({ code }) => code === 'csrf'))
  })

  test('when it throws, the person is told', async () => {
    const outcome = await signOut(async () => {
      throw new Error('the database is down')
    })
    assert.equal(outcome.code, 'sign_out_failed')
    assert.equal(outcome.event.cause.message, 'the database is down')
    assert.equal(outcome.location, '/auth/auth-code-error?error=sign_out_failed#')
  })

  test('forgets the sign-ins under way', async () => {
    const app = makeApp()
    const tx = await startSignIn(app)
    const init = { method: 'POST', headers: [['origin', ORIGIN]], cookie: `${tx.cookie}; other=1` }
    const outcome = await readOutcome(await app.auth.signOut(makeRequest('/auth/sign-out', init)))
    assert.equal(outcome.setCookie.length, 1)
    assert.ok(clears(outcome, tx.name))
  })
})

describe('revocation (RFC 7009)', () => {
  const revocationEndpoint = `${ISSUER}/revoke?x=1`
  const client = { clientSecret: 's', revocationEndpoint }

  test('a form with client authentication', async () => {
    const outcome = await signOut(
      () => ({ ...withToken(), token_type_hint: 'refresh_token' }),
      () => json(''),
      client,
    )
    const [{ url, method, headers, body, init }] = outcome.app.sent
    assert.equal(url, revocationEndpoint)
    assert.equal(method, 'POST')
    assert.equal(headers.get('authorization'), `Basic ${btoa('client-1:s')}`)
    assert.equal(body, 'token=a+token%26&token_type_hint=refresh_token')
    assert.equal(init.redirect, 'manual')
    assert.deepEqual(outcome.event, { type: 'sign_out', ok: true, provider: 'main' })
  })

  const failing = {
    'a server that is down': () => json('', { status: 503 }),
    'a token type that it does not know': () => json('{"error":"unsupported_token_type"}', { status: 400 }),
    'a redirect': () => new Response(null, { status: 307, headers: { location: 'https://evil.example/' } }),
    'no connection': () => Promise.reject(new TypeError('fetch failed')),
    'two megabytes': () => json('x'.repeat(2 << 20)),
  }
  for (const [name, answer] of Object.entries(failing)) {
    test(`${name}: signed out here all the same, and told`, async () => {
      const outcome = await signOut(withToken, answer, client)
      assert.equal(outcome.event.code, 'revocation_failed')
      assert.equal(outcome.location, '/bye#')
      assert.deepEqual(outcome.setCookie, [SESSION_GONE])
      assert.equal(outcome.app.sent.length, 1)
      assert.ok(!JSON.stringify(outcome.event).includes('a token'))
    })
  }

  test('a provider that cannot revoke is not asked', async () => {
    const outcome = await signOut(withToken)
    assert.equal(outcome.app.sent.length, 0)
    assert.equal(outcome.event.ok, true)
  })
})
