// What fails in the middle of a request: the app is told of which route, also where the path alone does not say it.
import assert from 'node:assert/strict'
import { afterEach, describe, test } from 'node:test'
import * as OPERATION from '../../dist/generated/messages/operation.js'
import { makeApp, makeRequest, ORIGIN, readStart } from './support/app.mjs'
import { installTraps } from './support/trap.mjs'

const makeSupabaseApp = (answer) =>
  makeApp({ supabase: { url: 'https://abcd.supabase.co', key: 'anon-key' } }, answer)

describe('a form that breaks off in the middle is told with its route', () => {
  for (const [name, path, call] of [
    ['the handler of the route', '/auth/confirm', (auth, request) => auth.confirm(request)],
    ['that handler, mounted at another path', '/elsewhere', (auth, request) => auth.confirm(request)],
    ['handle', '/auth/confirm', (auth, request) => auth.handle(request)],
  ])
    test(name, async () => {
      const app = makeSupabaseApp()
      const body = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) })
      const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: ORIGIN }
      const init = { method: 'POST', headers, body, duplex: 'half' }
      const response = await call(app.auth, new Request(`${ORIGIN}${path}`, init))
      assert.equal(response.headers.get('location'), '/auth/auth-code-error?error=internal_error#')
      const [{ type, code, cause }] = app.events
      assert.deepEqual([type, code, cause.message], ['confirm', 'internal_error', 'gone'])
    })
})

describe('an instance that traps in the middle', () => {
  let traps
  afterEach(() => traps?.restore())

  test('a sign-in that came back to the root of the site is told as a callback', async () => {
    let armed = false
    traps = installTraps((operation) => armed && operation === OPERATION.serve)
    const app = makeSupabaseApp(() => {
      armed = true
      return new Response('{}')
    })
    const started = await app.auth.signIn(makeRequest('/auth/sign-in?provider=github'))
    const { cookie } = readStart(new URL(started.headers.get('location')), started.headers.getSetCookie())
    app.events.length = 0
    const code = '8f14e45f-ceea-467f-a8f1-b1d6c2a3e4f5'
    const response = await app.auth.handle(makeRequest(`/?code=${code}`, { cookie }))
    assert.equal(response.headers.get('location'), '/auth/auth-code-error?error=internal_error#')
    assert.equal(app.sent.length, 1)
    assert.deepEqual(
      app.events.map(({ type, code }) => [type, code]),
      [['callback', 'internal_error']],
    )
  })
})
