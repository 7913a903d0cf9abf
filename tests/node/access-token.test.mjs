// The provider's access token of a session: kept apart, renewed once, and never put back.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createAuth } from '../../dist/index.js'
import {
  callbackUrl,
  json,
  makeApp,
  makeRequest,
  ORIGIN,
  PROVIDER,
  SECRET,
  startSignIn,
} from './support/app.mjs'

const TOKENS = '__Host-landfall-tokens'
const HOUR = 3600

/** Joins what a browser has with what a response sets. */
const withCookies = (header, lines) => {
  const jar = new Map(
    header
      .split('; ')
      .filter(Boolean)
      .map((one) => [one.slice(0, one.indexOf('=')), one]),
  )
  for (const line of lines) {
    const pair = line.split(';')[0]
    const name = pair.slice(0, pair.indexOf('='))
    if (line.includes('Max-Age=0')) jar.delete(name)
    else jar.set(name, pair)
  }
  return [...jar.values()].join('; ')
}

/** Whether a Set-Cookie value is of a session or its tokens. */
const isOfSession = (line) => /^__Host-landfall-(session|tokens)/.test(line)

/** The time of this process, moved on. */
const later = async (seconds, run) => {
  const clock = Date.now
  Date.now = () => clock() + 1000 * seconds
  try {
    return await run()
  } finally {
    Date.now = clock
  }
}

/** Signs somebody in at a provider whose refresh tokens are used once. */
const signIn = async (options = {}, { first = {}, refresh = () => ({}) } = {}) => {
  let serial = 1
  const app = makeApp({ session: { tokens: true }, ...options }, async ({ form }) => {
    const answer = {
      access_token: `at-${serial}`,
      token_type: 'bearer',
      expires_in: HOUR,
      refresh_token: `rt-${serial}`,
    }
    if (form.get('grant_type') === 'authorization_code') return json({ ...answer, ...first })
    if (form.get('refresh_token') !== `rt-${serial}`) return json({ error: 'invalid_grant' }, { status: 400 })
    const special = await refresh(form)
    if (special instanceof Response) return special
    serial++
    return json({ ...answer, access_token: `at-${serial}`, refresh_token: `rt-${serial}`, ...special })
  })
  const tx = await startSignIn(app, {})
  const response = await app.auth.callback(makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))
  const cookie = withCookies('', response.headers.getSetCookie().filter(isOfSession))
  const refreshes = () => app.sent.filter(({ form }) => form.get('grant_type') === 'refresh_token')
  return { app, auth: app.auth, cookie, refreshes, lines: response.headers.getSetCookie() }
}

const visit = (cookie) => makeRequest('/', { cookie })

describe('the cookie of tokens', () => {
  test('is a second one, sealed, and comes with the option alone', async () => {
    const { cookie, lines } = await signIn()
    assert.match(cookie, /__Host-landfall-session=.*__Host-landfall-tokens=/)
    assert.doesNotMatch(cookie, /at-1|rt-1/)
    assert.match(
      lines.find((line) => line.startsWith(TOKENS)),
      /; Max-Age=2592000; HttpOnly; Secure; SameSite=Lax$/,
    )
    assert.doesNotMatch((await signIn({ session: true })).cookie, /-tokens=/)
  })

  test('counts beside its own session alone', async () => {
    const [mine, other] = [await signIn(), await signIn()]
    const pick = (cookie, name) => cookie.split('; ').find((one) => one.startsWith(name))
    const mixed = `${pick(mine.cookie, '__Host-landfall-session')}; ${pick(other.cookie, TOKENS)}`
    await assert.rejects(mine.auth.getAccessToken(visit(mixed)), { code: 'access_token_missing' })
    const renamed = mine.cookie.replace(
      /__Host-landfall-session=[^;]*; __Host-landfall-tokens=/,
      '__Host-landfall-session=',
    )
    assert.equal(mine.auth.getSession(visit(renamed)).session, null)
  })

  test('a renewal of the session leaves it alone', async () => {
    const { auth, cookie } = await signIn()
    const { setCookie } = await later(100_000, () => auth.getSession(visit(cookie)))
    assert.deepEqual(
      setCookie.map((line) => line.split('=')[0]),
      ['__Host-landfall-session'],
    )
  })

  test('the next sign-in without tokens removes it', async () => {
    const { auth, cookie } = await signIn()
    const { setCookie } = auth.createSession(visit(cookie), { user: { provider: 'password', sub: '1' } })
    assert.ok(setCookie.some((line) => line.startsWith(`${TOKENS}=; `)))
  })

  test('tokens that are too large stay away one after the other, and the app is told', async () => {
    const large = 'x'.repeat(20_000)
    const warned = ({ app }) => app.events.find(({ type }) => type === 'warning')
    const access = await signIn({}, { first: { access_token: large } })
    const { code, ok, detail } = warned(access)
    assert.deepEqual([code, ok, detail], ['tokens_too_large', true, 'access_token'])
    assert.equal((await access.auth.getAccessToken(visit(access.cookie))).accessToken, 'at-2')
    const both = await signIn({}, { first: { access_token: large, refresh_token: large } })
    assert.equal(warned(both).detail, 'access_token refresh_token')
    await assert.rejects(both.auth.getAccessToken(visit(both.cookie)), { code: 'access_token_missing' })
  })
})

