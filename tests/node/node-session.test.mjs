// Who is signed in, asked with Node's own request and response.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { getSession, requireSession, toNodeHandler } from '../../dist/node.js'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { makeApp, makeRequest, SECRET } from './support/app.mjs'

const user = { provider: 'password', sub: '7', name: 'Ada' }

describe('landfall/node', () => {
  let server
  let auth
  let origin
  let cookie
  before(async () => {
    server = createServer(async (request, response) => {
      response.setHeader('set-cookie', 'mine=1')
      if (request.url === '/account') {
        const session = await requireSession(auth, request, response)
        if (session) response.end(session.user.name)
      } else response.end(String(getSession(auth, request, response)?.user.sub))
    })
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${server.address().port}`
    ;({ auth } = makeApp({ origin, secret: SECRET, session: { idle: 1000 } }))
    cookie = auth.createSession(makeRequest(`${origin}/`), { user }).setCookie[0].split(';')[0]
  })
  after(() => server.close())

  const visit = (path, headers = {}, method = 'GET') =>
    fetch(origin + path, { method, headers, redirect: 'manual' })

  test('getSession: somebody, or null', async () => {
    assert.equal(await (await visit('/')).text(), 'undefined')
    const known = await visit('/', { cookie })
    assert.equal(await known.text(), '7')
    assert.deepEqual(known.headers.getSetCookie(), ['mine=1'])
  })

  test('the cookies that renew a session come beside those of the app', async () => {
    const clock = Date.now
    Date.now = () => clock() + 200_000
    try {
      for (const path of ['/', '/account']) {
        const lines = (await visit(path, { cookie })).headers.getSetCookie()
        assert.equal(lines.length, 2, path)
        assert.equal(lines[0], 'mine=1')
        assert.match(lines[1], /^landfall-session=1/)
      }
    } finally {
      Date.now = clock
    }
  })

  test('requireSession: the page, a way to sign in, a 401, a 403', async () => {
    assert.equal(await (await visit('/account', { cookie })).text(), 'Ada')
    const page = await new BrowserJar().fetch(`${origin}/account`, { redirect: 'manual' })
    assert.deepEqual([page.status, page.headers.get('location')], [303, '/auth/sign-in?next=%2Faccount#'])
    const script = await visit('/account')
    assert.deepEqual([script.status, await script.json()], [401, { error: 'session_missing' }])
    const foreign = await visit('/account', { cookie, origin: 'https://evil.example' }, 'POST')
    assert.equal(foreign.status, 403)
  })

  test('what is no request, no response or no auth is named', async () => {
    const request = { headers: {}, method: 'GET', url: '/' }
    const response = { setHeader() {}, getHeader() {}, statusCode: 200 }
    for (const call of [async (...given) => getSession(...given), requireSession]) {
      for (const other of [undefined, null, 7, {}, makeRequest('/')])
        await assert.rejects(call(auth, other, response), { code: 'argument_invalid', message: /`request`/ })
      for (const other of [undefined, null, 7, {}, new Response()])
        await assert.rejects(call(auth, request, other), { code: 'argument_invalid', message: /`response`/ })
      await assert.rejects(call(toNodeHandler(auth), request, response), {
        code: 'argument_invalid',
        message: /`auth`/,
      })
    }
  })
})
