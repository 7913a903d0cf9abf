// landfall/node behind nginx with docs/nginx.conf: forwarded headers, and a session that is larger than nginx's own buffers.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { toNodeHandler } from '../../dist/node.js'
import { callbackUrl, makeApp, ORIGIN, readStart, toCookieHeader } from '../node/support/app.mjs'
import { serve } from '../node/support/node-servers.mjs'
import { HOST, startNginx } from './support/nginx.mjs'

const CONFIG = readFileSync(new URL('../../docs/nginx.conf', import.meta.url), 'utf8')
/** nginx as it comes, where a page of memory has 4 kB. */
const UNBUFFERED = CONFIG.replace(/\bproxy_buffers?(_size)? .*/g, '')
  .replace(/\blarge_client_header_buffers .*/, '')
  .replace('location / {', 'location / {\n    proxy_buffer_size 4k;')

const SIGN_IN = '/auth/sign-in?next=/welcome'
const FORGED = {
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'http',
  forwarded: 'host=evil.example;proto=http',
}
/** A browser keeps at most 4 kB in one. */
const COOKIE_BYTES = 3000
const SESSION = ['session.0', 'session.1'].map((name) => `${name}=${'x'.repeat(COOKIE_BYTES)}`)

/** An app behind nginx; other pages of it tell how much of a session they got. */
const serveBehind = async (t, config, options = {}) => {
  const headers = SESSION.map((pair) => ['set-cookie', `${pair}; Path=/; Secure; HttpOnly`])
  const app = makeApp({ onSession: () => ({ headers }), ...options })
  const handle = toNodeHandler(app.auth)
  const page = ({ headers: { cookie = '' } }, outgoing) => outgoing.end(String(cookie.length))
  const { port } = await serve(t, (incoming, outgoing) => {
    handle(incoming, outgoing, () => page(incoming, outgoing))
  })
  const nginx = await startNginx(config, port)
  t.after(nginx.stop)
  return { ...app, ...nginx }
}

/** A sign-in up to the answer to its callback. */
const signIn = async ({ ask }) => {
  const { location, setCookie } = await ask(SIGN_IN)
  const { state, cookie } = readStart(new URL(location), setCookie)
  return ask(callbackUrl(state), { cookie })
}

describe('the address', () => {
  const origins = { 'origin: one': ORIGIN, 'origin: trustedHosts': { trustedHosts: [HOST] } }
  for (const [name, origin] of Object.entries(origins))
    test(`${name}; what a client says about it counts for nothing`, async (t) => {
      const { ask } = await serveBehind(t, CONFIG, { origin })
      for (const headers of [{}, FORGED]) {
        const { status, location } = await ask(SIGN_IN, headers)
        assert.equal(status, 303)
        assert.equal(new URL(location).searchParams.get('redirect_uri'), `${ORIGIN}/auth/callback/main`)
      }
    })

  test('another host than the trusted one', async (t) => {
    const { ask, events } = await serveBehind(t, CONFIG, { origin: { trustedHosts: [HOST] } })
    assert.equal((await ask(SIGN_IN, { host: 'evil.example' })).status, 400)
    assert.equal(events.at(-1).code, 'host_untrusted')
  })
})

describe('a session of 6 kB', () => {
  test('with docs/nginx.conf it arrives, and comes back with the next request', async (t) => {
    const app = await serveBehind(t, CONFIG)
    const { status, location, setCookie } = await signIn(app)
    assert.deepEqual([status, location], [303, '/welcome#'])
    const cookie = toCookieHeader(setCookie)
    for (const pair of SESSION) assert.ok(cookie.includes(pair))
    // As much again of the app's own: more than the 8 kB of a header that nginx takes by itself.
    const headers = { cookie: `${cookie}; own=${'x'.repeat(COOKIE_BYTES)}` }
    assert.equal((await app.ask('/welcome', headers)).body, String(headers.cookie.length))
  })

  test('without its buffers, the answer is a 502 and the log says why', async (t) => {
    const app = await serveBehind(t, UNBUFFERED)
    assert.equal((await signIn(app)).status, 502)
    assert.equal(app.sessions.length, 1)
    assert.match(app.log(), /upstream sent too big header while reading response header from upstream/)
  })

  test('without its buffers, a request of 9 kB of cookies is a 400', async (t) => {
    const { ask } = await serveBehind(t, UNBUFFERED)
    const cookie = [...SESSION, `own=${'x'.repeat(COOKIE_BYTES)}`].join('; ')
    const { status, body } = await ask('/welcome', { cookie })
    assert.equal(status, 400)
    assert.match(body, /Cookie Too Large/)
  })
})
