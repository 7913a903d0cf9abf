// Answers of providers that are kept: how many, how large, which one leaves, and for how long they serve; and when a request is sent.
import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import { KeptResults } from '../../dist/kept-results.js'
import { Transport } from '../../dist/transport.js'
import { json } from './support/app.mjs'
import { makeStep, URL_ } from './support/transport.mjs'

describe('kept results', () => {
  const resultOf = (size) => ({ failure: '', status: '200', contentType: '', body: new Uint8Array(size) })
  const keep = (transport, url, result) => transport.keep(makeStep({ url, max_age: '600' }), result)
  const keepAll = (count, size) => {
    const transport = new Transport(() => assert.fail('kept'))
    for (let i = 0; i < count; i++) keep(transport, `https://as.example/${i}`, resultOf(size))
    return transport
  }
  const left = (transport, count) =>
    Array.from({ length: count }, (_, i) => i).filter((i) => transport.kept(`https://as.example/${i}`))

  test('are 32 at most, and the oldest leaves', () => {
    assert.deepEqual(left(keepAll(32, 1), 40).length, 32)
    assert.deepEqual(
      left(keepAll(40, 1), 40),
      Array.from({ length: 32 }, (_, i) => i + 8),
    )
  })

  test('have 4 MiB at most, and the oldest leaves', () => {
    assert.deepEqual(left(keepAll(10, 1 << 20), 10), [6, 7, 8, 9])
    const transport = keepAll(4, 1 << 20)
    keep(transport, 'https://as.example/4', resultOf(1))
    assert.deepEqual(left(transport, 5), [1, 2, 3, 4])
    // What left has left its room too.
    keep(transport, 'https://as.example/5', resultOf((1 << 20) - 1))
    assert.deepEqual(left(transport, 6), [1, 2, 3, 4, 5])
  })

  test('do not get younger when they are used', () => {
    mock.timers.enable({ apis: ['Date'] })
    try {
      const kept = new KeptResults({ results: 32, bytes: 1 << 20, seconds: 600 })
      const result = resultOf(1)
      kept.keep(URL_, result)
      mock.timers.tick(400_000)
      kept.keep(URL_, result)
      mock.timers.tick(200_000)
      assert.equal(kept.get(URL_, 600), result)
      mock.timers.tick(1)
      assert.equal(kept.get(URL_, 600), undefined)
    } finally {
      mock.timers.reset()
    }
  })

  test('that are too old leave at the next that comes', () => {
    mock.timers.enable({ apis: ['Date'] })
    try {
      const kept = new KeptResults({ results: 32, bytes: 1 << 20, seconds: 60 })
      kept.keep('a', resultOf(1))
      mock.timers.tick(60_000)
      kept.keep('b', resultOf(1))
      assert.ok(kept.get('a'))
      mock.timers.tick(1)
      kept.keep('c', resultOf(1))
      assert.deepEqual([kept.get('a'), !!kept.get('b')], [undefined, true])
    } finally {
      mock.timers.reset()
    }
  })

  test('of any age outlive a clock that was set back', () => {
    mock.timers.enable({ apis: ['Date'], now: 1_750_000_000_000 })
    try {
      const transport = keepAll(1, 1)
      mock.timers.setTime(1_740_000_000_000)
      keep(transport, URL_, resultOf(1))
      assert.equal(left(transport, 1).length, 1)
    } finally {
      mock.timers.reset()
    }
  })

  test('are forgotten by the beginning of their name', () => {
    const kept = new KeptResults({ results: 32, bytes: 1 << 20, seconds: 60 })
    for (const name of ['one.a', 'one.b', 'two.a']) kept.keep(name, resultOf(1))
    kept.forget('one')
    assert.deepEqual(
      ['one.a', 'one.b', 'two.a'].map((name) => !!kept.get(name)),
      [false, false, true],
    )
  })

  test('with a key have a memory of their own, that pushes no address out', async () => {
    const transport = keepAll(32, 1)
    for (let i = 0; i < 1100; i++)
      transport.keep(makeStep({ url: URL_, max_age: '60', cache_key: `key.${i}` }), resultOf(1))
    assert.equal(left(transport, 32).length, 32)
    const failureOf = async (i) =>
      (await transport.perform(makeStep({ url: URL_, max_age: '60', cache_key: `key.${i}` }))).failure
    assert.deepEqual([await failureOf(1099), await failureOf(99)], ['', 'network'])
    transport.forget('key')
    assert.equal(await failureOf(1099), 'network')
  })

  test('of the same address take the place of the older one, and become the youngest', () => {
    const transport = keepAll(32, 1)
    const again = resultOf(1)
    keep(transport, 'https://as.example/0', again)
    keep(transport, 'https://as.example/32', resultOf(1))
    assert.deepEqual(left(transport, 33), [0, ...Array.from({ length: 31 }, (_, i) => i + 2)])
    assert.equal(transport.kept('https://as.example/0'), again)
    for (let i = 0; i < 100; i++) keep(transport, 'https://as.example/0', resultOf(1 << 20))
    assert.equal(left(transport, 33).length, 32)
  })

  test('that were not asked for again serve no request to ask again, and then only for so long', async (t) => {
    t.after(() => mock.timers.reset())
    mock.timers.enable({ apis: ['Date'], now: 1_750_000_000_000 })
    let asked = 0
    const transport = new Transport(async () => {
      asked += 1
      return json('{}')
    })
    const first = makeStep({ max_age: 600 })
    const again = makeStep({ max_age: 10, again: '1' })
    transport.keep(first, await transport.perform(first))
    transport.keep(again, await transport.perform(again))
    assert.equal(asked, 2, 'keys that are new since a moment ago are seen at once')
    await transport.perform(again)
    await transport.perform(first)
    assert.equal(asked, 2, 'and a stranger cannot make the app ask on and on')
    mock.timers.setTime(1_750_000_010_001)
    await transport.perform(again)
    assert.equal(asked, 3)
  })

  test('that others wait for: each asks itself when the first request fails or does not end', async (t) => {
    t.after(() => mock.timers.reset())
    mock.timers.enable({ apis: ['setTimeout'] })
    const asked = []
    const transport = new Transport(() => new Promise((resolve, reject) => asked.push({ resolve, reject })))
    const step = makeStep({ max_age: 600, deadline: 10_000 })
    const first = transport.perform(step)
    const second = transport.perform(step)
    assert.equal(asked.length, 1)
    asked[0].reject(new Error('gone'))
    assert.equal((await first).failure, 'network')
    while (asked.length < 2) await new Promise((resolve) => setImmediate(resolve))
    asked[1].resolve(json('{}'))
    assert.equal((await second).status, '200')

    const stuck = transport.perform(step)
    const waiting = [transport.perform(step), transport.perform(step)]
    assert.equal(asked.length, 3)
    mock.timers.tick(3000)
    while (asked.length < 5) await new Promise((resolve) => setImmediate(resolve))
    for (const { resolve } of asked.slice(3)) resolve(json('{}'))
    for (const one of waiting) assert.equal((await one).status, '200')
    asked[2].resolve(json('{}'))
    assert.equal((await stuck).status, '200')
  })

  test('serve for so many seconds, and not for a clock that was set back', async (t) => {
    t.after(() => mock.timers.reset())
    mock.timers.enable({ apis: ['Date'], now: 1_750_000_000_000 })
    let asked = 0
    const transport = new Transport(async () => {
      asked += 1
      return json('{}')
    })
    const step = makeStep({ max_age: 600 })
    transport.keep(step, await transport.perform(step))
    for (const [now, wanted] of [
      [1_750_000_600_000, 1],
      [1_750_000_600_001, 2],
      [1_749_999_999_999, 3],
    ]) {
      mock.timers.setTime(now)
      await transport.perform(step)
      assert.equal(asked, wanted)
    }
  })
})

test('a request that is to wait is not sent before, not even for a millisecond', async () => {
  for (const delay of [1, 60]) {
    const begin = Date.now()
    let sent
    const transport = new Transport(async () => {
      sent = Date.now()
      return json('{}')
    })
    const answer = transport.perform(makeStep({ delay }))
    assert.equal(sent, undefined)
    assert.equal((await answer).status, '200')
    assert.ok(sent - begin >= delay - 1, `${sent - begin} ms`)
  }
})

test('an answer without a body ends its connection: there is nothing to wait for', async () => {
  for (const [response, isAborted] of [
    [new Response(null, { status: 204 }), true],
    [json('{}'), false],
  ]) {
    let signal
    const transport = new Transport(async (_, init) => {
      signal = init.signal
      return response
    })
    await transport.perform(makeStep())
    assert.equal(signal.aborted, isAborted)
  }
})
