// Requests to providers: what a fetch of the app's own is told, and what of its answers counts.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe, test } from 'node:test'
import { Transport } from '../../dist/transport.js'
import { callbackUrl, json, makeApp, makeRequest, startSignIn } from './support/app.mjs'
import { oddValues } from './support/odd-values.mjs'
import { readOutcome } from './support/outcome.mjs'
import { MAX_BYTES, makeStep, URL_ } from './support/transport.mjs'

const ask = (answer, more) => new Transport(async () => answer).perform(makeStep(more))

const stream = (...chunks) =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
const like = (more) => ({ status: 200, headers: new Headers(), body: stream(new Uint8Array([1])), ...more })
const responseOf = (url, more = {}) => Object.defineProperties(json('{}'), { url: { value: url }, ...more })

describe('what a fetch is told', () => {
  test('a request without a body says nothing about one', async () => {
    const server = createServer((request, response) => response.end(JSON.stringify(request.headers)))
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
    try {
      const url = `http://127.0.0.1:${server.address().port}/`
      const { body } = await new Transport().perform(makeStep({ url, method: 'POST' }))
      const headers = JSON.parse(Buffer.from(body).toString())
      assert.equal(headers['content-type'], undefined)
      assert.equal(headers['content-length'], '0')
    } finally {
      server.close()
      server.closeAllConnections()
    }
  })

  test('has no prototype, so that nothing of Object.prototype gets in', async () => {
    const seen = []
    const transport = new Transport(async (url, init) => {
      seen.push({ url, init, names: Object.keys(init).sort() })
      return json('{}')
    })
    try {
      Object.assign(Object.prototype, {
        body: 'evil',
        mode: 'no-cors',
        authorization: 'evil',
        integrity: 'x',
      })
      await transport.perform(makeStep())
      await transport.perform(makeStep({ method: 'POST', body: 'a=b' }))
    } finally {
      for (const name of ['body', 'mode', 'authorization', 'integrity']) delete Object.prototype[name]
    }
    for (const { init } of seen) {
      assert.equal(Object.getPrototypeOf(init), null)
      assert.equal(Object.getPrototypeOf(init.headers), null)
      assert.deepEqual({ ...init.headers }, { accept: 'application/json' })
      assert.deepEqual([init.redirect, init.credentials], ['manual', 'omit'])
    }
    assert.deepEqual(
      seen.map(({ init }) => [init.method, init.body]),
      [
        ['GET', undefined],
        ['POST', 'a=b'],
      ],
    )
  })

  test('the real fetch takes it', async (t) => {
    const server = createServer((request, response) =>
      response.end(`${request.method} ${request.headers.accept}`),
    )
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
    t.after(() => server.close())
    const url = `http://127.0.0.1:${server.address().port}/`
    const { failure, body } = await new Transport().perform(makeStep({ url, method: 'POST', body: 'x' }))
    assert.deepEqual([failure, Buffer.from(body).toString()], ['', 'POST application/json'])
  })
})

describe('a redirect', () => {
  test('has a body that is left at once', async () => {
    let isLeft = false
    const body = new ReadableStream({
      cancel() {
        isLeft = true
      },
    })
    assert.equal((await ask(like({ status: 302, body }))).failure, 'redirect')
    assert.ok(isLeft)
  })

  test('is every status from 300 to 399, and 0', async () => {
    for (const status of [0, 300, 301, 304, 399])
      assert.equal((await ask(like({ status }))).failure, 'redirect', `${status}`)
    for (const status of [1, 200, 299, 400, 500]) {
      const result = await ask(like({ status }))
      assert.deepEqual([result.failure, result.status], ['', String(status)])
    }
  })

  const REDIRECTS = {
    'is not followed': new Response(null, { status: 302, headers: { location: 'https://evil.example/' } }),
    'is not shown': like({ status: 0, body: null }),
    'was followed': responseOf(URL_, { redirected: { value: true } }),
    'was followed, which only the address tells': responseOf('https://evil.example/token'),
    'was followed to another path': responseOf('https://as.example/other'),
    'was followed to another query': responseOf(`${URL_}?x`),
    'was followed to plain http': responseOf('http://as.example/token'),
  }
  for (const [name, response] of Object.entries(REDIRECTS))
    test(`that ${name} is a failure`, async () => assert.equal((await ask(response)).failure, 'redirect'))

  test('the same address in another spelling is none, nor is none at all', async () => {
    for (const url of [
      '',
      URL_,
      'HTTPS://AS.example:443/token',
      `${URL_}#x`,
      'https://as.example/a/../token',
    ])
      assert.equal((await ask(responseOf(url))).status, '200', url)
    assert.equal((await ask(like())).status, '200')
    assert.equal((await ask(responseOf(`${URL_}`), { url: `${URL_}#f` })).status, '200')
  })

  test('a fetch that follows by itself signs nobody in', async () => {
    const app = makeApp({}, () => {
      const response = json({ access_token: 'evil', token_type: 'Bearer' })
      return Object.defineProperty(response, 'redirected', { value: true })
    })
    const tx = await startSignIn(app)
    const response = await app.auth.callback(makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))
    assert.notEqual((await readOutcome(response, app.events[1])).code, '')
    assert.deepEqual(app.sessions, [])
  })
})

