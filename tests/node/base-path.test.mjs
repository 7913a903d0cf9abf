// An app below a path, as `basePath` of Next.js and `paths.base` of SvelteKit place it: what people see has the path, and a request
// that the framework has taken it from is the same request.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeApp, makeRequest, ORIGIN, startSignIn } from './support/app.mjs'

const BASE = '/shop'
const SUPABASE = { url: 'https://abc.supabase.co', key: 'anon' }
const ERROR = `${BASE}/auth/auth-code-error`
const locationOf = (response) => response.headers.get('location')
const callback = (state) => `/auth/callback/main?code=c&state=${state}&iss=https%3A%2F%2Fas.example`

describe('an app below a path', () => {
  /** What a request is to a framework that keeps the path, and to one that takes it away. */
  const hosts = { 'the framework keeps the path': BASE, 'the framework takes it away': '' }
  for (const [name, before] of Object.entries(hosts)) {
    describe(name, () => {
      for (const next of ['/account?a=b', `${BASE}/account?a=b`])
        test(`a sign-in to ${next}`, async () => {
          const app = makeApp({ basePath: BASE })
          const query = new URLSearchParams({ provider: 'main', next })
          const start = await app.auth.handle(makeRequest(`${before}/auth/sign-in?${query}`))
          const { searchParams } = new URL(locationOf(start))
          assert.equal(searchParams.get('redirect_uri'), `${ORIGIN}${BASE}/auth/callback/main`)
          const cookie = start.headers
            .getSetCookie()
            .map((line) => line.split(';')[0])
            .join('; ')
          const back = await app.auth.handle(
            makeRequest(before + callback(searchParams.get('state')), { cookie }),
          )
          assert.deepEqual([back.status, locationOf(back)], [303, `${BASE}/account?a=b#`])
          assert.equal(app.sent.at(-1).form.get('redirect_uri'), `${ORIGIN}${BASE}/auth/callback/main`)
        })

      test('a failure leads to the error page below the path, which starts again there', async () => {
        const { auth } = makeApp({ basePath: BASE })
        const failed = await auth.handle(makeRequest(`${before}/auth/sign-in?provider=nobody&next=/a`))
        assert.equal(locationOf(failed), `${ERROR}?error=provider_unknown&next=%2Fshop%2Fa#`)
        const query = '?error=access_denied&provider=main&next=/a'
        const page = await (await auth.handle(makeRequest(`${before}/auth/auth-code-error${query}`))).text()
        const links = [...page.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href)
        assert.deepEqual(links, [`${BASE}/auth/sign-in?provider=main&#38;next=%2Fshop%2Fa`, BASE])
      })

      test('a sign-out', async () => {
        const { auth } = makeApp({ basePath: BASE })
        const out = (path) =>
          auth.handle(
            makeRequest(`${before}/auth/sign-out${path}`, { method: 'POST', headers: [['origin', ORIGIN]] }),
          )
        assert.equal(locationOf(await out('')), `${BASE}#`)
        assert.equal(locationOf(await out('?next=/bye')), `${BASE}/bye#`)
      })
    })
  }

  test('no `next` leads to a route, with the path or without it', async () => {
    for (const next of [
      '/auth/sign-in',
      '/shop/auth/sign-out',
      '/auth/callback/main',
      '/shop/AUTH/confirm/',
    ]) {
      const { auth } = makeApp({ basePath: BASE, supabase: SUPABASE })
      const failed = await auth.handle(makeRequest(`/auth/sign-in?provider=no!&next=${next}`))
      assert.equal(locationOf(failed), `${ERROR}?error=provider_unknown#`, next)
    }
  })

  test('a hook leads to a page below the path, and to any other site', async () => {
    for (const [redirect, location] of [
      ['/welcome', '/shop/welcome#'],
      ['https://other.example/a', 'https://other.example/a#'],
    ]) {
      const app = makeApp({ basePath: BASE, onSession: () => ({ redirect }) })
      const { state, cookie } = await startSignIn(app)
      const back = await app.auth.callback(makeRequest(BASE + callback(state), { cookie }))
      assert.equal(locationOf(back), location)
    }
  })

  test('through Supabase, its callback and its e-mail links are below the path', async () => {
    const { auth } = makeApp({ basePath: BASE, supabase: SUPABASE, providers: undefined })
    const { url } = auth.start({ provider: 'github', next: '/a' })
    const redirectTo = new URL(new URL(url).searchParams.get('redirect_to'))
    assert.equal(redirectTo.origin + redirectTo.pathname, `${ORIGIN}${BASE}/auth/callback`)
    const link = '/shop/auth/confirm?token_hash=abc&type=email&next=/b'
    const page = await (await auth.handle(makeRequest(link))).text()
    assert.ok(page.includes(`action="${BASE}/auth/confirm"`) && page.includes('value="/shop/b"'), page)
  })

  test('the last answer, when the core fails, knows the path', async () => {
    const { auth } = makeApp({ basePath: BASE, fetch: undefined })
    const url = `${ORIGIN}/shop/auth/sign-in?${'x'.repeat(10_000_000)}`
    const answer = await auth.signIn({
      url,
      method: 'GET',
      headers: new Headers(),
      body: null,
      bodyUsed: false,
    })
    assert.match(locationOf(answer), /^\/shop\/auth\/auth-code-error\?error=\w+#$/)
  })

  test('an origin with a path is refused, with the option for the path', () => {
    assert.throws(() => makeApp({ origin: `${ORIGIN}/shop` }).auth.check(), {
      code: 'config_invalid',
      message:
        "landfall: createAuth: `origin` must be an origin, without a path; did you mean `basePath: '/shop'`?",
    })
  })
})
