// Times many cases in one process and compares them: the machine is noisy, ratios within one round are not.
import { digits, median, quantile, shuffle, table } from './numbers.mjs'

const BATCH_MS = 16
const ROUNDS = 31

/**
 * One thing to time.
 * @typedef {object} Case
 * @property {string} name
 * @property {() => unknown} run one operation; async where it returns a promise
 */

/** @typedef {{ name: string, samples: number[], micros: number, low: number, high: number }} Result microseconds per run */

/** Milliseconds that `count` runs take; a case that is not async is not awaited either. */
const timeBatch = async ({ run, isAsync }, count) => {
  const begin = performance.now()
  if (isAsync) for (let i = 0; i < count; i++) await run()
  else for (let i = 0; i < count; i++) run()
  return performance.now() - begin
}

/** Warms a case up and finds how many runs fill a batch. */
const calibrate = async (entry) => {
  let count = 1
  for (;;) {
    const elapsed = await timeBatch(entry, count)
    if (elapsed >= BATCH_MS) return Math.max(1, Math.round((count * BATCH_MS) / elapsed))
    count = elapsed < BATCH_MS / 8 ? count * 4 : Math.ceil((count * BATCH_MS * 1.1) / elapsed)
  }
}

/** @param {string} name @param {number[]} samples one per round @returns {Result} */
export const toResult = (name, samples) => ({
  name,
  samples,
  micros: median(samples),
  low: quantile(samples, 0.25),
  high: quantile(samples, 0.75),
})

/** The median over the rounds of one case divided by another of the same run. @param {Result[]} results @param {string} name @param {string} base */
export const ratio = (results, name, base) => {
  const samplesOf = (wanted) => results.find((result) => result.name === wanted).samples
  const divisors = samplesOf(base)
  return median(samplesOf(name).map((sample, round) => sample / divisors[round]))
}

/** Each round runs one batch of every case in random order. @param {Case[]} cases @returns {Promise<Result[]>} */
export const measure = async (cases) => {
  const entries = []
  for (const one of cases) {
    const isAsync = one.run() instanceof Promise
    entries.push({ ...one, isAsync, count: 0, samples: [] })
  }
  // Twice: the first pass runs code that is not compiled yet.
  for (let pass = 0; pass < 2; pass++) for (const entry of entries) entry.count = await calibrate(entry)
  for (let round = 0; round < ROUNDS; round++) {
    globalThis.gc?.()
    for (const entry of shuffle(entries))
      entry.samples.push((1000 * (await timeBatch(entry, entry.count))) / entry.count)
  }
  return entries.map(({ name, samples }) => toResult(name, samples))
}

/** What `measure` found, the fastest first, each divided by some of them. @param {Result[]} results @param {string[]} bases */
export const toTable = (results, bases) =>
  table(
    ['case', 'µs', 'quartiles', ...bases.map((base) => `÷ ${base}`)],
    [...results]
      .sort((a, b) => a.micros - b.micros)
      .map(({ name, micros, low, high }) => [
        name,
        digits(micros),
        `${digits(low)}–${digits(high)}`,
        ...bases.map((base) => digits(ratio(results, name, base))),
      ]),
  )
