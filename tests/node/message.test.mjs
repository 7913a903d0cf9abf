// A message in the core's memory: how much room its fields take, and how text is written there and read.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Core } from '../../dist/core.js'
import * as OPERATION from '../../dist/generated/messages/operation.js'
import * as START from '../../dist/generated/messages/start.js'
import * as STEP from '../../dist/generated/messages/step.js'
import { HEAD_BYTES, measure, readText, writeText } from '../../dist/message.js'
import { getModule } from '../../dist/module.js'
import { ORIGIN, PROVIDER, SECRET } from './support/app.mjs'
import { makeCore, startFields } from './support/messages.mjs'

const BROKEN = { name: 'LandfallError', code: 'internal_error' }
/** kMaxMessageBytes of wasm/base/limits.hpp. */
const MOST_BYTES = 2 << 20
/** The widths of UTF-8, at both ends of each. */
const LETTERS = { '\0': 1, '\x7f': 1, '\x80': 2, '\u07ff': 2, '\u0800': 3, '\uffff': 3, '\ud800': 3, '😀': 4 }
/** Longer than what is written letter by letter, and than what is decoded as a part of a longer text. */
const LENGTHS = [0, 1, 2, 39, 40, 41, 1023, 1024, 1025]

const bytesOf = (text) => new TextEncoder().encode(text)

test('text of every width is written as UTF-8, and nothing beside it', () => {
  for (const letter of Object.keys(LETTERS))
    for (const length of LENGTHS)
      for (const text of [
        letter.repeat(length),
        `a${letter.repeat(length)}`,
        `${'a'.repeat(length)}${letter}`,
      ]) {
        const wanted = bytesOf(text)
        const bytes = new Uint8Array(wanted.length + 8).fill(0xee)
        assert.equal(writeText(text, bytes, 4, 4 + wanted.length), wanted.length)
        assert.deepEqual(bytes, Uint8Array.from([...Array(4).fill(0xee), ...wanted, ...Array(4).fill(0xee)]))
      }
})

test('text that does not fit is an error, and nothing is written behind the room', () => {
  for (const letter of Object.keys(LETTERS))
    for (const length of LENGTHS.slice(1)) {
      const text = letter.repeat(length)
      const end = bytesOf(text).length - 1
      const bytes = new Uint8Array(end + 8).fill(0xee)
      assert.throws(() => writeText(text, bytes, 0, end), BROKEN)
      assert.ok(bytes.subarray(end).every((byte) => byte === 0xee))
    }
})

test('text is read as it is where it is ASCII, and is an error otherwise', () => {
  for (const length of LENGTHS) {
    const text = 'a\0\x7f'.repeat(length)
    assert.equal(readText(bytesOf(text)), text)
    for (const letter of Object.keys(LETTERS).slice(2))
      assert.throws(() => readText(bytesOf(text + letter)), BROKEN)
  }
  for (const bytes of [[0x80], [0xff], [0xc3], [0xef, 0xbb, 0xbf]])
    assert.throws(() => readText(Uint8Array.from(bytes)), BROKEN)
})

test('the room of bytes and of a long text is exact, that of a short text large enough', () => {
  assert.equal(measure([]), HEAD_BYTES)
  assert.equal(measure(['', new Uint8Array(5)]), HEAD_BYTES + 2 * 4 + 5)
  for (const [letter, width] of Object.entries(LETTERS)) {
    const long = letter.repeat(70_000)
    const isPair = letter.length === 2
    assert.equal(measure([long]), HEAD_BYTES + 4 + 70_000 * (isPair ? 6 : width))
    assert.ok(measure([letter]) >= HEAD_BYTES + 4 + width)
  }
})

test('a message may take all of the room that the core has, and not a byte more', () => {
  const core = new Core(getModule)
  const call = (text) => core.call(OPERATION.fail, ['', '', '', '', text])
  const room = MOST_BYTES - HEAD_BYTES - 5 * 4
  for (const [letter, width] of Object.entries(LETTERS).slice(0, -1)) {
    const text = letter.repeat(Math.floor(room / width)) + 'a'.repeat(room % width)
    assert.equal(call(text).length > 0, true)
    assert.throws(() => call(`${text}a`), { code: 'request_too_large' })
  }
})

test('a field that grows after it was measured is written to nowhere, nor is a list that grows', () => {
  const core = makeCore()
  const wanted = core.call(OPERATION.start, startFields())
  for (const [short, long] of [
    [new Uint8Array(1), new Uint8Array(5000)],
    ['x', 'x'.repeat(5000)],
  ]) {
    const fields = startFields()
    let reads = 0
    Object.defineProperty(fields, fields.length - 1, { get: () => (reads++ === 0 ? short : long) })
    assert.throws(() => core.call(OPERATION.start, fields), { code: 'internal_error' })
    assert.deepEqual(core.call(OPERATION.start, startFields()), wanted)
  }
  const fields = ['', '']
  const get = () => {
    while (fields.length < 500) fields.push('')
    return ''
  }
  Object.defineProperty(fields, 1, { get })
  assert.throws(() => core.call(OPERATION.start, fields), { code: 'internal_error' })
  assert.deepEqual(core.call(OPERATION.start, startFields()), wanted)
})

test('bytes arrive as the same text does, from none on', () => {
  const names = ['a', 'bb', 'ccc']
  const providers = Object.fromEntries(names.map((name) => [name, PROVIDER]))
  const core = new Core(
    getModule,
    JSON.stringify({ origin: ORIGIN, secret: SECRET, providers, onSession: true }),
  )
  core.configure()
  const answerFor = (provider) =>
    core.call(OPERATION.start, Object.assign(startFields(), { [START.provider]: provider }))
  for (const name of ['', ...names]) assert.deepEqual(answerFor(bytesOf(name)), answerFor(name), name)
  for (const name of names) assert.equal(Number(answerFor(name)[0]), STEP.started)
})
