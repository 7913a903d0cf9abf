// The random bytes of a sign-in: several share a draw, each has bytes of its own, and a draw is good as a whole or not at all.
import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { drawEntropy } from '../../dist/entropy.js'
import { ENTROPY_BYTES } from '../../dist/generated/limits.js'

const STARTS = 16
const partOf = (at) => Math.floor(at / ENTROPY_BYTES)

/** Uses up the last draw, then gives what the sign-ins get of one that `fill` makes. */
const takeDraw = (fill) => {
  let isDrawn = false
  const stub = mock.method(crypto, 'getRandomValues', (bytes) => {
    assert.equal(isDrawn, false, 'drawn twice')
    isDrawn = true
    return bytes.map(fill)
  })
  try {
    let first
    do first = drawEntropy()
    while (!isDrawn)
    return [first, ...Array.from({ length: STARTS - 1 }, drawEntropy)]
  } finally {
    stub.mock.restore()
  }
}

test('each sign-in gets bytes of its own, and all of a draw are used', () => {
  const taken = takeDraw((_, at) => at % 251)
  taken.forEach((bytes, start) => {
    const wanted = Uint8Array.from({ length: ENTROPY_BYTES }, (_, i) => (start * ENTROPY_BYTES + i) % 251)
    assert.deepEqual(bytes, wanted)
    bytes.fill(0)
  })
})

test('a draw in which one sign-in would get a single byte, repeated, serves none', () => {
  for (let part = 0; part < STARTS; part++)
    assert.throws(
      () => takeDraw((_, at) => (partOf(at) === part ? 7 : at)),
      { code: 'entropy_unavailable' },
      `part ${part}`,
    )
})

test('a draw in which each sign-in gets another byte, too, serves all', () => {
  for (const place of [0, ENTROPY_BYTES - 1])
    assert.equal(takeDraw((_, at) => (at % ENTROPY_BYTES === place ? 1 : 7)).length, STARTS)
})
