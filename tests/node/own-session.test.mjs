// A session of Landfall's own: what the app sees, and what nobody else can make.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, test } from 'node:test'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
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
  TOKEN_ANSWER,
  toCookieHeader,
} from './support/app.mjs'

const NAME = '__Host-landfall-session'
const OPENID_PROFILE = { sub: 'u-1', name: 'Ada Łovelace', email: 'ada@example.org', email_verified: true }

const hmac = (key, text) => createHmac('sha256', key).update(text).digest()
const sealKey = hmac(SECRET, 'landfall session 1 seal')
const aadOf = (name, place) => Buffer.from(`landfall session 1\n${name}\n${place}`)

/** Signs somebody in. @returns the app, its response, and the browser's Cookie header */
const signIn = async (options = {}, userinfo = OPENID_PROFILE) => {
  const providers = { main: { ...PROVIDER, userinfoEndpoint: 'https://as.example/me' } }
  const app = makeApp({ session: true, providers, ...options }, ({ url }) =>
    json(url.endsWith('/me') ? userinfo : TOKEN_ANSWER),
  )
  const tx = await startSignIn(app, { next: '/welcome', provider: 'main' })
  const response = await app.auth.callback(makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))
  return { app, auth: app.auth, response, cookie: toCookieHeader(response.headers.getSetCookie()) }
}

const visit = (cookie, path = '/') => makeRequest(path, { cookie })

describe('who is signed in', () => {
  test('the profile, the provider, both times and the data of onSession', async () => {
    const { auth, response, cookie } = await signIn({
      onSession: () => ({ data: { role: 'admin', word: 'é\n"' } }),
    })
    assert.equal(response.headers.get('location'), '/welcome#')
    const { session, setCookie } = auth.getSession(visit(cookie))
    assert.deepEqual(setCookie, [])
    const { created, expires, sid, ...rest } = session
    assert.match(sid, /^[\w-]{16}$/)
    assert.ok(Math.abs(created - Date.now() / 1000) < 5)
    assert.equal(expires, created + 7 * 86400)
    const user = { provider: 'main', ...OPENID_PROFILE, picture: null, username: null, locale: null }
    assert.deepEqual(rest, { user, provider: 'main', data: { role: 'admin', word: 'é\n"' }, verified: true })
  })

  test('without onSession there is one too, and no token is in it', async () => {
    const { auth, cookie } = await signIn({ onSession: undefined })
    assert.equal(auth.getSession(visit(cookie)).session.user.sub, 'u-1')
    assert.ok(cookie.length < 700, cookie)
  })

  test('nobody: no cookie, a stranger’s cookie, another app’s, and one of http', async () => {
    const { auth, cookie } = await signIn()
    const other = (await signIn({ secret: 'another secret of 32 bytes or more, for another app' })).cookie
    for (const header of ['', `${NAME}=1AAAA`, `${NAME}=`, other, cookie.replaceAll('__Host-', '')])
      assert.deepEqual(auth.getSession(visit(header)), { session: null, setCookie: [] }, header)
  })

  test('a cookie of one host is nothing at another', async () => {
    const origin = { trustedHosts: ['*.app.example'] }
    const { auth, cookie } = await signIn()
    const several = createAuth({ origin, secret: SECRET, session: true, providers: { main: PROVIDER } })
    assert.equal(several.getSession(makeRequest('https://a.app.example/', { cookie })).session, null)
    assert.notEqual(auth.getSession(visit(cookie)).session, null)
  })

  test('an app without the option has none, and does not throw', () => {
    const { auth } = makeApp()
    assert.deepEqual(auth.getSession(visit('a=b')), { session: null, setCookie: [] })
  })

  test('an app that is not set up yet has none, and does not throw', () => {
    for (const missing of ['secret', 'origin']) {
      const auth = createAuth({
        origin: ORIGIN,
        secret: SECRET,
        session: true,
        providers: { main: PROVIDER },
        [missing]: undefined,
      })
      assert.deepEqual(auth.getSession(visit('a=b')), { session: null, setCookie: [] })
    }
  })

  test('what is no request is the caller’s mistake', async () => {
    const { auth } = makeApp({ session: true })
    for (const input of [undefined, null, 7, 'https://app.example/', {}]) {
      for (const call of [auth.getSession, auth.updateSession])
        assert.throws(() => call(input, {}), { code: 'argument_invalid' })
      for (const call of [auth.getUser, auth.getAccessToken, auth.require])
        await assert.rejects(call(input, {}), { code: 'argument_invalid' })
    }
  })

  test('a session of nobody in particular is the caller’s mistake', async () => {
    const { auth } = makeApp({ session: true })
    for (const asked of [undefined, {}, { data: 1 }, { user: undefined }])
      assert.throws(() => auth.createSession(visit(''), asked), {
        code: 'argument_invalid',
        message: 'landfall: createSession: `user` must be a profile with `provider` and `sub`.',
      })
  })

  test('a request that is too large is told by its code', async () => {
    const { auth } = makeApp({ session: true })
    const large = visit('a='.padEnd(3 << 20, 'x'))
    assert.throws(() => auth.getSession(large), { code: 'request_too_large' })
    for (const call of [auth.getUser, auth.getAccessToken, auth.require])
      await assert.rejects(call(large), { code: 'request_too_large' })
  })

  test('where there are no random bytes a session is read all the same', async () => {
    const { auth, cookie } = await signIn()
    const draw = crypto.getRandomValues
    crypto.getRandomValues = () => {
      throw new Error('no source')
    }
    try {
      for (let i = 0; i < 20; i++) assert.notEqual(auth.getSession(visit(cookie)).session, null)
    } finally {
      crypto.getRandomValues = draw
    }
  })
})