describe('what is no answer is a failure of the network', () => {
  const empty = () => ({
    read: async () => ({ done: false, value: new Uint8Array(0) }),
    cancel: async () => {},
  })
  const odd = () => ({
    nothing: undefined,
    null: null,
    'a text': 'x',
    'an object': {},
    'no status': like({ status: undefined }),
    'a status of text': like({ status: '200' }),
    'a status with a fraction': like({ status: 200.5 }),
    'no headers': like({ headers: undefined }),
    'a map for headers, with a value that is no text': like({
      headers: new Map([['content-type', { length: -5 }]]),
    }),
    'a Retry-After that is no text': like({
      headers: { get: (name) => (name === 'retry-after' ? 5 : null) },
    }),
    'a body of text': like({ body: '{}' }),
    'a body of bytes': like({ body: new Uint8Array(3) }),
    'chunks of text': like({ body: stream('{"access_token":"evil"}') }),
    'chunks of text behind bytes': like({ body: stream(new Uint8Array(3), 'x') }),
    'an address that is none': like({ url: 'evil' }),
    'an address that is no text': like({ url: { href: URL_ } }),
    'a reader that reads nothing': like({ body: { getReader: () => ({ read: async () => undefined }) } }),
    'a body that breaks off': like({
      body: new ReadableStream({ pull: (one) => one.error(new Error('gone')) }),
    }),
  })
  for (const [name, response] of Object.entries(odd()))
    test(name, async () => assert.equal((await ask(response)).failure, 'network'))

  test('a chunk of any kind but bytes', async () => {
    for (const [kind, value] of Object.entries(oddValues()))
      assert.equal((await ask(like({ body: stream(value) }))).failure, 'network', kind)
  })

  test('a body of nothing has an end', async () => {
    assert.equal((await ask(like({ body: { getReader: empty } }))).failure, 'too_large')
  })

  test('nothing of it reaches the core: the app goes on', async () => {
    let response
    const app = makeApp({}, () => response)
    for (response of Object.values(odd())) {
      const tx = await startSignIn(app)
      const answer = await app.auth.callback(makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))
      assert.equal((await readOutcome(answer, app.events.at(-1))).code, 'token_network')
    }
    assert.deepEqual(app.sessions, [])
  })
})

test('each member of a response is read once', async () => {
  const counts = {}
  const counted = new Proxy(like({ redirected: false, url: '' }), {
    get(target, name) {
      counts[name] = (counts[name] ?? 0) + 1
      return target[name]
    },
  })
  assert.equal((await new Transport(() => counted).perform(makeStep())).status, '200')
  delete counts.then
  assert.deepEqual(counts, { status: 1, headers: 1, body: 1, redirected: 1, url: 1 })
})

describe('a body', () => {
  test('is a copy: whoever still holds the chunks changes nothing', async () => {
    for (const chunks of [[new Uint8Array([1, 2])], [new Uint8Array([1]), Buffer.from([2])]]) {
      const { body } = await ask(like({ body: stream(...chunks) }))
      for (const chunk of chunks) chunk.fill(9)
      assert.deepEqual([...body], [1, 2])
    }
  })

  test('ends at the first byte too many', async () => {
    assert.equal((await ask(like({ body: stream(new Uint8Array(MAX_BYTES)) }))).body.length, MAX_BYTES)
    for (const sizes of [[MAX_BYTES + 1], [MAX_BYTES, 1], [1, MAX_BYTES]])
      assert.equal(
        (await ask(like({ body: stream(...sizes.map((size) => new Uint8Array(size))) }))).failure,
        'too_large',
      )
  })

  test('that lies about its length is as long as it is', async () => {
    const chunk = Object.defineProperty(new Uint8Array(MAX_BYTES + 1), 'length', { value: 1 })
    Object.defineProperty(chunk, 'byteLength', { value: -5000 })
    assert.equal((await ask(like({ body: stream(chunk) }))).failure, 'too_large')
  })
})