describe('getAccessToken', () => {
  test('gives the token as long as it lives, without a request', async () => {
    const { auth, cookie, refreshes } = await signIn()
    const { accessToken, expiresAt, setCookie } = await auth.getAccessToken(visit(cookie))
    assert.deepEqual([accessToken, setCookie, refreshes().length], ['at-1', [], 0])
    assert.ok(Math.abs(expiresAt - Date.now() / 1000 - HOUR) < 5)
  })

  test('renews it early enough, and keeps both tokens', async () => {
    const { auth, cookie, refreshes } = await signIn()
    await later(HOUR - 59, async () => {
      const { accessToken, setCookie } = await auth.getAccessToken(visit(cookie))
      assert.equal(accessToken, 'at-2')
      const [{ form, headers }] = refreshes()
      assert.deepEqual(Object.fromEntries(form), {
        grant_type: 'refresh_token',
        refresh_token: 'rt-1',
        client_id: 'client-1',
      })
      assert.equal(headers.get('accept'), 'application/json')
      const next = withCookies(cookie, setCookie)
      assert.equal((await auth.getAccessToken(visit(next))).accessToken, 'at-2')
      assert.equal(refreshes().length, 1)
      await later(HOUR, async () =>
        assert.equal((await auth.getAccessToken(visit(next))).accessToken, 'at-3'),
      )
    })
  })

  test('`minimum` asks for more, at most half of a life', async () => {
    const { auth, cookie, refreshes } = await signIn()
    assert.equal((await auth.getAccessToken(visit(cookie), { minimum: 100_000 })).accessToken, 'at-1')
    await later(HOUR / 2, () => auth.getAccessToken(visit(cookie), { minimum: HOUR / 2 - 10 }))
    assert.equal(refreshes().length, 0)
    await later(HOUR / 2 + 1, () => auth.getAccessToken(visit(cookie), { minimum: 100_000 }))
    assert.equal(refreshes().length, 1)
    for (const minimum of [-1, 0.5, '60', Number.NaN, {}])
      await assert.rejects(auth.getAccessToken(visit(cookie), { minimum }), { code: 'argument_invalid' })
  })

  test('twenty at once ask the provider once; so does a late one with the old cookie', async () => {
    const { auth, cookie, refreshes } = await signIn()
    await later(HOUR, async () => {
      const all = await Promise.all(Array.from({ length: 20 }, () => auth.getAccessToken(visit(cookie))))
      assert.deepEqual([...new Set(all.map(({ accessToken }) => accessToken))], ['at-2'])
      assert.equal(
        new Set(all.map(({ setCookie }) => setCookie[0])).size,
        20,
        'each answer is sealed by itself',
      )
      const late = await later(50, () => auth.getAccessToken(visit(cookie)))
      assert.equal(late.accessToken, 'at-2')
      assert.ok(Math.abs(late.expiresAt - all[0].expiresAt) <= 1, 'its life began when it came')
      assert.equal(refreshes().length, 1)
      await assert.rejects(
        later(70, () => auth.getAccessToken(visit(cookie))),
        { code: 'refresh_refused' },
      )
    })
  })

  test('of two people each gets their own', async () => {
    const { app, auth, cookie } = await signIn()
    const tx = await startSignIn(app, {})
    const response = await auth.callback(makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))
    const other = withCookies('', response.headers.getSetCookie())
    await later(HOUR, async () => {
      assert.equal((await auth.getAccessToken(visit(cookie))).accessToken, 'at-2')
      const same = 'the same refresh token, and another session'
      await assert.rejects(auth.getAccessToken(visit(other)), { code: 'refresh_refused' }, same)
    })
  })

  test('an answer without a refresh token keeps the old one', async () => {
    const { auth, cookie } = await signIn({}, { refresh: () => ({ refresh_token: undefined }) })
    await later(HOUR, async () => {
      const { setCookie } = await auth.getAccessToken(visit(cookie))
      const next = withCookies(cookie, setCookie)
      await assert.rejects(
        later(HOUR, () => auth.getAccessToken(visit(next))),
        { code: 'refresh_refused' },
      )
    })
  })

  test('what passes keeps the token that still lives, and later says so', async () => {
    for (const [answer, code] of [
      [() => json('{}', { status: 503 }), 'token_status'],
      [() => json('{}', { status: 429 }), 'token_status'],
      [() => Promise.reject(new Error('down')), 'token_network'],
      [() => json('no json'), 'token_json'],
      [() => json({ error: 'invalid_client' }, { status: 401 }), 'token_invalid_client'],
    ]) {
      const { app, auth, cookie } = await signIn({}, { refresh: answer })
      const soon = await later(HOUR - 30, () => auth.getAccessToken(visit(cookie)))
      assert.deepEqual([soon.accessToken, soon.setCookie], ['at-1', []])
      const failure = await later(HOUR + 30, () => auth.getAccessToken(visit(cookie)).catch((error) => error))
      assert.deepEqual([failure.code, failure.setCookie], [code, []])
      assert.equal(app.events.at(-1).code, code)
      assert.equal(app.events.at(-1).type, 'session')
    }
  })

  test('a refusal drops the tokens and not the session; not while the old token lives', async () => {
    const refuse = () => json({ error: 'invalid_grant' }, { status: 400 })
    const { auth, cookie } = await signIn({}, { refresh: refuse })
    assert.equal((await later(HOUR - 30, () => auth.getAccessToken(visit(cookie)))).accessToken, 'at-1')
    await later(HOUR, async () => {
      const failure = await auth.getAccessToken(visit(cookie)).catch((error) => error)
      assert.deepEqual([failure.code, failure.setCookie.length], ['refresh_refused', 1])
      assert.ok(failure.setCookie[0].startsWith(`${TOKENS}=; `))
      const next = withCookies(cookie, failure.setCookie)
      assert.notEqual(auth.getSession(visit(next)).session, null)
      await assert.rejects(auth.getAccessToken(visit(next)), { code: 'access_token_missing' })
    })
  })

  test('a provider without refresh tokens, and one that names no end', async () => {
    const none = await signIn({}, { first: { refresh_token: undefined } })
    assert.equal(
      (await later(HOUR - 5, () => none.auth.getAccessToken(visit(none.cookie)))).accessToken,
      'at-1',
    )
    await assert.rejects(
      later(HOUR + 5, () => none.auth.getAccessToken(visit(none.cookie))),
      {
        code: 'access_token_expired',
      },
    )
    const endless = await signIn({}, { first: { refresh_token: undefined, expires_in: undefined } })
    const given = await later(400_000, () => endless.auth.getAccessToken(visit(endless.cookie)))
    assert.deepEqual([given.accessToken, given.expiresAt], ['at-1', null])
  })

  test('nobody, and an app without the option', async () => {
    const { auth } = await signIn()
    await assert.rejects(auth.getAccessToken(visit('')), { code: 'session_missing' })
    const without = await signIn({ session: true })
    await assert.rejects(without.auth.getAccessToken(visit(without.cookie)), { code: 'access_token_missing' })
    await assert.rejects(makeApp().auth.getAccessToken(visit('')), { code: 'session_off' })
  })

  test('a key that was rotated opens, and the provider’s metadata names the endpoint', async () => {
    const provider = { clientId: 'client-1', issuer: PROVIDER.issuer, scopes: 'profile' }
    const metadata = {
      issuer: PROVIDER.issuer,
      authorization_endpoint: PROVIDER.authorizationEndpoint,
      token_endpoint: PROVIDER.tokenEndpoint,
    }
    let serial = 0
    const app = makeApp({ session: { tokens: true }, providers: { main: provider } }, ({ url }) =>
      json(
        url.includes('.well-known')
          ? metadata
          : { access_token: `at-${++serial}`, token_type: 'bearer', expires_in: HOUR, refresh_token: 'rt' },
      ),
    )
    await app.auth.ready()
    const tx = await startSignIn(app, {})
    const response = await app.auth.callback(makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))
    const cookie = withCookies('', response.headers.getSetCookie())
    assert.equal((await later(HOUR, () => app.auth.getAccessToken(visit(cookie)))).accessToken, 'at-2')
  })
})

