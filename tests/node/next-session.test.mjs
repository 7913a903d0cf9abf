// `landfall/next` beside a stand-in for Next's modules: what it refuses, and what it does where cookies can be set and where not.
import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { ISSUER, makeApp, makeRequest, toCookieHeader } from './support/app.mjs'
import { asNextRequest, now } from './support/next-stand-in.mjs'
import { oddValues } from './support/odd-values.mjs'

const { getSession, getUser, protect, signIn } = await import('../../dist/next.js')

const user = { provider: 'password', sub: '7' }
const IDLE = 1000
const RENEWED = { name: '__Host-landfall-session', maxAge: IDLE }

/** Somebody who signed in some time ago, so that the session is renewed. */
const signInAgo = (options = {}) => {
  const app = makeApp({ session: { idle: IDLE }, ...options })
  const clock = Date.now
  Date.now = () => clock() - 200_000
  try {
    const { setCookie } = app.auth.createSession(makeRequest('/'), { user })
    return { ...app, cookie: toCookieHeader(setCookie) }
  } finally {
    Date.now = clock
  }
}
const visit = (cookie, isComponent = false) =>
  Object.assign(now, { request: makeRequest('/', { cookie }), isComponent, set: [] })
const kept = () => now.set.map(({ name, maxAge }) => ({ name, maxAge }))

beforeEach(() => visit(''))

describe('getUser', () => {
  test('sets the cookies that keep the session, with their lifetime', async () => {
    const { auth, cookie } = signInAgo()
    visit(cookie)
    assert.equal((await getUser(auth)).sub, '7')
    assert.deepEqual(kept(), [RENEWED])
  })

  test('sets none where that throws, and says who it is', async () => {
    const { auth, cookie } = signInAgo()
    visit(cookie, true)
    assert.equal((await getUser(auth)).sub, '7')
    assert.deepEqual(kept(), [])
  })

  test('asks isRevoked: nobody, and the cookie goes; an error keeps it', async () => {
    const ended = signInAgo({ isRevoked: () => true })
    visit(ended.cookie)
    assert.equal(await getUser(ended.auth), null)
    assert.deepEqual(
      now.set.map(({ name, value, maxAge }) => ({ name, value, maxAge })),
      [{ name: '__Host-landfall-session', value: '', maxAge: 0 }],
    )
    for (const isComponent of [false, true]) {
      const down = signInAgo({ isRevoked: () => Promise.reject(new Error('down')) })
      visit(down.cookie, isComponent)
      await assert.rejects(getUser(down.auth), { code: 'session_unavailable' })
      assert.deepEqual(kept(), [])
    }
  })

  test('what the request throws reaches the caller as it is', async () => {
    for (const thrown of [
      new Error('dynamic'),
      undefined,
      null,
      'text',
      { setCookie: 7 },
      { setCookie: 'x=1' },
    ]) {
      const headers = {
        get() {
          throw thrown
        },
      }
      now.request = /** @type {any} */ ({ headers })
      const caught = await getUser(makeApp({ session: true }).auth).then(
        () => assert.fail('it has to throw'),
        (error) => ({ error }),
      )
      assert.equal(caught.error, thrown)
      assert.deepEqual(kept(), [])
    }
  })

  test('the cookies that an error brings are set', async () => {
    const thrown = Object.assign(new Error('ended'), { setCookie: ['a=1; Max-Age=7', 'b=2'] })
    const headers = {
      get() {
        throw thrown
      },
    }
    now.request = /** @type {any} */ ({ headers })
    await assert.rejects(getUser(makeApp({ session: true }).auth), (error) => error === thrown)
    assert.deepEqual(kept(), [
      { name: 'a', maxAge: 7 },
      { name: 'b', maxAge: undefined },
    ])
  })

  test('nobody, and an app without sessions', async () => {
    assert.equal(await getUser(makeApp({ session: true }).auth), null)
    await assert.rejects(getUser(makeApp().auth), { code: 'session_off' })
  })
})

