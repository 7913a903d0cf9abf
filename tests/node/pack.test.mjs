// tools/pack.mjs moves the functions of a module and drops hints, and nothing else.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import { pack, readModule, writeModule } from '../../tools/pack.mjs'

const packed = readFileSync(new URL('../../dist/core.wasm', import.meta.url))
const { functions } = readModule(packed, true)
const numbers = [...functions.keys()]

/** A function as text, with what it calls in place of numbers: a tree as deep as the calls that it makes. */
const describeFunction = (all, number, depth) =>
  all[number].pieces
    .map((piece) => {
      if (typeof piece !== 'number') return Buffer.from(piece).toString('hex')
      return depth === 0 ? '()' : `(${describeFunction(all, piece, depth - 1)})`
    })
    .join('')

test('a module that is read and written is the same', () => {
  assert.ok(functions.length > 400)
  assert.deepEqual(Buffer.from(writeModule(readModule(packed, true), numbers)), packed)
})

test('in another order, each function calls the same functions', () => {
  const turned = writeModule(readModule(packed, true), [...numbers].reverse())
  assert.ok(WebAssembly.validate(turned))
  const moved = readModule(turned, true).functions
  for (const number of numbers)
    assert.equal(
      describeFunction(moved, numbers.length - 1 - number, 1),
      describeFunction(functions, number, 1),
    )
  const exported = (bytes) =>
    WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name)
  assert.deepEqual(exported(turned), exported(packed))
})

test('the exports and the table lead to the same functions', async () => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(packed))
  const turned = writeModule(readModule(packed, true), [...numbers].reverse())
  const other = new WebAssembly.Instance(new WebAssembly.Module(turned))
  exports._initialize()
  other.exports._initialize()
  assert.equal(exports.landfall_abi(), other.exports.landfall_abi())
  assert.equal(exports.landfall_input(100), other.exports.landfall_input(100))
})

test('packing makes it smaller than any order without a reason', () => {
  const size = (bytes) => brotliCompressSync(bytes).length
  const turned = writeModule(
    readModule(packed, true),
    [...numbers].sort((a, b) => ((a * 7919) % 509) - ((b * 7919) % 509)),
  )
  assert.ok(size(pack(turned)) < size(turned) - 500, `${size(pack(turned))} and ${size(turned)}`)
  assert.ok(WebAssembly.validate(pack(turned)))
})

test('what it does not know is refused', () => {
  const module = (body) =>
    Uint8Array.of(
      0,
      0x61,
      0x73,
      0x6d,
      1,
      0,
      0,
      0,
      3,
      2,
      1,
      0,
      10,
      body.length + 3,
      1,
      body.length + 1,
      0,
      ...body,
    )
  assert.equal(readModule(module([0x01, 0x0b])).functions.length, 1)
  for (const instruction of [
    [0x1c, 0],
    [0xd0, 0x70],
    [0xfd, 0],
    [0xfc, 12],
  ])
    assert.throws(() => readModule(module([...instruction, 0x0b])), /is unknown/, instruction.join())
})