describe('session.lock', () => {
  /** A store that two instances share: it runs what is asked for with a key once. */
  const makeStore = () => {
    const texts = new Map()
    return (key, renew) => {
      if (!texts.has(key)) texts.set(key, renew())
      return texts.get(key)
    }
  }

  test('two instances renew once, and both have the new tokens', async () => {
    const lock = makeStore()
    const { app, auth, cookie, refreshes } = await signIn({ session: { tokens: true, lock } })
    const other = createAuth({
      origin: ORIGIN,
      secret: SECRET,
      session: { tokens: true, lock },
      providers: { main: PROVIDER },
      fetch: () => assert.fail('the other instance has asked'),
    })
    await later(HOUR, async () => {
      const both = await Promise.all([auth, other].map((one) => one.getAccessToken(visit(cookie))))
      assert.deepEqual(
        both.map(({ accessToken }) => accessToken),
        ['at-2', 'at-2'],
      )
      assert.equal(refreshes().length, 1)
    })
    assert.deepEqual(
      app.events.filter(({ ok }) => !ok),
      [],
    )
  })

  test('is asked for renewals alone', async () => {
    const keys = []
    const lock = (key, renew) => {
      keys.push(key)
      return renew()
    }
    const { clientId, issuer, authorizationEndpoint, tokenEndpoint } = PROVIDER
    const metadata = { issuer, authorization_endpoint: authorizationEndpoint, token_endpoint: tokenEndpoint }
    const options = {
      session: { tokens: true, lock },
      providers: { main: { clientId, issuer, scopes: 'read' } },
    }
    const app = makeApp(options, () => json(metadata))
    assert.ok((await startSignIn(app)).state)
    assert.equal(app.sent.length, 1)
    assert.deepEqual(keys, [])
  })

  test('one that fails, or gives another text, loses nothing', async () => {
    const wrong = [
      () => Promise.reject(new Error('down')),
      () => 'no json',
      () => 'null',
      () => '[]',
      () => '["","200","","",1e999]',
      () => '[0,200,0,0,1]',
      () => 7,
    ]
    for (const lock of wrong) {
      const { auth, cookie } = await signIn({ session: { tokens: true, lock } })
      assert.equal((await later(HOUR - 30, () => auth.getAccessToken(visit(cookie)))).accessToken, 'at-1')
      await assert.rejects(
        later(HOUR, () => auth.getAccessToken(visit(cookie))),
        { code: 'token_network' },
      )
    }
  })

  test('is a function', () => {
    for (const lock of [true, 'x', {}])
      assert.throws(() => makeApp({ session: { lock } }), {
        code: 'config_invalid',
        message: /`session.lock`/,
      })
  })
})

