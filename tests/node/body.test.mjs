// The bytes of a body: how many are read, and what becomes of a body that is left.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBytes } from '../../dist/body.js'

/** A body of these chunks that goes on and on after them, and whether somebody has left it. */
const makeBody = (...chunks) => {
  const seen = { left: false, reads: 0 }
  const body = new ReadableStream(
    {
      pull(controller) {
        seen.reads += 1
        controller.enqueue(chunks.shift() ?? new Uint8Array(1))
      },
      cancel() {
        seen.left = true
      },
    },
    { highWaterMark: 0 },
  )
  return { body, seen }
}

test('a chunk that is no bytes is an error, and the body is left', async () => {
  for (const chunk of ['text', [1], new DataView(new ArrayBuffer(1)), new Uint16Array(1)]) {
    const { body, seen } = makeBody(new Uint8Array(3), chunk)
    await assert.rejects(readBytes(body, 100), { name: 'TypeError', message: 'no bytes' })
    assert.deepEqual(seen, { left: true, reads: 2 })
  }
})

test('where nobody waits any more, the next chunk is the last', async () => {
  const controller = new AbortController()
  const { body, seen } = makeBody()
  controller.abort()
  await assert.rejects(readBytes(body, 100, controller.signal), TypeError)
  assert.deepEqual(seen, { left: true, reads: 1 })
})

test('a body may have so many bytes, and is left at the first byte too many; an empty chunk counts as one', async () => {
  const whole = new Blob(['12345']).stream()
  assert.deepEqual(await readBytes(whole, 5), Uint8Array.from(Buffer.from('12345')))
  for (const size of [1, 0]) {
    const { body, seen } = makeBody(...Array.from({ length: 9 }, () => new Uint8Array(size)))
    assert.equal(await readBytes(body, 5), undefined)
    assert.deepEqual(seen, { left: true, reads: 6 })
  }
  assert.deepEqual(await readBytes(null, 5), new Uint8Array(0))
  assert.deepEqual(await readBytes(undefined, 5), new Uint8Array(0))
})
