// What landfall/node makes of a request's body, over HTTP/1, HTTP/2 and TLS, and what the app's hooks get of the request.
import assert from 'node:assert/strict'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { describe, test } from 'node:test'
import { toNodeHandler } from '../../dist/node.js'
import { callbackUrl, makeApp, ORIGIN, PROVIDER, startSignIn } from './support/app.mjs'
import { ask, serve } from './support/node-servers.mjs'

const { host: HOST } = new URL(ORIGIN)
const SIGN_IN = '/auth/sign-in?provider=main&next=/welcome'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const LIMIT = 65_536

/** A sign-in that waits for its form_post. @param {any} [options] */
const makeFormApp = async (options) => {
  const app = makeApp({ providers: { main: { ...PROVIDER, responseMode: 'form_post' } }, ...options })
  const tx = await startSignIn(app)
  const form = callbackUrl(tx.state).split('?')[1]
  return { ...app, form, headers: { host: HOST, cookie: tx.cookie, ...FORM } }
}
const codeOf = ({ events }) => events.at(-1).code
const locationOf = ({ headers }) => headers.get('location')

describe('a form_post body', () => {
  for (const kind of ['http', 'https', 'h2c', 'h2']) {
    test(`is read from the stream, over ${kind}`, async (t) => {
      const { auth, form, headers } = await makeFormApp()
      const server = await serve(t, toNodeHandler(auth), kind)
      const { host, ...rest } = headers
      const named = kind.startsWith('h2') ? { ':authority': host, ...rest } : headers
      const answer = await ask(server, '/auth/callback/main', { method: 'POST', headers: named, body: form })
      assert.equal(locationOf(answer), '/dashboard#')
    })

    test(`over the limit is refused with an answer, over ${kind}`, async (t) => {
      const app = await makeFormApp()
      const server = await serve(t, toNodeHandler(app.auth), kind)
      const { host, ...rest } = app.headers
      const named = kind.startsWith('h2') ? { ':authority': host, ...rest } : app.headers
      const body = Buffer.alloc(4 << 20, 'x')
      const answer = await ask(server, '/auth/callback/main', { method: 'POST', headers: named, body })
      assert.match(locationOf(answer), /error=request_too_large/)
      assert.equal(app.sent.length, 0)
    })
  }

  test('of exactly the limit is read, and one that comes in many pieces', async (t) => {
    const { auth, form, headers } = await makeFormApp()
    const server = await serve(t, toNodeHandler(auth))
    const body = form.padEnd(LIMIT - 1, '&').padEnd(LIMIT, 'x')
    const socket = connect(server.port, '127.0.0.1')
    const lines = Object.entries({ ...headers, 'content-length': LIMIT, connection: 'close' })
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    socket.write(`POST /auth/callback/main HTTP/1.1\r\n${head}\r\n`)
    for (let at = 0; at < LIMIT; at += 4096) {
      socket.write(body.slice(at, at + 4096))
      await new Promise(setImmediate)
    }
    let answer = ''
    for await (const chunk of socket) answer += chunk
    assert.match(answer, /^HTTP\/1.1 303 .*\r\nlocation: \/dashboard#\r\n/s)
  })

  test('over the limit leaves the connection good for the next request', async (t) => {
    const { auth, headers } = await makeFormApp()
    const server = await serve(t, toNodeHandler(auth))
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    t.after(() => agent.destroy())
    const body = Buffer.alloc(4 << 20, 'x')
    for (let i = 0; i < 3; i++) {
      const answer = await ask(server, '/auth/callback/main', { method: 'POST', headers, body, agent })
      assert.match(locationOf(answer), /error=request_too_large/)
    }
    assert.equal((await ask(server, SIGN_IN, { headers, agent })).status, 303)
  })

  test('that breaks off ends in an outcome, and the server goes on', async (t) => {
    const app = await makeFormApp()
    let done
    const server = await serve(t, (incoming, outgoing) => {
      done = toNodeHandler(app.auth)(incoming, outgoing)
    })
    const socket = connect(server.port, '127.0.0.1')
    const lines = Object.entries({ ...app.headers, 'content-length': 100 })
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    socket.write(`POST /auth/callback/main HTTP/1.1\r\n${head}\r\ncode=x`)
    while (!done) await new Promise(setImmediate)
    socket.destroy()
    await done
    assert.equal(codeOf(app), 'internal_error')
    assert.equal((await ask(server, SIGN_IN, { headers: { host: HOST } })).status, 303)
  })

  /** What body parsers leave in `body`, once the stream has been read. */
  const parsers = {
    string: (text) => text,
    Buffer: (text) => Buffer.from(text),
    object: (text) => Object.fromEntries(new URLSearchParams(text)),
    'object without a prototype': (text) =>
      Object.assign(Object.create(null), Object.fromEntries(new URLSearchParams(text))),
  }
  /** @param {any} app @param {any} t @param {string} text @param {(text: string) => unknown} parse */
  const postParsed = async (app, t, text, parse) => {
    const server = await serve(t, async (incoming, outgoing) => {
      const chunks = []
      for await (const chunk of incoming) chunks.push(chunk)
      incoming.body = parse(Buffer.concat(chunks).toString())
      return toNodeHandler(app.auth)(incoming, outgoing)
    })
    return ask(server, '/auth/callback/main', { method: 'POST', headers: app.headers, body: text })
  }
  for (const [name, parse] of Object.entries(parsers)) {
    test(`that was parsed before, to ${name}`, async (t) => {
      const app = await makeFormApp()
      assert.equal(locationOf(await postParsed(app, t, app.form, parse)), '/dashboard#')
      const large = await postParsed(await makeFormApp(), t, `x=${'x'.repeat(LIMIT)}`, parse)
      assert.match(locationOf(large), /error=request_too_large/)
    })
  }

  test('that was parsed before: a parameter that came twice is still refused, and nested ones are none', async (t) => {
    const app = await makeFormApp()
    const twice = (text) => ({ ...parsers.object(text), code: ['abc123', 'abc123'] })
    await postParsed(app, t, app.form, twice)
    assert.equal(codeOf(app), 'param_duplicate')
    const other = await makeFormApp()
    const nested = (text) => ({ ...parsers.object(text), x: { toString: 'x' }, y: [{ z: null }], error: {} })
    assert.equal(locationOf(await postParsed(other, t, other.form, nested)), '/dashboard#')
  })

  test('that was read before and not kept is an empty one', async (t) => {
    const app = await makeFormApp()
    await postParsed(app, t, app.form, () => undefined)
    assert.equal(codeOf(app), 'response_missing')
  })

  test('an object that a parser left without reading is not the body', async (t) => {
    const { auth, form, headers } = await makeFormApp()
    const server = await serve(t, (incoming, outgoing) => {
      incoming.body = {}
      return toNodeHandler(auth)(incoming, outgoing)
    })
    const answer = await ask(server, '/auth/callback/main', { method: 'POST', headers, body: form })
    assert.equal(locationOf(answer), '/dashboard#')
  })
})

describe('hooks', () => {
  const visit = async (t, onSession, kind = 'http') => {
    const app = await makeFormApp({ onSession })
    const server = await serve(t, toNodeHandler(app.auth), kind)
    const headers = { ...app.headers, 'x-twice': ['a', 'b'], cookie: `lang=en; ${app.headers.cookie}` }
    const answer = await ask(server, '/auth/callback/main?x=1', { method: 'POST', headers, body: app.form })
    return { app, answer }
  }

  test('get a Request of their own', async (t) => {
    let seen
    const { answer, app } = await visit(t, (_, context) => {
      seen = [context.request, context.request]
    })
    assert.equal(locationOf(answer), '/dashboard#')
    const [request, again] = seen
    assert.ok(request instanceof Request)
    assert.equal(request, again)
    assert.equal(request.url, `http://${HOST}/auth/callback/main?x=1`)
    assert.equal(request.method, 'POST')
    assert.equal(request.headers.get('x-twice'), 'a, b')
    assert.match(request.headers.get('cookie'), /^lang=en; __Host-landfall-/)
    assert.equal(app.sessions.length, 1)
  })

  test('a sign-out hook may read the form of its request', async (t) => {
    let seen
    const onSignOut = async ({ request }) => {
      seen = await request.formData()
    }
    const app = makeApp({ onSignOut })
    const server = await serve(t, toNodeHandler(app.auth))
    const init = { method: 'POST', headers: { host: HOST, origin: ORIGIN, ...FORM }, body: 'everywhere=yes' }
    assert.equal((await ask(server, '/auth/sign-out', init)).status, 303)
    assert.equal(seen.get('everywhere'), 'yes')
  })

  test('that return what is no header fail cleanly', async (t) => {
    for (const headers of [
      { 'x-a': 'b\r\nset-cookie: evil=1' },
      { 'x\r\na': 'b' },
      { 'set-cookie': 'a=1\n' },
    ]) {
      const { answer, app } = await visit(t, () => ({ headers }))
      assert.match(locationOf(answer), /error=session_refused/)
      assert.ok(answer.headers.getSetCookie().every((line) => !line.startsWith('evil')))
      assert.equal(codeOf(app), 'session_refused')
    }
  })
})
