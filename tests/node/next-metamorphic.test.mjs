// What the safe-`next` check must not depend on: what was asked before, what lies in memory, how the origin is given.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkNext } from '../../dist/index.js'
import { getModule } from '../../dist/module.js'
import { withModule } from '../../dist/slim.js'
import { makeInputs } from '../safe-next/inputs.mjs'
import { answerAll } from '../safe-next/verdicts.mjs'

const BLOCKS = 10
const CALLS_BEFORE = 10_000
const POISONS = [0x00, 0x2f, 0x41, 0x5c, 0xff]
const seed = Number(process.env.LANDFALL_NEXT_SEED ?? Date.now() % 2 ** 31)

const inputs = Array.from({ length: BLOCKS }, (_, block) => makeInputs(seed, block)).flat()
const wanted = answerAll(checkNext, inputs)

/** Compares input by input, so that a failure names one. */
const expectSame = (answers, inputsAsked = inputs) => {
  for (const [index, answer] of answers.entries())
    assert.equal(answer, wanted[index], `${JSON.stringify(inputsAsked[index])}, seed ${seed}`)
}

/** Runs with instances that find a byte all over the room for their message. */
const withPoison = (byte, run) => {
  const { Instance } = WebAssembly
  WebAssembly.Instance = class {
    constructor(...given) {
      const { exports } = new Instance(...given)
      const landfall_input = (size) => {
        const at = exports.landfall_input(size)
        new Uint8Array(exports.memory.buffer, at, size).fill(byte)
        return at
      }
      this.exports = { ...exports, landfall_input }
    }
  }
  try {
    return run()
  } finally {
    WebAssembly.Instance = Instance
  }
}

test(`after ${CALLS_BEFORE} other calls, and in the other order, seed ${seed}`, () => {
  const others = Array.from({ length: CALLS_BEFORE / 1000 }, (_, block) => makeInputs(seed + 1, block)).flat()
  assert.equal(answerAll(checkNext, others).length, CALLS_BEFORE)
  expectSame(answerAll(checkNext, inputs.toReversed()).toReversed())
})

test(`by an instance that was never asked before, seed ${seed}`, () => {
  const few = inputs.slice(0, 1000)
  expectSame(few.map(({ input, origin }) => withModule(getModule).checkNext(input, origin)))
})

test(`whatever lies in the memory, seed ${seed}`, () => {
  for (const byte of POISONS)
    expectSame(withPoison(byte, () => answerAll(withModule(getModule).checkNext, inputs)))
})

test(`a path is the same target of every origin, with and without it, seed ${seed}`, () => {
  const paths = inputs.map(({ input }) => (input.startsWith('/') ? input : `/${input}`))
  const alone = paths.map((path) => checkNext(path))
  assert.ok(alone.some((answer) => answer !== null) && alone.some((answer) => answer === null))
  for (const [index, { origin }] of inputs.entries()) {
    assert.equal(checkNext(paths[index], origin), alone[index], JSON.stringify(paths[index]))
    assert.equal(checkNext(origin + paths[index], origin), alone[index], JSON.stringify(paths[index]))
    assert.equal(checkNext(origin + paths[index], 'https://another.example'), null)
  }
})
