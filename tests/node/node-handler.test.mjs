// landfall/node in front of node:http: the same answers as the handlers themselves give, and manners among other middleware.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { toNodeHandler } from '../../dist/node.js'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { startOAuthProvider } from '../../stand-ins/oauth-provider.mjs'
import { callbackUrl, makeApp, makeRequest, ORIGIN, startSignIn } from './support/app.mjs'
import { ask, serve } from './support/node-servers.mjs'

const HOST = new URL(ORIGIN).host
const SIGN_IN = '/auth/sign-in?provider=main&next=/welcome'

test('a whole sign-in, over sockets from end to end', async (t) => {
  const provider = await startOAuthProvider()
  t.after(() => provider.close())
  const sessions = []
  const listener = toNodeHandler(
    makeApp(
      {
        origin: undefined,
        providers: {
          main: {
            clientId: 'demo-client',
            clientSecret: 'demo-secret',
            authorizationEndpoint: `${provider.origin}/site/oauth2/authorize`,
            tokenEndpoint: `${provider.origin}/site/oauth2/access_token`,
            revocationEndpoint: `${provider.origin}/site/oauth2/revoke`,
          },
        },
        onSession: (session) => {
          sessions.push(session)
          return { headers: { 'set-cookie': 'app-session=1; Path=/' } }
        },
        onSignOut: () => ({ provider: 'main', token: sessions[0].access_token }),
      },
      ({ url, init }) => fetch(url, init),
    ).auth,
  )
  const app = await serve(t, (incoming, outgoing) =>
    listener(incoming, outgoing, () => outgoing.end('The app')),
  )
  const jar = new BrowserJar()
  const page = await jar.fetch(app.origin + SIGN_IN)
  assert.equal(jar.url, `${app.origin}/welcome#`)
  assert.equal(await page.text(), 'The app')
  assert.equal(jar.cookies.get('app-session'), '1')
  assert.equal(sessions.length, 1)
  await jar.fetch(`${app.origin}/auth/sign-out?next=/bye`, { method: 'POST', from: app.origin })
  assert.equal(jar.url, `${app.origin}/bye#`)
  assert.deepEqual(
    provider.requests.map(({ endpoint }) => endpoint),
    ['authorize', 'token', 'revoke'],
  )
})

describe('the answer is that of the handler', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  /** @type {[string, string, any?][]} what is asked; `CALLBACK` stands for the answer of a provider */
  const table = [
    ['a start', SIGN_IN],
    ['a start with a form', SIGN_IN, { method: 'POST' }],
    ['an unknown provider', '/auth/sign-in?provider=nobody&next=/x'],
    ['a callback', 'CALLBACK'],
    ['a callback as a form', '/auth/callback', { method: 'POST', headers: form, body: 'CALLBACK' }],
    ['a callback as JSON', '/auth/callback', { method: 'POST', body: '{}' }],
    ['a callback without anything', '/auth/callback'],
    ['a callback of nobody', callbackUrl('x'.repeat(60))],
    ['a callback that was denied', 'CALLBACK&error=access_denied'],
    ['a callback by PUT', '/auth/callback', { method: 'PUT' }],
    ['HEAD of the callback', 'CALLBACK', { method: 'HEAD' }],
    ['prefetch of the callback', 'CALLBACK', { headers: { 'sec-purpose': 'prefetch' } }],
    ['a query that names no script', '/auth/callback?script'],
    ['the error page', '/auth/auth-code-error?error=provider_access_denied&next=/x'],
    ['HEAD of the error page', '/auth/auth-code-error?error=provider_access_denied', { method: 'HEAD' }],
    ['a sign-out', '/auth/sign-out?next=/bye', { method: 'POST', headers: { origin: ORIGIN } }],
    [
      'a sign-out of another site',
      '/auth/sign-out',
      { method: 'POST', headers: { origin: 'https://evil.example' } },
    ],
    ['a sign-out by GET', '/auth/sign-out'],
    ['a confirm link', '/auth/confirm?token_hash=abc&type=email'],
    ['a page of the app', '/welcome'],
    ['the start page with a code', '/?code=9f1c2d3e-0000-4000-8000-000000000000'],
    ['the start page with something else', '/?page=2'],
    ['nearly a path of ours', '/auth/callback/'],
    ['a path of ours, encoded', '/auth/c%61llback'],
    ['non-ASCII in a query', '/auth/sign-in?provider=main&next=/caf%C3%A9'],
    ['a hook that is not satisfied', 'CALLBACK&scope=refuse'],
  ]
  const options = {
    supabase: { url: 'https://abcd.supabase.co', key: 'anon-key' },
    onSession: (_, { request }) => {
      if (request.url.includes('scope=refuse')) throw new Error('no such account')
      const headers = [
        ['vary', 'Cookie'],
        ['vary', 'Origin'],
        ['x-app', 'yes'],
        ['set-cookie', 'a=1; Path=/'],
        ['set-cookie', 'b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT'],
      ]
      return { headers, redirect: '/first-time' }
    },
  }
  const OF_THE_CONNECTION = ['connection', 'keep-alive', 'date', 'transfer-encoding', 'content-length']

  /** Without what is random or the server's own. @param {{ status: number, headers: Headers, body: string }} answer */
  const normalize = ({ status, headers, body }) => {
    const rest = [...headers].filter(([name]) => !OF_THE_CONNECTION.includes(name))
    const blank = (text) =>
      text.replace(/[\w-]{40,}(\.[\w-]+)*/g, '…').replace(/landfall-[\w-]+=/g, 'landfall-…=')
    return { status, body, headers: rest.map(([name, value]) => [name, blank(value)]) }
  }

  for (const [name, path, init = {}] of table) {
    test(name, async (t) => {
      const app = makeApp(options)
      const tx = await startSignIn(app, { provider: 'main' })
      const callback = callbackUrl(tx.state)
      const target = path.replace('CALLBACK', callback)
      const body = init.body?.replace('CALLBACK', callback.split('?')[1])
      const cookie = `theme=dark; ${tx.cookie}`
      const headers = { host: HOST, cookie, ...init.headers }
      const server = await serve(t, toNodeHandler(app.auth))
      const answer = await ask(server, target, { ...init, body, headers })
      const seen = app.events.splice(1)
      const request = makeRequest(target, {
        ...init,
        body,
        cookie,
        headers: Object.entries(init.headers ?? {}),
      })
      const response = await app.auth.handle(request)
      if (!response) return assert.deepEqual([answer.status, answer.body], [404, 'Not found\n'])
      const { status, headers: wanted } = response
      assert.deepEqual(normalize(answer), normalize({ status, headers: wanted, body: await response.text() }))
      assert.deepEqual(seen, app.events.splice(1))
    })
  }
})

