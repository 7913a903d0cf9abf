// What landfall/node takes a request's address for: Host, :authority, absolute forms, forwarded headers, TLS.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { toNodeHandler } from '../../dist/node.js'
import { makeApp, ORIGIN } from './support/app.mjs'
import { ask, askRaw, serve } from './support/node-servers.mjs'

const { host: HOST } = new URL(ORIGIN)
const SIGN_IN = '/auth/sign-in?provider=main&next=/welcome'
const NO_ORIGIN = /^(origin_required|host_untrusted)$/
const codeOf = ({ events }) => events.at(-1).code
const locationOf = ({ headers }) => headers.get('location')

describe('a hostile address', () => {
  /** A generic handler that tells the address, and all routes of ours. @param {any} t @param {string} [kind] */
  const serveBoth = async (t, kind) => {
    const app = makeApp({ origin: undefined })
    const ours = await serve(t, toNodeHandler(app.auth), kind)
    const generic = await serve(
      t,
      toNodeHandler(async ({ url }) => new Response(url)),
      kind,
    )
    return { app, ours, generic }
  }

  for (const [target, url] of [
    ['//evil.example/auth/callback', 'http://HOST//evil.example/auth/callback'],
    ['/auth%2fcallback', 'http://HOST/auth%2fcallback'],
    ['http://x?next=/auth/callback', 'http://x/?next=/auth/callback'],
    ['file:///auth/callback', 'http://HOST/file:///auth/callback'],
  ]) {
    test(`${target}: none of our paths, and a path of this server for others`, async (t) => {
      const { ours, generic } = await serveBoth(t)
      assert.equal((await ask(ours, target)).status, 404)
      const { status, body } = await ask(generic, target)
      assert.deepEqual([status, body], [200, url.replace('HOST', `127.0.0.1:${generic.port}`)])
    })
  }

  test('a fragment is none of the path', async (t) => {
    const { app, ours } = await serveBoth(t)
    assert.equal((await ask(ours, '/auth/callback/main#x')).status, 303)
    assert.equal(codeOf(app), 'response_missing')
  })

  test('an absolute form names the host, whatever the Host header says', async (t) => {
    const { app, ours, generic } = await serveBoth(t)
    const target = (path) => `HTTP://localhost:1234${path}`
    const evil = { host: 'evil.example' }
    const { status, headers } = await ask(ours, target(SIGN_IN), { headers: evil })
    assert.equal(status, 303)
    const { searchParams } = new URL(headers.get('location'))
    assert.equal(searchParams.get('redirect_uri'), 'http://localhost:1234/auth/callback/main')
    await ask(ours, `http://evil.example${SIGN_IN}`)
    assert.equal(codeOf(app), 'origin_required')
    assert.equal((await ask(generic, target('/a?b'), { headers: evil })).body, 'http://localhost:1234/a?b')
    assert.equal((await ask(generic, 'http://a:b@localhost/')).status, 400)
  })

  const hosts = ['evil.example/auth/callback?', 'x/auth/callback#', 'a b', 'a@b', 'a\\b', '[', 'x:99999', '%']
  for (const host of hosts) {
    test(`Host: ${host}`, async (t) => {
      const { app, ours, generic } = await serveBoth(t)
      assert.equal((await ask(ours, '/', { headers: { host } })).status, 404)
      await ask(ours, SIGN_IN, { headers: { host } })
      assert.match(codeOf(app), NO_ORIGIN)
      const { status, body } = await ask(generic, '/welcome', { headers: { host } })
      assert.deepEqual([status, body], [400, 'Bad request\n'])
    })
  }

  test('a Host that is not ASCII is another host, not another path', async (t) => {
    const { app, ours, generic } = await serveBoth(t)
    const headers = { host: 'caf\u00e9.example' }
    await ask(ours, SIGN_IN, { headers })
    assert.match(codeOf(app), NO_ORIGIN)
    assert.equal(new URL((await ask(generic, '/x', { headers })).body).pathname, '/x')
  })

  test('HTTP/1.0 without a Host', async (t) => {
    const { app, ours, generic } = await serveBoth(t)
    await askRaw(ours, `GET ${SIGN_IN} HTTP/1.0\r\n\r\n`)
    assert.match(codeOf(app), NO_ORIGIN)
    assert.match(await askRaw(generic, 'GET / HTTP/1.0\r\n\r\n'), /^HTTP\/1.1 400 /)
  })

  test('a space, a line break, a NUL, what is not ASCII: Node itself refuses them', async (t) => {
    const { ours } = await serveBoth(t)
    for (const target of [
      '/auth/callback x',
      '/auth/\r\ncallback',
      '/auth/callback\0',
      '/auth/callback?\u00e9',
      'javascript:x',
    ])
      assert.match(await askRaw(ours, `GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`), /^HTTP\/1.1 400 /)
  })

  test('a method that no Request can have is a 400 for handlers that need one', async (t) => {
    const { ours, generic } = await serveBoth(t)
    assert.equal((await ask(ours, '/auth/callback', { method: 'TRACE' })).status, 405)
    assert.equal((await ask(generic, '/', { method: 'TRACE' })).status, 400)
  })

  test('what no Request can have is a 400 in front of other handlers, too: it does not go on to them', async (t) => {
    const listener = toNodeHandler(async () => new Response('ours'))
    const goOn = (incoming, outgoing) => listener(incoming, outgoing, () => outgoing.end('another handler'))
    const { status, body } = await ask(await serve(t, goOn), '/', { method: 'TRACE' })
    assert.deepEqual([status, body], [400, 'Bad request\n'])
  })

  for (const kind of ['h2c', 'h2']) {
    test(`over ${kind} the host is :authority`, async (t) => {
      const { ours, generic } = await serveBoth(t, kind)
      const named = { ':authority': new URL(ours.origin).host, host: 'evil.example' }
      const { headers, status } = await ask(ours, SIGN_IN, { headers: named })
      assert.equal(status, 303)
      const { searchParams } = new URL(headers.get('location'))
      assert.equal(searchParams.get('redirect_uri'), `${ours.origin}/auth/callback/main`)
      assert.equal((await ask(generic, '/a?b')).body, `${generic.origin}/a?b`)
    })
  }
})

