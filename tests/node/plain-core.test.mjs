// The core as plain JavaScript, where no engine traps: the fences, answers that cannot be, damaged memory, and the module beside it.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Core } from '../../dist/core.js'
import makeInstance from '../../dist/generated/core-plain.js'
import * as OPERATION from '../../dist/generated/messages/operation.js'
import { getModule } from '../../dist/module.js'
import { requestFields, startFields } from './support/messages.mjs'

const FAILED = { message: 'landfall: the core failed' }
/** So many that every third call or so traps. */
const DAMAGED_WORDS = 8192

const instance = () => {
  const exports = makeInstance()
  exports._initialize()
  return exports
}

/** A core of plain JavaScript, whose instances are changed as they are made. @param {(exports: any) => any} [change] */
const makePlain = (change = (exports) => exports) => {
  const state = { count: 0 }
  const core = new Core(() => () => {
    state.count += 1
    return change({ ...makeInstance() })
  })
  return { core, state }
}

/** A random number below a limit, the same in every run. */
const makeRandom = (seed) => (limit) => {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
  return (seed >>> 8) % limit
}

describe('the fences', () => {
  for (const size of [4, 5, 96, 4096])
    test(`a byte before or behind a room of ${size} bytes throws, and a byte inside of it does not`, () => {
      const write = (offset) => {
        const exports = instance()
        const at = exports.landfall_input(size)
        new Uint8Array(exports.memory.buffer)[at + offset] ^= 1
        return () => exports.landfall_handle(OPERATION.fail)
      }
      for (let i = 0; i < 8; i++)
        for (const offset of [-1 - i, size + i]) assert.throws(write(offset), FAILED)
      for (const offset of [0, size - 1]) assert.ok(write(offset)() > 0)
    })

  test('the glue drops the instance, zeroes its memory, and the next call has a fresh one', () => {
    let broken
    const { core, state } = makePlain((exports) => ({
      ...exports,
      landfall_handle(operation) {
        if (state.count > 1) return exports.landfall_handle(operation)
        broken = exports.memory
        new Uint8Array(broken.buffer).fill(0x55)
        return exports.landfall_handle(operation)
      },
    }))
    assert.throws(() => core.checkNext('/a b', ''), FAILED)
    assert.ok(new Uint8Array(broken.buffer).every((byte) => byte === 0))
    assert.equal(core.checkNext('/a b', ''), '/a%20b')
    assert.equal(state.count, 2)
  })
})

describe('outside of its memory', () => {
  /** An answer where `landfall_handle` says that it is. */
  const ANSWERS = {
    'behind the memory': () => 0x7ffffff0,
    'before it': () => -16,
    'at its last word': (exports) => exports.memory.buffer.byteLength - 4,
    'no number': () => Number.NaN,
  }
  for (const [name, answer] of Object.entries(ANSWERS))
    test(`an answer ${name} is an internal_error, and the next call has a fresh instance`, () => {
      let isBroken = true
      const { core, state } = makePlain((exports) => ({
        ...exports,
        landfall_handle(operation) {
          const at = exports.landfall_handle(operation)
          return isBroken ? answer(exports) : at
        },
      }))
      assert.throws(() => core.call(OPERATION.describe, []), { code: 'internal_error' })
      isBroken = false
      assert.ok(core.call(OPERATION.describe, []).length > 0)
      assert.equal(state.count, 2)
    })

  test('its module grows to no more than what it is given, and the bytes of before are zero', () => {
    const exports = instance()
    const before = exports.memory.buffer
    new Uint8Array(before).fill(0x55, before.byteLength - 16)
    exports.memory.grow(1)
    assert.ok(new Uint8Array(before).every((byte) => byte === 0))
    assert.equal(new Uint8Array(exports.memory.buffer)[before.byteLength - 1], 0x55)
  })
})

describe('damaged memory', () => {
  /**
   * What a call says whose memory was damaged before: its answer, or that it threw.
   * @param {() => any} make an instance @param {number} seed @param {number} word
   */
  const callDamaged = (make, seed, word) => {
    let exports
    const core = new Core(() => () => {
      exports = { ...make() }
      return exports
    })
    core.checkNext('/a', '')
    const words = new Uint32Array(exports.memory.buffer)
    const random = makeRandom(seed)
    for (let i = 0; i < DAMAGED_WORDS; i++) words[random(words.length)] = word
    try {
      return { answer: core.checkNext('/a b', '') }
    } catch (error) {
      assert.ok(error instanceof Error)
      assert.equal(core.checkNext('/a b', ''), '/a%20b', 'a fresh instance')
      return { error }
    }
  }
  const makeModule = () => new WebAssembly.Instance(getModule(), {}).exports

  // A pointer that leads out of the memory traps in the module, and reads 0 here. Only there the two may differ.
  test('the answer is the module’s, unless the module traps', () => {
    const counts = { answers: 0, errors: 0 }
    for (const word of [0x7ffffff0, 0xffffffff, 0x40000000])
      for (let seed = 0; seed < 100; seed++) {
        const wanted = callDamaged(makeModule, seed, word)
        const got = callDamaged(makeInstance, seed, word)
        counts[wanted.error ? 'errors' : 'answers'] += 1
        if (!wanted.error) assert.deepEqual(got, wanted, `${word} ${seed}`)
      }
    assert.ok(counts.answers > 0 && counts.errors > 0, JSON.stringify(counts))
  })
})

test('random and damaged messages get the same answers as from the module', () => {
  const random = makeRandom(1)
  const module = new Core(getModule)
  const { core: plain } = makePlain()
  const seeds = [startFields(), requestFields(), ['/a?b=c#d', 'https://app.example'], ['{"providers":{}}']]
  const strange = ['', '\0', '%', 'ü', '{', '"', '/\\', '1e999', 'x'.repeat(5000), '\ud83d\ude00']
  const damage = (fields) => {
    const damaged = [...fields]
    for (let i = 0; i <= random(4); i++) {
      const at = random(damaged.length + 1)
      const text = strange[random(strange.length)]
      const old = damaged[at]
      damaged[at] = typeof old === 'string' ? old.slice(0, random(old.length + 1)) + text : text
    }
    return Array.from(damaged, (field) => field ?? '')
  }
  const answer = (core, operation, fields) => {
    try {
      return core.call(operation, fields)
    } catch (error) {
      return error.code ?? 'failed'
    }
  }
  for (let i = 0; i < 3000; i++) {
    const fields = damage(seeds[random(seeds.length)])
    const operation = random(OPERATION.NAMES.length)
    assert.deepEqual(
      answer(plain, operation, fields),
      answer(module, operation, fields),
      `${i}: ${operation}`,
    )
  }
})