describe('among other middleware', () => {
  test('what is not ours goes on untouched, without next it is a 404', async (t) => {
    const { auth } = makeApp()
    const handler = toNodeHandler(auth)
    const calls = []
    const chained = await serve(t, (incoming, outgoing) =>
      handler(incoming, outgoing, (error) => {
        calls.push([error, outgoing.headersSent, outgoing.getHeaderNames()])
        outgoing.end('next')
      }),
    )
    assert.equal((await ask(chained, '/welcome', { method: 'POST', body: 'x' })).body, 'next')
    assert.deepEqual(calls, [[undefined, false, []]])
    const alone = await serve(t, handler)
    assert.equal((await ask(alone, '/welcome')).status, 404)
  })

  test('one handler answers whatever path it is mounted at', async (t) => {
    const app = makeApp()
    for (const [name, method, status] of [
      ['signIn', 'GET', 303],
      ['callback', 'GET', 303],
      ['signOut', 'POST', 303],
      ['error', 'GET', 200],
      ['handle', 'GET', 404],
    ]) {
      const server = await serve(t, toNodeHandler(app.auth[name]))
      assert.equal(
        (await ask(server, '/elsewhere', { method, headers: { host: HOST } })).status,
        status,
        name,
      )
    }
  })

  test('a router cuts the path that it is mounted at off url, and leaves it in originalUrl', async (t) => {
    const handler = toNodeHandler(makeApp().auth)
    const server = await serve(t, (incoming, outgoing) => {
      incoming.originalUrl = incoming.url
      incoming.url = incoming.url.replace('/auth', '')
      return handler(incoming, outgoing)
    })
    assert.equal((await ask(server, SIGN_IN)).status, 303)
    assert.equal((await ask(server, `/auth${SIGN_IN}`)).status, 404)
  })

  test('cookies that were set before stay, each in a line of its own', async (t) => {
    for (const before of [
      'csrf=1; Path=/',
      ['csrf=1; Path=/', 'lang=en; Expires=Wed, 21 Oct 2026 07:28:00 GMT'],
    ]) {
      const handler = toNodeHandler(makeApp().auth)
      const server = await serve(t, (incoming, outgoing) => {
        outgoing.setHeader('Set-Cookie', before)
        outgoing.setHeader('x-before', 'stays')
        return handler(incoming, outgoing)
      })
      const { headers } = await ask(server, SIGN_IN)
      const lines = headers.getSetCookie()
      assert.deepEqual(lines.slice(0, -1), [before].flat())
      assert.match(lines.at(-1), /^__Host-landfall-/)
      assert.equal(headers.get('x-before'), 'stays')
    }
  })
})

test('what is no handler is refused by name', () => {
  for (const target of [undefined, null, {}, 'x', { handle: 1 }])
    assert.throws(() => toNodeHandler(target), { code: 'argument_invalid', message: /toNodeHandler/ })
})