describe('isRevoked', () => {
  test('is asked by all three, and ends the session in the browser', async () => {
    const asked = []
    let revoked = false
    const isRevoked = (session) => {
      asked.push(session)
      return revoked
    }
    const { auth, cookie } = await signIn({ isRevoked })
    assert.equal((await auth.getUser(visit(cookie))).user.provider, 'main')
    assert.equal((await auth.require(visit(cookie))).response, undefined)
    assert.equal((await auth.getAccessToken(visit(cookie))).accessToken, 'at-1')
    assert.deepEqual(asked, Array(3).fill(auth.getSession(visit(cookie)).session))
    revoked = true
    const { user, setCookie } = await auth.getUser(visit(cookie))
    assert.equal(user, null)
    assert.deepEqual(withCookies(cookie, setCookie), '')
    const { response } = await auth.require(visit(cookie))
    assert.deepEqual([response.status, response.headers.getSetCookie().length], [401, 2])
    const failure = await auth.getAccessToken(visit(cookie)).catch((error) => error)
    assert.deepEqual([failure.code, failure.setCookie.length], ['session_missing', 2])
  })

  test('one that forgets to answer lets nobody in', async () => {
    for (const answer of [undefined, null, 0, 'no']) {
      const { auth, cookie } = await signIn({ isRevoked: () => answer })
      const failure = await auth.getUser(visit(cookie)).catch((error) => error)
      assert.deepEqual([failure.code, failure.cause.code], ['session_unavailable', 'argument_invalid'])
    }
  })

  test('one that throws leaves the answer open', async () => {
    const cause = new Error('The store does not answer.')
    const { app, auth, cookie } = await signIn({
      isRevoked: () => {
        throw cause
      },
    })
    const failure = await auth.getUser(visit(cookie)).catch((error) => error)
    assert.deepEqual([failure.code, failure.cause, failure.setCookie], ['session_unavailable', cause, []])
    assert.deepEqual([app.events.at(-1).code, app.events.at(-1).cause], ['session_unavailable', cause])
    const { response } = await auth.require(visit(cookie))
    assert.match(response.headers.get('location'), /error=session_unavailable/)
  })
})