describe('the result of createAuth', () => {
  const FUNCTIONS = { getSession, getUser, signIn, protect: (auth) => protect(auth, () => true) }
  for (const [name, run] of Object.entries(FUNCTIONS))
    test(`${name} takes nothing else, also no part of it`, async () => {
      const { auth } = makeApp({ session: true })
      const parts = ['handle', 'getUser', 'require', 'getSession', 'start', 'getAccessToken'].map((left) => {
        const { [left]: _, ...rest } = auth
        return rest
      })
      const wrapped = { ...auth, getUser: (input) => auth.getUser(input) }
      const odd = Object.entries(oddValues()).filter(([kind]) => kind !== 'a proxy that throws')
      const others = [undefined, null, {}, [auth], ...parts, wrapped, ...odd.map(([, value]) => value)]
      for (const other of others)
        await assert.rejects(async () => run(other), {
          code: 'argument_invalid',
          message: `landfall: ${name}: \`auth\` must be the result of createAuth.`,
        })
      for (const same of [{ ...auth }, Object.freeze({ ...auth }), Object.create(auth), new Proxy(auth, {})])
        await Promise.resolve(run(same)).catch(({ message }) => assert.equal(message, 'NEXT_REDIRECT'))
    })
})

describe('signIn', () => {
  test('sets the cookies of the sign-in, and redirects to the provider', async () => {
    const { auth } = makeApp()
    const caught = await signIn(auth, { provider: 'main', next: '/reports' }).catch((error) => error)
    assert.equal(caught.message, 'NEXT_REDIRECT')
    assert.ok(caught.url.startsWith(`${ISSUER}/authorize?`), caught.url)
    const state = new URL(caught.url).searchParams.get('state')
    assert.deepEqual(
      now.set.map(({ name }) => name),
      [`__Host-landfall-${state.slice(0, 10)}`],
    )
    await assert.rejects(signIn(auth, /** @type {any} */ ('main')), { code: 'argument_invalid' })
    assert.equal(now.set.length, 1)
  })
})

describe('protect', () => {
  const page = (cookie) => asNextRequest(makeRequest('/account', { cookie }))

  test('renews the session for what comes after, and for the browser', async () => {
    const { auth, cookie } = signInAgo()
    for (const isProtected of [true, false]) {
      const request = page(cookie)
      const response = await protect(auth, async () => isProtected)(request)
      assert.deepEqual(request.cookies.names(), ['__Host-landfall-session'])
      assert.match(response.headers.getSetCookie()[0], /^__Host-landfall-session=1.*; Max-Age=1000;/)
      assert.ok(response.headers.has('x-next'))
    }
  })

  test('who is not signed in goes to the sign-in, and nothing comes after', async () => {
    const { auth } = signInAgo()
    const request = asNextRequest(makeRequest('/account', { headers: [['sec-fetch-mode', 'navigate']] }))
    const response = await protect(auth, () => true)(request)
    assert.equal(response.status, 303)
    assert.match(response.headers.get('location'), /\/auth\/sign-in\?next=%2Faccount#:~:$/)
    assert.deepEqual(request.cookies.names(), [])
  })

  test('takes a function that says which pages are protected', () => {
    for (const isProtected of [undefined, '/account', /account/])
      assert.throws(() => protect(makeApp({ session: true }).auth, /** @type {any} */ (isProtected)), {
        code: 'argument_invalid',
        message: 'landfall: protect: `isProtected` must be a function.',
      })
  })

  test('a forgotten `return` opens no page', async () => {
    const { auth } = signInAgo()
    for (const [kind, answer] of Object.entries({
      ...oddValues(),
      nothing: undefined,
      null: null,
      text: 'no',
    })) {
      if (answer === true || /a promise|that throws/.test(kind)) continue
      const asking = protect(auth, () => /** @type {any} */ (answer))(page(''))
      await assert.rejects(asking, {
        code: 'argument_invalid',
        message: 'landfall: isProtected: `its result` must be true or false.',
      })
    }
    const thrown = new Error('mine')
    const asking = protect(auth, () => Promise.reject(thrown))(page(''))
    await assert.rejects(asking, (error) => error === thrown)
  })

  test('takes a request of Next’s, and nothing else', async () => {
    const { auth } = signInAgo()
    const guard = protect(auth, () => false)
    await assert.rejects(guard(makeRequest('/account')), {
      code: 'argument_invalid',
      message: 'landfall: protect: `request` must be a NextRequest.',
    })
    for (const [kind, value] of Object.entries(oddValues()))
      if (kind !== 'a proxy that throws')
        await assert.rejects(guard(/** @type {any} */ (value)), { code: 'argument_invalid' }, kind)
    assert.equal((await guard(Object.freeze(page('')))).status, 200)
  })
})
