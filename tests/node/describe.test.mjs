// The module describes itself: what it says is what its sources say, and the files of the package say the same.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { describeCore } from '../../tools/describe.mjs'
import { parseErrors, parseMessages } from '../../tools/generate.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const read = (file) => readFileSync(join(ROOT, file), 'utf8')
const readJson = (file) => JSON.parse(read(file))
const said = describeCore(readFileSync(join(ROOT, 'dist/core.wasm')))

test('its messages are those of messages.def', () => {
  const lists = parseMessages(read('wasm/codec/messages.def'))
  assert.deepEqual(said.messages, Object.fromEntries(lists.map(({ name, fields }) => [name, fields])))
  assert.deepEqual(
    Object.keys(said.messages),
    lists.map(({ name }) => name),
  )
})

test('its errors are those of errors.def', () => {
  assert.deepEqual(said.errors, parseErrors(read('wasm/base/errors.def'), read('wasm/base/errors.hpp')))
})

test('its version and its limits are those of the package', () => {
  const [, abi] = /^#define LANDFALL_ABI (\d+)$/m.exec(read('wasm/codec/messages.def'))
  assert.deepEqual([said.version, said.abi], [readJson('package.json').version, Number(abi)])
  const limits = read('wasm/base/limits.hpp')
  const bytes = (name) => Number(new RegExp(`${name} = (\\d+);`).exec(limits)?.[1])
  assert.equal(said.limits.secret_bytes, bytes('kMinSecretBytes'))
  const parts = ['kStateEntropyBytes', 'kCodeVerifierEntropyBytes', 'kNonceEntropyBytes'].map(bytes)
  assert.equal(
    said.limits.entropy_bytes,
    parts.reduce((sum, part) => sum + part),
  )
  assert.match(limits, /kMaxMessageBytes = 2u << 20;/)
  assert.equal(said.limits.message_bytes, 2 << 20)
})

test('the files of the package are what it says', () => {
  const { errors, ...boundary } = said
  assert.deepEqual(readJson('dist/messages.json'), boundary)
  assert.deepEqual(readJson('dist/errors.json'), errors)
  assert.deepEqual(readJson('dist/next.json'), readJson('tests/vectors/next.json'))
})