describe('sign-out', () => {
  const out = (auth, cookie, path = '/auth/sign-out?next=/bye') =>
    auth.signOut(makeRequest(path, { method: 'POST', cookie, headers: [['origin', ORIGIN]] }))
  const providers = {
    main: {
      ...PROVIDER,
      revocationEndpoint: 'https://as.example/revoke',
      endSessionEndpoint: 'https://as.example/logout?x=1',
    },
  }

  test('removes both cookies, and revokes the refresh token', async () => {
    const { app, auth, cookie } = await signIn({ providers })
    const response = await out(auth, cookie)
    assert.equal(withCookies(cookie, response.headers.getSetCookie()), '')
    assert.equal(response.headers.get('location'), '/bye#')
    const { url, form } = app.sent.at(-1)
    assert.deepEqual(
      [url, form.get('token'), form.get('token_type_hint')],
      ['https://as.example/revoke', 'rt-1', 'refresh_token'],
    )
  })

  test('what a refresh brought is forgotten', async () => {
    const { auth, cookie, refreshes } = await signIn({ providers })
    await later(HOUR, async () => {
      const { setCookie } = await auth.getAccessToken(visit(cookie))
      await out(auth, withCookies(cookie, setCookie))
      await assert.rejects(auth.getAccessToken(visit(cookie)), { code: 'refresh_refused' })
      assert.equal(refreshes().length, 2)
    })
  })

  test('goes on to the provider’s, and comes back to where the person wanted to go', async () => {
    const { app, auth, cookie } = await signIn({
      providers,
      session: { tokens: true, endProviderSession: true },
    })
    const response = await out(auth, cookie)
    const location = new URL(response.headers.get('location'))
    assert.equal(location.origin + location.pathname, 'https://as.example/logout')
    const { state, ...rest } = Object.fromEntries(location.searchParams)
    assert.deepEqual(rest, {
      x: '1',
      client_id: 'client-1',
      post_logout_redirect_uri: `${ORIGIN}/auth/sign-out`,
    })
    const back = (asked) => auth.handle(makeRequest(`/auth/sign-out?state=${encodeURIComponent(asked)}`))
    assert.equal((await back(state)).headers.get('location'), '/bye#')
    for (const wrong of ['', 'x', `${state}x`, state.slice(1)]) {
      assert.equal((await back(wrong)).headers.get('location'), '/#')
      assert.equal(app.events.at(-1).code, 'sign_out_state')
    }
    await later(601, async () => assert.equal((await back(state)).headers.get('location'), '/#'))
    const evil = await out(auth, cookie, '/auth/sign-out?next=https://evil.example/')
    const sealed = new URL(evil.headers.get('location')).searchParams
    assert.equal(sealed.get('post_logout_redirect_uri'), `${ORIGIN}/auth/sign-out`)
    assert.equal((await back(sealed.get('state'))).headers.get('location'), '/#')
  })

  test('without the option a GET is none', async () => {
    const { auth } = await signIn({ providers })
    assert.equal((await auth.handle(makeRequest('/auth/sign-out?state=x'))).status, 405)
  })
})
