// Random choices from a seed. Each run has a stream of its own, so that one run can be repeated without those before it.

/** Mixes two numbers into a seed of 32 bits. @param {number} seed @param {number} run */
const mix = (seed, run) => {
  let h = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(run + 1, 0x85ebca77)) | 0
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
  return (h ^ (h >>> 16)) >>> 0
}

/** @param {number} seed @param {number} run */
export const makeRandom = (seed, run) => {
  let state = mix(seed, run)
  /** From 0 to 1, by mulberry32. */
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  /** A whole number below `end`. @param {number} end */
  const below = (end) => Math.floor(next() * end)
  return {
    below,
    /** @template T @param {readonly T[]} list @returns {T} */
    pick: (list) => list[below(list.length)],
    /** Whether something happens that happens once in `n` times. @param {number} n */
    oneIn: (n) => below(n) === 0,
  }
}

/** @typedef {ReturnType<typeof makeRandom>} Random */