describe('the Host header of a Request is the authority of its address', () => {
  const evil = { host: 'evil.example' }
  for (const [name, kind, target, headers, wanted] of [
    ['HTTP/1', 'http', '/x', { host: 'localhost:1234' }, 'localhost:1234'],
    ['HTTP/1, absolute form', 'http', 'http://localhost:1234/x', evil, 'localhost:1234'],
    ['HTTP/1, TLS', 'https', '/x', { host: HOST }, HOST],
    ['HTTP/2', 'h2c', '/x', { ':authority': HOST }, HOST],
    ['HTTP/2 with a Host header beside', 'h2c', '/x', { ':authority': HOST, ...evil }, HOST],
    ['HTTP/2, TLS', 'h2', '/x', { ':authority': HOST, ...evil }, HOST],
  ])
    test(name, async (t) => {
      const listener = toNodeHandler(async ({ url, headers }) =>
        Response.json([new URL(url).host, headers.get('host')]),
      )
      const server = await serve(t, listener, kind)
      const { body } = await ask(server, target, { headers })
      assert.deepEqual(JSON.parse(body), [wanted, wanted])
    })

  test('also for a hook', async (t) => {
    const seen = []
    const app = makeApp({
      onSignOut: ({ request }) => void seen.push(request.url, request.headers.get('host')),
    })
    const server = await serve(t, toNodeHandler(app.auth), 'h2c')
    const headers = { ':authority': HOST, host: 'evil.example', origin: ORIGIN }
    assert.equal((await ask(server, '/auth/sign-out', { method: 'POST', headers })).status, 303)
    assert.deepEqual(seen, [`http://${HOST}/auth/sign-out`, HOST])
  })
})

describe('behind a proxy', () => {
  const origin = { trustedHosts: ['app.example', '*.preview.example'] }
  const FORWARDED = { 'x-forwarded-host': HOST, 'x-forwarded-proto': 'https' }
  for (const [name, kind, headers, wanted] of [
    ['forwarded host and scheme', 'http', FORWARDED, ORIGIN],
    [
      'Forwarded',
      'http',
      { forwarded: 'host=pr-1.preview.example;proto=https' },
      'https://pr-1.preview.example',
    ],
    ['TLS that ends here', 'https', { host: HOST }, ORIGIN],
    ['TLS that ends here, HTTP/2', 'h2', { ':authority': HOST }, ORIGIN],
    ['a host that is not trusted', 'http', { ...FORWARDED, 'x-forwarded-host': 'evil.example' }, null],
    ['two hosts', 'http', { ...FORWARDED, 'x-forwarded-host': ['evil.example', HOST] }, null],
    ['a trusted host without TLS', 'http', { host: HOST }, null],
  ]) {
    test(name, async (t) => {
      const app = makeApp({ origin })
      const server = await serve(t, toNodeHandler(app.auth), kind)
      const answer = await ask(server, SIGN_IN, { headers })
      if (!wanted) return assert.deepEqual([answer.status, codeOf(app)], [400, 'host_untrusted'])
      const { searchParams } = new URL(locationOf(answer))
      assert.equal(searchParams.get('redirect_uri'), `${wanted}/auth/callback/main`)
    })
  }

  test('forwarded headers count for nothing where no host is trusted', async (t) => {
    const server = await serve(t, toNodeHandler(makeApp({ origin: undefined }).auth))
    const { searchParams } = new URL(locationOf(await ask(server, SIGN_IN, { headers: FORWARDED })))
    assert.equal(searchParams.get('redirect_uri'), `${server.origin}/auth/callback/main`)
  })
})

test('readable hosts stay as they are', async (t) => {
  const server = await serve(
    t,
    toNodeHandler(async ({ url }) => new Response(url)),
  )
  for (const host of ['localhost', '[::1]:3000', 'a_b.example', 'xn--caf-dma.example:8080', '127.0.0.1'])
    assert.equal((await ask(server, '/', { headers: { host } })).body, `http://${host}/`)
})
