// landfall/node in front of handlers that are not ours: any function from Request to Response.
import assert from 'node:assert/strict'
import { request as requestHttp } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import { describe, test } from 'node:test'
import { toNodeHandler } from '../../dist/node.js'
import { ask, askRaw, serve } from './support/node-servers.mjs'

const MEGABYTE = 1 << 20
const KINDS = ['http', 'https', 'h2c', 'h2']

const waitFor = async (isTrue) => {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5))
}

/** A body that counts what was taken of it, and notes that it was cancelled. @param {number} chunks @param {(taken: number) => unknown} [before] */
const makeBody = (chunks, before = () => {}) => {
  const seen = { taken: 0, cancelled: false }
  const pull = async (controller) => {
    await before(seen.taken)
    if (seen.taken === chunks) return controller.close()
    seen.taken += 1
    controller.enqueue(new Uint8Array(64 << 10))
  }
  const cancel = () => {
    seen.cancelled = true
  }
  return { seen, stream: new ReadableStream({ pull, cancel }, { highWaterMark: 0 }) }
}

for (const kind of KINDS) {
  describe(kind, () => {
    test('status, headers, cookies in lines of their own, body', async (t) => {
      const headers = new Headers({ 'x-app': 'yes' })
      for (const line of ['a=1; Path=/', 'b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT'])
        headers.append('set-cookie', line)
      const handler = toNodeHandler(
        async (request) => new Response(await request.text(), { status: 201, headers }),
      )
      const server = await serve(
        t,
        (incoming, outgoing) => {
          outgoing.setHeader('set-cookie', 'before=1')
          return handler(incoming, outgoing)
        },
        kind,
      )
      const answer = await ask(server, '/', { method: 'POST', body: 'gr\u00fc\u00dfe' })
      assert.deepEqual([answer.status, answer.body], [201, 'gr\u00fc\u00dfe'])
      assert.equal(answer.headers.get('x-app'), 'yes')
      assert.deepEqual(answer.headers.getSetCookie(), ['before=1', ...headers.getSetCookie()])
    })

    test('HEAD, and statuses that have no body', async (t) => {
      const statuses = { '/204': 204, '/304': 304, '/200': 200 }
      const handler = toNodeHandler(({ url }) => {
        const status = statuses[new URL(url).pathname]
        return new Response(status === 200 ? 'text' : null, { status, headers: { 'x-app': 'yes' } })
      })
      const errors = []
      const listener = (incoming, outgoing) => handler(incoming, outgoing, (error) => errors.push(error))
      const server = await serve(t, listener, kind)
      for (const [path, status] of Object.entries(statuses)) {
        const answer = await ask(server, path, { method: status === 200 ? 'HEAD' : 'GET' })
        assert.deepEqual([answer.status, answer.body, answer.headers.get('x-app')], [status, '', 'yes'])
      }
      assert.deepEqual(errors, [])
    })

    test('a large body comes back whole, in both directions', async (t) => {
      const server = await serve(
        t,
        toNodeHandler((request) => new Response(request.body)),
        kind,
      )
      const body = Buffer.from(Array.from({ length: MEGABYTE }, (_, i) => String(i % 7)).join(''))
      const answer = await ask(server, '/', { method: 'POST', body })
      assert.equal(answer.body.length, MEGABYTE)
      assert.ok(answer.body === body.toString())
    })

    test('a body that the handler does not read, or not to its end, keeps nobody waiting', async (t) => {
      const readOne = async (request) => {
        const reader = request.body.getReader()
        await reader.read()
        await reader.cancel()
        return new Response('enough')
      }
      for (const handler of [readOne, () => new Response('enough')]) {
        const server = await serve(t, toNodeHandler(handler), kind)
        const answer = await ask(server, '/', { method: 'POST', body: Buffer.alloc(4 * MEGABYTE) })
        assert.equal(answer.body, 'enough')
      }
    })
  })
}