describe('the seal', () => {
  test('is XChaCha20-Poly1305: another implementation opens it', async () => {
    const { cookie } = await signIn({ onSession: () => ({ data: [1] }) })
    const value = cookie.match(/-session=1.([\w-]+)/)[1]
    const bytes = Buffer.from(value, 'base64url')
    const cipher = xchacha20poly1305(sealKey, bytes.subarray(0, 24), aadOf(NAME, ORIGIN))
    const text = Buffer.from(cipher.decrypt(bytes.subarray(24))).toString()
    assert.match(
      text,
      /^[0-9a-z]+\.[0-9a-z]+\.g\.[\w-]{16}4\.main[0-9a-z]+\.\{"provider":"main","sub":"u-1",.*\}3\.\[1\]$/,
    )
  })

  test('what another implementation seals opens here, and nowhere else', async () => {
    const { auth } = await signIn()
    const hint = hmac(SECRET, 'landfall session 1 hint').toString('base64url')[0]
    const now = Math.floor(Date.now() / 1000).toString(36)
    const user = '{"provider":"main","sub":"u-2"}'
    const seal = (name, place) => {
      const nonce = crypto.getRandomValues(new Uint8Array(24))
      const text = Buffer.from(`${now}.${now}.g.abcdefghijklmnop4.main${user.length.toString(36)}.${user}0.`)
      const sealed = xchacha20poly1305(sealKey, nonce, aadOf(name, place)).encrypt(text)
      return `${NAME}=1${hint}${Buffer.concat([nonce, sealed]).toString('base64url')}`
    }
    assert.equal(auth.getSession(visit(seal(NAME, ORIGIN))).session.user.sub, 'u-2')
    assert.equal(auth.getSession(visit(seal('landfall-session', ORIGIN))).session, null)
    assert.equal(auth.getSession(visit(seal(NAME, 'https://app.example.evil'))).session, null)
  })

  test('two sign-ins of one person share no nonce and no text', async () => {
    const values = await Promise.all(
      [signIn(), signIn()].map(async (one) => (await one).cookie.split('-session=')[1]),
    )
    assert.notEqual(values[0].slice(0, 34), values[1].slice(0, 34))
    for (let i = 2; i + 12 < values[0].length; i++) assert.ok(!values[1].includes(values[0].slice(i, i + 12)))
  })
})

describe('updateSession', () => {
  test('replaces the data, and keeps the rest', async () => {
    const { auth, cookie } = await signIn({ onSession: () => ({ data: { a: 1 } }) })
    const { session, setCookie } = auth.updateSession(visit(cookie), { b: [null, 'ü'] })
    assert.deepEqual(session.data, { b: [null, 'ü'] })
    const again = auth.getSession(visit(toCookieHeader(setCookie))).session
    assert.deepEqual(again, session)
    assert.deepEqual(auth.updateSession(visit(''), {}), { session: null, setCookie: [] })
  })

  test('refuses what JSON cannot hold, and what no cookie can', async () => {
    const { auth, cookie } = await signIn()
    const loop = {}
    loop.self = loop
    for (const data of [undefined, () => {}, Symbol('x'), 1n, loop])
      assert.throws(() => auth.updateSession(visit(cookie), data), {
        code: 'argument_invalid',
        message: /`data`/,
      })
    assert.throws(() => auth.updateSession(visit(cookie), 'x'.repeat(6000)), { code: 'session_too_large' })
    assert.throws(() => makeApp().auth.updateSession(visit(''), 1), { code: 'session_off' })
  })
})

