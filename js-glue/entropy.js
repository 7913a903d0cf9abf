import { LandfallError } from './error.js'
import { ENTROPY_BYTES } from './generated/limits.js'

const STARTS_PER_DRAW = 16

/** One draw costs as much as a whole start, so several starts share one. */
let pool = new Uint8Array(0)
let used = 0

/**
 * Fresh random bytes from crypto.getRandomValues, which nobody else gets; the caller wipes them after use. A drawn pool
 * is never filled again, since a sign-in that waits for its provider's metadata still holds its part.
 * @throws where there is no random source, or one that gives the same byte over and over
 * @returns {Uint8Array}
 */
const takeEntropy = () => {
  if (used === pool.length) {
    const drawn = globalThis.crypto.getRandomValues(new Uint8Array(ENTROPY_BYTES * STARTS_PER_DRAW))
    for (let at = 0; at < drawn.length; at += ENTROPY_BYTES)
      if (drawn.subarray(at, at + ENTROPY_BYTES).every((byte) => byte === drawn[at]))
        throw new Error('the random source always returns the same value')
    pool = drawn
    used = 0
  }
  const bytes = pool.subarray(used, used + ENTROPY_BYTES)
  used += ENTROPY_BYTES
  return bytes
}

/**
 * The same, for a sign-in.
 * @returns {Uint8Array}
 * @throws {LandfallError} entropy_unavailable
 */
export const drawEntropy = () => {
  try {
    return takeEntropy()
  } catch {
    throw new LandfallError('entropy_unavailable')
  }
}

/**
 * The same, where there are any: the core says which call needs them.
 * @returns {Uint8Array}
 */
export const tryEntropy = () => {
  try {
    return takeEntropy()
  } catch {
    return new Uint8Array(0)
  }
}
