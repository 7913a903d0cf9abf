// start(): a sign-in without a handler, for apps that answer the request themselves.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CookieStore } from '../../stand-ins/cookie-store.mjs'
import { callbackUrl, ISSUER, makeApp, makeRequest, ORIGIN, readStart } from './support/app.mjs'

const finish = (app, tx) => app.auth.callback(makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))

describe('start', () => {
  test('without a request: an address and the cookies for it', async () => {
    const app = makeApp()
    const { url, setCookie } = app.auth.start({ provider: 'main', next: '/welcome' })
    assert.equal(setCookie.length, 1)
    const response = await finish(app, readStart(new URL(url), setCookie))
    assert.equal(response.headers.get('location'), '/welcome#')
    assert.equal(new URL(app.auth.start({}).url).searchParams.get('client_id'), 'client-1')
  })

  test('with a request: old cookies go, and the host is known', async () => {
    const app = makeApp({ origin: undefined })
    const jar = new CookieStore()
    for (let i = 0; i < 8; i++) {
      const cookie = jar.headerFor('http://127.0.0.1:3000')
      const request = makeRequest('http://127.0.0.1:3000/login', { cookie })
      const { url, setCookie } = app.auth.start({ provider: 'main', next: '/', request })
      assert.ok(url.includes(encodeURIComponent('http://127.0.0.1:3000/auth/callback/main')))
      assert.equal(setCookie.length, i < 5 ? 1 : 2)
      for (const line of setCookie) jar.store(line, request.url)
    }
  })

  test('with the headers alone, as a server action has them', () => {
    const app = makeApp({ origin: undefined })
    const started = (headers) => new URL(app.auth.start({ provider: 'main', request: { headers } }).url)
    const { searchParams } = started(new Headers({ host: 'localhost:3000' }))
    assert.equal(searchParams.get('redirect_uri'), 'http://localhost:3000/auth/callback/main')
    assert.throws(() => started(new Headers({ host: 'app.example' })), { code: 'origin_required' })
  })

  test('with a request behind a proxy', () => {
    const app = makeApp({ origin: { trustedHosts: ['app.example'] } })
    const headers = [
      ['x-forwarded-host', 'app.example'],
      ['x-forwarded-proto', 'https'],
    ]
    const request = makeRequest('http://10.0.0.7:8080/login', { headers })
    const { url } = app.auth.start({ provider: 'main', request })
    assert.equal(new URL(url).searchParams.get('redirect_uri'), `${ORIGIN}/auth/callback/main`)
  })

  test('with cookies that a framework sets: Next.js encodes the values', async () => {
    const app = makeApp()
    const next = '/a%20b?c=1,2;3#d/e'
    const { url, setCookie } = app.auth.start({ provider: 'main', next })
    const { state, cookie } = readStart(new URL(url), setCookie)
    const [, name, value] = /^([^=]+)=(.*)$/.exec(cookie)
    const encoded = `${name}=${encodeURIComponent(value)}`
    const response = await app.auth.callback(makeRequest(callbackUrl(state), { cookie: encoded }))
    assert.equal(response.headers.get('location'), next)
  })

  test('passes on what is documented alone: no other redirect_to from a caller’s object', () => {
    const supabase = { url: 'https://abc.supabase.co', key: 'k' }
    const { auth } = makeApp({ providers: undefined, supabase })
    const asked = JSON.parse(
      '{"provider":"github","redirectTo":"https://evil.example/","redirect_to":"x","state":"y"}',
    )
    const { searchParams } = new URL(auth.start(asked).url)
    assert.match(
      searchParams.get('redirect_to'),
      /^https:\/\/app\.example\/auth\/callback\?sb_flow_id=[\w-]+$/,
    )
    assert.deepEqual(
      [...searchParams.keys()],
      ['provider', 'redirect_to', 'code_challenge', 'code_challenge_method'],
    )
  })

  test('throws a LandfallError with a code', () => {
    const issuerOnly = { providers: { main: { clientId: 'x', issuer: ISSUER } } }
    const table = [
      [{}, { provider: 'nobody' }, 'provider_unknown'],
      [{ origin: undefined }, { provider: 'main' }, 'origin_required'],
      [issuerOnly, { provider: 'main' }, 'discovery_required'],
    ]
    for (const [options, init, code] of table)
      assert.throws(() => makeApp(options).auth.start(init), { name: 'LandfallError', code })
  })
})
