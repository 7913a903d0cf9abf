// landfall/node with requests as others leave them: Node's own, that other handlers have in hand too, and those of adapters
// of functions and of tools for tests, which are like Node's.
import assert from 'node:assert/strict'
import { connect as connectHttp2 } from 'node:http2'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { NodeRequest } from '../../dist/node/request.js'
import { toNodeHandler } from '../../dist/node.js'
import { makeApp, ORIGIN, PROVIDER } from './support/app.mjs'
import { ask, serve } from './support/node-servers.mjs'

const HOST = 'app.example'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const makeIncoming = (more) => ({
  headers: { host: HOST },
  on() {},
  off() {},
  pause() {},
  resume() {},
  ...more,
})
const textOf = ({ body }) => new Response(body).text()
/** As body parsers read. */
const collect = (incoming) =>
  new Promise((resolve) => {
    let text = ''
    incoming.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text))
  })

test('a header without a value is no header', () => {
  const request = new NodeRequest(makeIncoming({ headers: { host: HOST, origin: undefined, accept: '' } }))
  for (const { headers } of [request, request.toRequest()])
    assert.deepEqual([headers.get('origin'), headers.get('accept')], [null, ''])
})

test('the scheme is https for a socket that says it is encrypted, and for no other', () => {
  for (const [socket, scheme] of [
    [{ encrypted: true }, 'https'],
    [{ encrypted: false }, 'http'],
    [{}, 'http'],
    [null, 'http'],
    [undefined, 'http'],
  ])
    assert.equal(new NodeRequest(makeIncoming({ socket })).url, `${scheme}://${HOST}/`)
})

for (const kind of ['http', 'h2c'])
  test(`a request that a handler passes on still has its body, over ${kind}`, {
    timeout: 10_000,
  }, async (t) => {
    const listener = toNodeHandler(() => undefined)
    const server = await serve(
      t,
      (incoming, outgoing) => listener(incoming, outgoing, async () => outgoing.end(await collect(incoming))),
      kind,
    )
    const body = 'x'.repeat(200_000)
    assert.equal((await ask(server, '/', { method: 'POST', body })).body, body)
  })

test('a client that went before anybody read: the body fails, and nobody waits', {
  timeout: 10_000,
}, async () => {
  const incoming = Object.assign(new Readable({ read() {} }), { method: 'POST', headers: { host: HOST } })
  const { body } = new NodeRequest(incoming)
  incoming.destroy()
  await new Promise(setImmediate)
  await assert.rejects(textOf({ body }), TypeError)
  await assert.rejects(textOf(new NodeRequest(incoming)), TypeError)
})

test('a body fails with the reason that its stream gives, or with one of ours', {
  timeout: 10_000,
}, async () => {
  for (const reason of [new Error('the disk is full'), undefined]) {
    const stream = new Readable({ read() {} })
    stream.push('a')
    setImmediate(() => stream.destroy(reason))
    const incoming = Object.assign(stream, { method: 'POST', headers: { host: HOST } })
    await assert.rejects(textOf(new NodeRequest(incoming)), reason ?? TypeError)
  }
})

for (const kind of ['http', 'h2c'])
  test(`a body that another reader took to its end fails, over ${kind}`, { timeout: 10_000 }, async (t) => {
    const take = async (incoming, outgoing) => {
      const { body } = new NodeRequest(incoming)
      await collect(incoming)
      outgoing.end(await textOf({ body }).catch(({ message }) => message))
    }
    const server = await serve(t, take, kind)
    assert.equal((await ask(server, '/', { method: 'POST', body: 'a=b' })).body, 'terminated')
  })

test('a stream that goes on after its error harms nobody', { timeout: 10_000 }, async () => {
  const stream = new Readable({ read() {} })
  const incoming = Object.assign(stream, { method: 'POST', headers: { host: HOST } })
  const text = textOf(new NodeRequest(incoming))
  stream.push('a')
  setImmediate(() => stream.emit('error', new Error('a checksum')))
  await assert.rejects(text, { message: 'a checksum' })
  stream.push('b')
  stream.push(null)
  await new Promise((resolve) => stream.once('close', resolve))
})

test('a body over the limit is taken to its end over h2c, and its stream closes', {
  timeout: 10_000,
}, async (t) => {
  const app = makeApp({ providers: { main: { ...PROVIDER, responseMode: 'form_post' } } })
  const { origin } = await serve(t, toNodeHandler(app.auth), 'h2c')
  const client = connectHttp2(origin)
  const head = {
    ':authority': HOST,
    ':path': '/auth/callback/main',
    ':method': 'POST',
    origin: ORIGIN,
    ...FORM,
  }
  const stream = client.request(head)
  const closed = new Promise((resolve) => stream.once('close', resolve))
  stream.end(Buffer.alloc(4 << 20, 'x'))
  const { location } = await new Promise((resolve) => stream.once('response', resolve))
  assert.match(location, /error=request_too_large/)
  stream.resume()
  await closed
  client.close()
})
