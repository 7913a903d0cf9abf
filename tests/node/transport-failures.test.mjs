// What is said of a request that failed, and what a request leaves behind.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate as settle } from 'node:timers/promises'
import { Transport } from '../../dist/transport.js'
import { json } from './support/app.mjs'
import { makeStep } from './support/transport.mjs'

/** So much is read of the words of an error. */
const MOST = 200

/** @param {unknown} thrown */
const fail = (thrown) =>
  new Transport(async () => {
    throw thrown
  }).perform(makeStep())

describe('the name of a failure', () => {
  const NAMES = {
    'the code of the connection': [{ cause: { code: 'ENOTFOUND' }, code: 'OUTER' }, 'ENOTFOUND'],
    'the name of the connection': [{ cause: { name: 'SocketError' } }, 'SocketError'],
    'its own code': [{ code: 'EPROTO' }, 'EPROTO'],
    'its own name': [{ name: 'AbortError' }, 'AbortError'],
    'no name that every error has': [{ name: 'TypeError', cause: { name: 'Error' } }, ''],
    'the inner name is everybody’s': [{ name: 'SocketError', cause: { name: 'Error' } }, 'SocketError'],
    nothing: [undefined, ''],
    'a long code': [{ code: 'x'.repeat(MOST + 1) }, 'x'.repeat(MOST)],
    'a code that just fits': [{ code: 'x'.repeat(MOST) }, 'x'.repeat(MOST)],
    'a long name': [{ name: 'x'.repeat(MOST + 1) }, 'x'.repeat(MOST)],
    'a name that just fits': [{ name: 'x'.repeat(MOST) }, 'x'.repeat(MOST)],
  }
  for (const [about, [thrown, name]] of Object.entries(NAMES))
    test(about, async () => {
      const result = await fail(thrown)
      assert.deepEqual([result.failure, result.causeName], ['network', name])
    })
})

describe('an unknown authority', () => {
  const WORD = 'UnknownIssuer'
  const before = (bytes) => `${'.'.repeat(bytes)}${WORD}`
  const WORDS = {
    'its name is read to the end': [{ message: before(MOST - WORD.length) }, 'tls'],
    'and no further': [{ message: before(MOST - WORD.length + 1) }, 'network'],
    'in the inner message': [{ message: 'failed', cause: { message: before(0) } }, 'tls'],
    'in the name': [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'tls'],
    'an expired certificate is another failure': [{ code: 'CERT_HAS_EXPIRED' }, 'network'],
  }
  for (const [about, [thrown, failure]] of Object.entries(WORDS))
    test(about, async () => assert.equal((await fail(thrown)).failure, failure))
})

describe('what a request leaves behind', () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

  test('no timer, also where one waited for another', async () => {
    const before = timers()
    let answer = () => {}
    const held = new Promise((resolve) => {
      answer = () => resolve(undefined)
    })
    const transport = new Transport(async () => {
      await held
      return json('{}')
    })
    const step = makeStep({ max_age: 60, deadline: 9000 })
    const both = [transport.perform(step), transport.perform(step)]
    assert.ok(timers() > before, 'both have a deadline')
    answer()
    for (const result of await Promise.all(both)) assert.equal(result.status, '200')
    await settle()
    assert.equal(timers(), before)
  })

  test('the one that waits asks itself when its patience ends, and not before', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    let asked = 0
    const transport = new Transport(() => {
      asked += 1
      return new Promise(() => {})
    })
    const step = makeStep({ max_age: 60, deadline: 9000, patience: 2000 })
    transport.perform(step)
    transport.perform(step)
    t.mock.timers.tick(1999)
    await settle()
    assert.equal(asked, 1)
    t.mock.timers.tick(1)
    await settle()
    assert.equal(asked, 2)
  })
})

describe('a renewal that others wait for', () => {
  const step = makeStep({ max_age: 60, deadline: 10_000, patience: 8000, cache_key: 'family.1' })
  const open = (t, waiting) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const asked = []
    const transport = new Transport(() => new Promise((resolve, reject) => asked.push({ resolve, reject })))
    const all = Array.from({ length: 1 + waiting }, () => transport.perform(step))
    const pass = async (milliseconds) => {
      t.mock.timers.tick(milliseconds)
      await settle()
    }
    return { asked, transport, all, pass }
  }
  const statuses = async (all) => (await Promise.all(all)).map(({ status }) => status)

  test('is made again when the patience ends, once for all', async (t) => {
    const { asked, all, pass } = open(t, 3)
    await pass(7999)
    assert.equal(asked.length, 1)
    await pass(1)
    assert.equal(asked.length, 2)
    asked[1].resolve(json('{}'))
    assert.deepEqual(await statuses(all.slice(1)), ['200', '200', '200'])
    asked[0].resolve(json('{}'))
    assert.deepEqual(await statuses(all.slice(0, 1)), ['200'])
    assert.equal(asked.length, 2)
  })

  test('and not again once its answer is there', async (t) => {
    const { asked, all, transport, pass } = open(t, 1)
    await pass(4000)
    const late = transport.perform(step)
    await pass(4000)
    asked[1].resolve(json('{}'))
    transport.keep(step, await all[1])
    await pass(4000)
    assert.equal(await late, await all[1])
    assert.equal(asked.length, 2)
  })

  test('that fails is made again, once for all, and its second failure is the answer', async (t) => {
    const { asked, all } = open(t, 3)
    asked[0].reject(new Error('gone'))
    await settle()
    assert.equal(asked.length, 2)
    asked[1].reject(new Error('gone again'))
    const failures = (await Promise.all(all)).map(({ cause }) => cause.message)
    assert.deepEqual(failures, ['gone', 'gone again', 'gone again', 'gone again'])
    assert.equal(asked.length, 2)
  })

  test('whose second try is silent too is not made for the third time', async (t) => {
    const { asked, all, pass } = open(t, 3)
    await pass(8000)
    await pass(2000)
    await pass(8000)
    const failures = (await Promise.all(all)).map(({ failure }) => failure)
    assert.deepEqual([failures, asked.length], [['timeout', 'timeout', 'timeout', 'timeout'], 2])
  })

  test('whose second try died with its client is made by who still waits at its deadline', async (t) => {
    const { asked, transport, all, pass } = open(t, 0)
    transport.perform(makeStep({ max_age: 60, deadline: 1e6, patience: 8000, cache_key: 'family.1' }))
    const waiting = transport.perform(step)
    await pass(8000)
    assert.equal(asked.length, 2)
    await pass(10_999)
    assert.equal(asked.length, 2)
    await pass(1)
    assert.equal(asked.length, 3)
    asked[2].resolve(json('{}'))
    assert.equal((await waiting).status, '200')
    assert.equal((await all[0]).failure, 'timeout')
  })

  test('with an answer that is no success is not made again', async (t) => {
    const { asked, all } = open(t, 2)
    asked[0].resolve(json('{}', { status: 429 }))
    assert.deepEqual(await statuses(all), ['429', '429', '429'])
    assert.equal(asked.length, 1)
  })
})