describe('onSession', () => {
  const codeOf = async (options) => {
    const { app, cookie } = await signIn(options)
    return [app.events.at(-1).code, app.events.at(-1).parameter, cookie.includes('-session')]
  }

  test('data without the option `session` is told to the app, and nobody is signed in', async () => {
    const session = { session: undefined, onSession: () => ({ data: 1 }) }
    assert.deepEqual(await codeOf(session), ['session_refused', 'data', false])
  })

  test('data that JSON cannot hold', async () => {
    assert.deepEqual(await codeOf({ onSession: () => ({ data: 1n }) }), ['session_refused', undefined, false])
  })

  test('data that no cookie can hold', async () => {
    const large = { onSession: () => ({ data: 'x'.repeat(9000) }) }
    assert.deepEqual(await codeOf(large), ['session_too_large', undefined, false])
  })

  test('a hook that throws signs nobody in', async () => {
    const refuse = () => {
      throw new Error('not you')
    }
    assert.deepEqual(await codeOf({ onSession: refuse }), ['session_refused', undefined, false])
  })
})

describe('linking', () => {
  /** Signs in once more, from a browser that is signed in. @param {(cookie: string) => string} between */
  const again = async (between = (cookie) => cookie, site = 'same-origin') => {
    const seen = []
    const { app, auth, cookie } = await signIn({
      onSession: (_, { current }) => {
        seen.push(current)
        return { data: { n: seen.length } }
      },
    })
    const tx = await startSignIn(app, {
      provider: 'main',
      cookie,
      headers: site ? [['sec-fetch-site', site]] : [],
    })
    const back = makeRequest(callbackUrl(tx.state), { cookie: `${between(cookie)}; ${tx.cookie}` })
    const response = await auth.callback(back)
    assert.equal(response.headers.get('location'), '/dashboard#')
    return { seen, session: auth.getSession(visit(cookie)).session, auth, tx }
  }

  test('onSession gets the session that started the sign-in', async () => {
    const { seen, session } = await again()
    assert.deepEqual(seen, [null, session])
  })

  test('not one that ended, or that began in the meantime', async () => {
    assert.deepEqual((await again(() => 'a=b')).seen, [null, null])
    const other = await signIn()
    assert.deepEqual((await again(() => other.cookie)).seen, [null, null])
  })

  test('not one that another site started, or nobody knows who', async () => {
    for (const site of ['cross-site', 'same-site', 'none', ''])
      assert.deepEqual((await again(undefined, site)).seen, [null, null], site)
  })

  test('auth.start is the app itself', async () => {
    const { auth, cookie } = await signIn()
    const { setCookie } = auth.start({ provider: 'main', request: makeRequest('/', { cookie }) })
    const { sid } = auth.getSession(visit(cookie)).session
    assert.ok(setCookie[0].split(';')[0].endsWith(`.${sid}`))
  })

  test('the cookie of a sign-in says which session started it, and nobody can change that', async () => {
    const { tx, session, auth } = await again()
    assert.ok(tx.value.endsWith(`.${session.sid}`))
    const changed = tx.cookie.replace(session.sid, 'A'.repeat(16))
    const response = await auth.callback(makeRequest(callbackUrl(tx.state), { cookie: changed }))
    assert.match(response.headers.get('location'), /error=transaction_invalid/)
    const longer = `${tx.cookie}.AAAA`
    const refused = await auth.callback(makeRequest(callbackUrl(tx.state), { cookie: longer }))
    assert.match(refused.headers.get('location'), /error=transaction_invalid/)
  })
})

