/** Bytes that one start takes: state, code_verifier and nonce. */
const ENTROPY_BYTES = 96
const STARTS_PER_DRAW = 16

/** One draw costs as much as a whole start, so several starts share one. */
const pool = new Uint8Array(ENTROPY_BYTES * STARTS_PER_DRAW)
let used = pool.length

/**
 * Fresh random bytes from crypto.getRandomValues; the caller wipes them after use, the pool forgets them at once.
 * @returns {Uint8Array}
 */
export const takeEntropy = () => {
  if (used === pool.length) {
    globalThis.crypto.getRandomValues(pool)
    used = 0
  }
  const bytes = pool.slice(used, used + ENTROPY_BYTES)
  pool.fill(0, used, used + ENTROPY_BYTES)
  used += ENTROPY_BYTES
  return bytes
}
