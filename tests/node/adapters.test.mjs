// The adapters: all routes of an app in the shape of a framework. tests/runtimes has them in the frameworks themselves.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { handlers, proxyHandler } from '../../dist/next/handlers.js'
import { authHandle } from '../../dist/sveltekit.js'
import { makeApp, makeRequest, ORIGIN } from './support/app.mjs'

const INNER = 'http://10.0.0.7:3000'
const SIGN_OUT = { method: 'POST', headers: [['origin', ORIGIN]] }

for (const [name, make] of Object.entries({ handlers, proxyHandler, authHandle }))
  test(`${name} takes the result of createAuth, and names itself where it gets anything else`, () => {
    const { auth } = makeApp()
    assert.ok(make({ ...auth }))
    for (const other of [undefined, null, 'auth', 7, {}, () => {}, { handle: () => {} }, auth.handle])
      assert.throws(() => make(other), {
        code: 'argument_invalid',
        message: `landfall: ${name}: \`auth\` must be the result of createAuth.`,
      })
  })

describe('handlers', () => {
  const { GET, POST } = handlers(makeApp().auth)

  test('answer each route, and 404 to what is none', async () => {
    assert.equal((await GET(makeRequest('/auth/sign-in'))).status, 303)
    assert.equal((await POST(makeRequest('/auth/sign-out', SIGN_OUT))).status, 303)
    for (const [handler, method] of [
      [GET, 'GET'],
      [POST, 'POST'],
    ]) {
      const answer = await handler(makeRequest('/auth/other', { method }))
      assert.deepEqual([answer.status, await answer.text()], [404, 'Not found\n'])
    }
  })
})

describe('proxyHandler', () => {
  const locationOf = async (options, path, init) => {
    const response = await proxyHandler(makeApp(options).auth)(makeRequest(INNER + path, init))
    return response.headers.get('location')
  }

  test('a Location is a complete address of the public origin', async () => {
    const next = encodeURIComponent('/a%20b%25?x="<é>"')
    const left = await locationOf({}, `/auth/sign-out?next=${next}`, SIGN_OUT)
    assert.equal(left, `${ORIGIN}/a%20b%25?x=%22%3C%C3%A9%3E%22#:~:`)
    const failed = await locationOf({}, '/auth/callback/main')
    assert.ok(failed.startsWith(`${ORIGIN}/auth/auth-code-error?error=response_missing`), failed)
  })

  test('of the host that a trusted header names', async () => {
    const trusted = { origin: { trustedHosts: ['shop.example'] } }
    const headers = [
      ['x-forwarded-host', 'shop.example'],
      ['x-forwarded-proto', 'https'],
    ]
    const location = await locationOf(trusted, '/auth/callback/main', { headers })
    assert.ok(location.startsWith('https://shop.example/auth/auth-code-error?'), location)
  })

  test('of the request where the core could not read it', async () => {
    const trusted = { origin: { trustedHosts: ['shop.example'] } }
    const headers = [['cookie', 'x'.repeat(3 << 20)]]
    const location = await locationOf(trusted, '/auth/callback/main', { headers })
    assert.ok(location.startsWith(`${INNER}/auth/auth-code-error?error=request_too_large`), location)
  })

  test('the address of the provider stays what it is, and so does the rest', async () => {
    const { auth } = makeApp()
    const request = () => makeRequest('/auth/sign-in?next=/a')
    const [own, proxied] = [await auth.handle(request()), await proxyHandler(auth)(request())]
    const parts = ({ headers }) => {
      const url = new URL(headers.get('location'))
      return [url.origin, url.pathname, [...url.searchParams.keys()], [...headers.keys()]]
    }
    assert.deepEqual(parts(proxied), parts(own))
    assert.equal(proxied.headers.getSetCookie().length, own.headers.getSetCookie().length)
  })

  test('what is no route passes on', async () => {
    assert.equal(await proxyHandler(makeApp().auth)(makeRequest('/')), undefined)
  })
})

describe('authHandle', () => {
  const handle = authHandle(makeApp().auth)
  const resolved = new Response('the app')

  test('answers each route, and leaves the rest to the app with the same event', async () => {
    const seen = []
    const resolve = (event) => {
      seen.push(event)
      return resolved
    }
    const answer = await handle({ event: { request: makeRequest('/auth/sign-in') }, resolve })
    assert.deepEqual([answer.status, seen], [303, []])
    const event = { request: makeRequest('/'), locals: {} }
    assert.equal(await handle({ event, resolve }), resolved)
    assert.deepEqual(seen, [event])
    assert.equal(event.locals.session, null)
  })
})

describe('authHandle, and who is signed in', () => {
  const user = { provider: 'password', sub: '7' }
  const DAY = 86400

  test('the session is in `locals`, and the response renews it', async () => {
    const { auth } = makeApp({ session: { maxAge: 30 * DAY, idle: 1000 } })
    const { setCookie } = auth.createSession(makeRequest('/'), { user })
    const cookie = setCookie[0].split(';')[0]
    const resolve = async () => Response.json({ fetched: true }, { status: 201, headers: { 'x-app': '1' } })
    const visit = async () => {
      const event = { request: makeRequest('/', { cookie }), locals: { mine: 1 } }
      return { event, response: await authHandle(auth)({ event, resolve }) }
    }
    const { event, response } = await visit()
    assert.equal(event.locals.session.user.sub, '7')
    assert.equal(event.locals.mine, 1)
    assert.deepEqual(response.headers.getSetCookie(), [])
    const clock = Date.now
    Date.now = () => clock() + 200_000
    try {
      const { response } = await visit()
      assert.deepEqual([response.status, response.headers.get('x-app')], [201, '1'])
      assert.match(response.headers.getSetCookie()[0], /^__Host-landfall-session=1/)
      assert.deepEqual(await response.json(), { fetched: true })
    } finally {
      Date.now = clock
    }
  })
})