describe('require', () => {
  const page = (path, cookie = '') => makeRequest(path, { cookie, headers: [['sec-fetch-mode', 'navigate']] })

  test('gives the session, or a response', async () => {
    const { auth, cookie } = await signIn()
    const inside = await auth.require(page('/account', cookie))
    assert.equal(inside.session.user.sub, 'u-1')
    assert.equal(inside.response, undefined)
    const { response, session } = await auth.require(page('/account?tab=1'))
    assert.equal(session, undefined)
    assert.equal(response.status, 303)
    assert.equal(response.headers.get('location'), '/auth/sign-in?next=%2Faccount%3Ftab%3D1#')
    const script = (await auth.require(makeRequest('/api'))).response
    assert.deepEqual([script.status, await script.json()], [401, { error: 'session_missing' }])
  })

  test('the way through the sign-in leads back to the page', async () => {
    const { auth, app } = await signIn()
    const { response } = await auth.require(page('/account?tab=1'))
    const start = await auth.handle(makeRequest(response.headers.get('location')))
    const state = new URL(start.headers.get('location')).searchParams.get('state')
    const cookie = toCookieHeader(start.headers.getSetCookie())
    const back = await auth.callback(makeRequest(callbackUrl(state), { cookie }))
    assert.equal(back.headers.get('location'), '/account?tab=1#', app.events.at(-1).code)
  })

  test('a form of another site is refused although the person is signed in', async () => {
    const { auth, cookie } = await signIn()
    const post = (origin) =>
      makeRequest('/account', { method: 'POST', cookie, headers: [['origin', origin]] })
    assert.equal((await auth.require(post('https://evil.example'))).response.status, 403)
    assert.equal((await auth.require(post(ORIGIN))).response, undefined)
  })

  test('without the option it throws', async () => {
    await assert.rejects(makeApp().auth.require(page('/')), { code: 'session_off' })
  })
})

describe('through Supabase', () => {
  const auth = createAuth({
    origin: ORIGIN,
    supabase: { url: 'https://abc.supabase.co', key: 'sb_publishable_key' },
  })
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    sub: 'u-9',
    email: 'a@b.c',
    app_metadata: { provider: 'github' },
    user_metadata: { email_verified: true },
  }
  const tokens = { access_token: `${part({})}.${part(claims)}.AA`, refresh_token: 'r', expires_at: 1 }
  const cookieOf = (session) => `sb-abc-auth-token=base64-${part(session)}`

  test('the same shape, not verified, and without times', () => {
    const user = {
      id: 'u-9',
      email: 'a@b.c',
      email_confirmed_at: '2026-01-01',
      app_metadata: { provider: 'github' },
      user_metadata: { full_name: 'Ada', avatar_url: 'https://a.example/a.png', user_name: 'ada' },
    }
    const { session } = auth.getSession(visit(cookieOf({ ...tokens, user })))
    assert.deepEqual(session, {
      user: {
        provider: 'github',
        sub: 'u-9',
        name: 'Ada',
        email: 'a@b.c',
        email_verified: true,
        picture: 'https://a.example/a.png',
        username: 'ada',
        locale: null,
      },
      provider: 'github',
      sid: null,
      created: null,
      expires: null,
      data: null,
      verified: false,
    })
  })

  test('tokens without a user: the access token names the person, and verifies no address', () => {
    const { session } = auth.getSession(visit(cookieOf(tokens)))
    assert.deepEqual(
      [session.user.sub, session.user.email, session.user.email_verified, session.provider],
      ['u-9', 'a@b.c', false, 'github'],
    )
  })

  test('damaged cookies are none, and are removed', () => {
    const { session, setCookie } = auth.getSession(visit('sb-abc-auth-token=base64-!!'))
    assert.equal(session, null)
    assert.match(setCookie[0], /^sb-abc-auth-token=; Path=\/; Max-Age=0;/)
  })

  test('its own session of a direct provider comes first', async () => {
    const supabase = { url: 'https://abc.supabase.co', key: 'sb_publishable_key' }
    const { auth, cookie } = await signIn({ supabase })
    assert.equal(auth.getSession(visit(`${cookieOf(tokens)}; ${cookie}`)).session.user.sub, 'u-1')
  })
})

test('signing out ends it', async () => {
  const { auth, cookie } = await signIn()
  const headers = [['origin', ORIGIN]]
  const out = await auth.signOut(makeRequest('/auth/sign-out', { method: 'POST', cookie, headers }))
  assert.ok(out.headers.getSetCookie().some((line) => line.startsWith(`${NAME}=; Path=/; Max-Age=0;`)))
})

test('the route for pages answers JSON, through handle and through nothing else', async () => {
  const { auth, cookie, app } = await signIn()
  const count = app.events.length
  const response = await auth.handle(visit(cookie, '/auth/session'))
  assert.equal((await response.json()).user.sub, 'u-1')
  assert.match(response.headers.get('cache-control'), /no-store/)
  assert.equal(await (await auth.handle(visit('', '/auth/session'))).json(), null)
  assert.equal(app.events.length, count, 'no event')
  assert.equal(makeApp().auth.handle(visit(cookie, '/auth/session')), undefined)
})