describe('back-pressure', () => {
  const warnings = []
  process.on('warning', (warning) => warnings.push(warning.name))

  for (const kind of ['http', 'h2c']) {
    test(`a slow reader over ${kind} holds the body back, and gets all of it`, async (t) => {
      const { seen, stream } = makeBody(512)
      const server = await serve(
        t,
        toNodeHandler(() => new Response(stream)),
        kind,
      )
      const client = kind === 'h2c' ? connectHttp2(server.origin) : null
      const request = client ? client.request({ ':path': '/' }) : requestHttp(server.origin).end()
      const answered = new Promise((resolve) => request.on('response', resolve))
      const response = client ? request : await answered
      await answered
      await waitFor(() => seen.taken > 0)
      let last = -1
      while (last !== seen.taken) {
        last = seen.taken
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      assert.ok(seen.taken > 0 && seen.taken < 400, `${seen.taken} chunks were taken without a reader`)
      let size = 0
      for await (const chunk of response) size += chunk.length
      assert.equal(size, 512 * (64 << 10))
      client?.close()
      assert.ok(!warnings.includes('MaxListenersExceededWarning'))
    })
  }
})

describe('a client that goes away', () => {
  for (const [when, chunks] of [
    ['while the body is written', Infinity],
    ['while the body waits for more', 3],
  ]) {
    test(`${when}: the body is cancelled, and the listener ends`, async (t) => {
      const { seen, stream } = makeBody(Infinity, (taken) => taken === chunks && new Promise(() => {}))
      const handler = toNodeHandler(() => new Response(stream))
      let done
      const server = await serve(t, (incoming, outgoing) => {
        done = handler(incoming, outgoing)
      })
      const request = requestHttp(server.origin).end()
      request.on('error', () => {})
      const response = await new Promise((resolve) => request.on('response', resolve))
      response.on('error', () => {})
      await new Promise((resolve) => response.once('data', resolve))
      if (chunks !== Infinity) await waitFor(() => seen.taken === chunks)
      request.destroy()
      await waitFor(() => seen.cancelled)
      await done
    })
  }

  test('and bytes that come at that moment: they are written to nobody', async (t) => {
    let send
    const stream = new ReadableStream({
      start(controller) {
        send = () => controller.enqueue(new Uint8Array(1))
      },
    })
    const handler = toNodeHandler(() => new Response(stream))
    const written = []
    let done
    const server = await serve(t, (incoming, outgoing) => {
      done = handler(incoming, outgoing)
      // This listener comes after that of the handler.
      outgoing.on('close', () => {
        outgoing.write = (bytes) => written.push(bytes)
        send()
      })
    })
    const request = requestHttp(server.origin).end()
    request.on('error', () => {})
    await new Promise((resolve) => request.on('response', resolve))
    request.destroy()
    await waitFor(() => done)
    await done
    assert.deepEqual(written, [])
  })

  test('before there is an answer: the body is cancelled, and nothing is thrown', async (t) => {
    for (const kind of ['http', 'h2c']) {
      const { seen, stream } = makeBody(Infinity)
      let answer
      let done
      const handler = toNodeHandler(
        () =>
          new Promise((resolve) => {
            answer = () => resolve(new Response(stream))
          }),
      )
      const errors = []
      const server = await serve(
        t,
        (incoming, outgoing) => {
          outgoing.on('close', () => setImmediate(answer))
          done = handler(incoming, outgoing, (error) => errors.push(error))
        },
        kind,
      )
      const client = kind === 'h2c' ? connectHttp2(server.origin) : null
      const request = client ? client.request({ ':path': '/' }) : requestHttp(server.origin).end()
      request.on('error', () => {})
      await waitFor(() => answer)
      if (client) client.destroy()
      else request.destroy()
      await waitFor(() => seen.cancelled)
      await done
      assert.deepEqual(errors, [])
    }
  })
})

describe('errors', () => {
  const failing = {
    'thrown at once': () => {
      throw new Error('broken')
    },
    'thrown later': async () => {
      throw new Error('broken')
    },
    'no Response': async () => 'text',
    'a response that is an error': () => Response.error(),
  }
  for (const [name, handler] of Object.entries(failing)) {
    test(`${name}: to next, or a 500 that tells nothing`, async (t) => {
      const seen = []
      const chained = await serve(t, (incoming, outgoing) =>
        toNodeHandler(handler)(incoming, outgoing, (error) => {
          seen.push(error)
          outgoing.end('told')
        }),
      )
      await ask(chained, '/').catch(() => {})
      assert.equal(seen.length, 1)
      assert.ok(seen[0] instanceof Error)
      const alone = await serve(t, toNodeHandler(handler))
      const { status, body } = await ask(alone, '/')
      assert.deepEqual([status, body], [500, 'Internal server error\n'])
    })
  }

  test('undefined is not for this handler: to next, or a 404', async (t) => {
    const handler = toNodeHandler(() => undefined)
    const chained = await serve(t, (incoming, outgoing) =>
      handler(incoming, outgoing, () => outgoing.end('next')),
    )
    assert.equal((await ask(chained, '/')).body, 'next')
    assert.equal((await ask(await serve(t, handler), '/')).status, 404)
  })

  test('a body that fails on its way breaks the connection off: it does not look whole', async (t) => {
    for (const at of [0, 2]) {
      const failing = (taken) => {
        if (taken === at) throw new Error('broken')
      }
      const server = await serve(
        t,
        toNodeHandler(() => new Response(makeBody(5, failing).stream)),
      )
      const answer = await askRaw(server, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n').catch(
        () => '',
      )
      assert.ok(!answer.endsWith('0\r\n\r\n'))
      await assert.rejects(ask(server, '/'))
    }
  })

  test('a response without `on` is told to next, and nothing else fails', async () => {
    const strays = []
    const stray = (error) => strays.push(error)
    process.on('unhandledRejection', stray)
    const seen = []
    const incoming = { url: '/', headers: { host: 'x' } }
    await toNodeHandler(() => undefined)(incoming, {}, (error) => seen.push(error))
    await new Promise(setImmediate)
    process.off('unhandledRejection', stray)
    assert.equal(seen[0].name, 'TypeError')
    assert.deepEqual(strays, [])
  })

  test('a reader whose cancel gives no promise makes no unhandled rejection', async () => {
    const strays = []
    const stray = (error) => strays.push(error)
    process.on('unhandledRejection', stray)
    let close
    const on = (event, listener) => {
      if (event === 'close') close = listener
    }
    const reader = { read: async () => ({ done: true }), cancel() {} }
    const response = { status: 200, headers: [], body: { getReader: () => reader } }
    const incoming = { url: '/', headers: { host: 'x' } }
    await toNodeHandler(() => response)(incoming, { on, end() {} })
    close()
    await new Promise(setImmediate)
    process.off('unhandledRejection', stray)
    assert.deepEqual(strays, [])
  })

  test('what next throws is not told to next again', async () => {
    let calls = 0
    const next = () => {
      calls += 1
      throw new Error('the app')
    }
    const handler = toNodeHandler(() => undefined)
    const incoming = { url: '/', headers: { host: 'x' } }
    await assert.rejects(handler(incoming, { on() {} }, next), /the app/)
    assert.equal(calls, 1)
  })
})
