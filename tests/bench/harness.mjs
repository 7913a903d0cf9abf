// Times many cases in one process and compares them: the machine is noisy, ratios within one round are not.

const BATCH_MS = 16
const ROUNDS = 25

/**
 * One thing to time.
 * @typedef {object} Case
 * @property {string} group cases of a group are compared with its baseline
 * @property {string} name
 * @property {() => unknown} run one operation; async where it returns a promise
 * @property {boolean} [baseline] the case that the others of its group are divided by
 */

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

const quantile = (numbers, share) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(share * (numbers.length - 1))]

const shuffle = (list) => {
  const out = [...list]
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    ;[out[i], out[j]] = [out[j], out[i]]
  }
  return out
}

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

/**
 * Each round runs one batch of every case in random order. @param {Case[]} cases
 * @returns {Promise<(Case & { micros: number, low: number, high: number, ratio: number })[]>} microseconds per run: median and
 *   quartiles; ratio: the median over the rounds of this case divided by the group's baseline
 */
export const measure = async (cases, rounds = ROUNDS) => {
  const entries = []
  for (const one of cases) {
    const isAsync = one.run() instanceof Promise
    entries.push({ ...one, isAsync, count: 0, samples: [] })
  }
  // Twice: the first pass runs code that is not compiled yet.
  for (let pass = 0; pass < 2; pass++) for (const entry of entries) entry.count = await calibrate(entry)
  for (let round = 0; round < rounds; round++) {
    globalThis.gc?.()
    for (const entry of shuffle(entries)) {
      entry.samples.push((1000 * (await timeBatch(entry, entry.count))) / entry.count)
    }
  }
  return entries.map((entry) => {
    const base = entries.find(({ group, baseline }) => baseline && group === entry.group) ?? entry
    return {
      ...entry,
      micros: median(entry.samples),
      low: quantile(entry.samples, 0.25),
      high: quantile(entry.samples, 0.75),
      ratio: median(entry.samples.map((sample, round) => sample / base.samples[round])),
    }
  })
}

const digits = (number) => number.toPrecision(3)

/** The results as one Markdown table per group. */
export const toMarkdown = (results) => {
  const lines = []
  for (const group of new Set(results.map((result) => result.group))) {
    lines.push(`\n### ${group}\n`, '| case | µs | quartiles | ratio |', '|---|---:|---:|---:|')
    for (const { name, micros, low, high, ratio } of results.filter((result) => result.group === group)) {
      lines.push(`| ${name} | ${digits(micros)} | ${digits(low)}–${digits(high)} | ${ratio.toFixed(3)} |`)
    }
  }
  return lines.join('\n')
}
