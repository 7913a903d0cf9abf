// landfall/plain beside the module: what each weighs, and what it takes in Node, also in a Node that compiles nothing.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { toResult } from './harness.mjs'
import { digits, grouped, shuffle, table } from './numbers.mjs'
import { weigh } from './size.mjs'

const RUNS = 5
const MODULE = 'the module, node'
const PLAIN = 'plain, node'
const CASES = [
  { name: MODULE, entry: 'index', flags: [] },
  { name: PLAIN, entry: 'plain', flags: [] },
  { name: 'plain, node --jitless', entry: 'plain', flags: ['--jitless'] },
]
const FILES = {
  'for servers, the module': 'core.wasm',
  'for servers, plain': 'generated/core-plain.js',
  'for pages, the module': 'browser.wasm',
  'for pages, plain': 'generated/browser-plain.js',
}

/** @param {typeof CASES[0]} one @returns {Promise<{ check: number, start: number }>} */
const runChild = async ({ entry, flags }) => {
  const program = fileURLToPath(new URL('plain-child.mjs', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', ...flags, program, entry])
  return JSON.parse(stdout)
}

/** @type {import('./run.mjs').Group} */
export const measurePlain = async () => {
  const weights = Object.entries(FILES).map(([name, file]) => ({
    name,
    ...weigh(readFileSync(new URL(`../../dist/${file}`, import.meta.url))),
  }))
  const cases = CASES.map((one) => ({ ...one, runs: [] }))
  for (let run = 0; run < RUNS; run++) for (const one of shuffle(cases)) one.runs.push(await runChild(one))
  const microsOf = (name, part) => {
    const { runs } = cases.find((one) => one.name === name)
    return toResult(
      name,
      runs.map((run) => run[part]),
    ).micros
  }
  const against = (name, part) => microsOf(name, part) / microsOf(MODULE, part)
  const times = cases.map(({ name }) => [
    name,
    ...['check', 'start'].flatMap((part) => [microsOf(name, part), against(name, part)].map(digits)),
  ])
  const sizes = weights.map(({ name, raw, gzip, brotli }) => [name, ...[raw, gzip, brotli].map(grouped)])
  const brotliOf = (wanted) => weights.find(({ name }) => name === wanted).brotli
  return {
    title: 'Without WebAssembly',
    text: `\`landfall/plain\` and \`landfall/plain/browser\` have the core as plain JavaScript. The first table shows bytes of the core alone, minified. The second shows medians of ${RUNS} processes; \`--jitless\` interprets all code and has no WebAssembly, like engines that may not compile.`,
    tables: [
      table(['core', 'raw', 'gzip -9', 'brotli 11'], sizes),
      table(['core, runtime', 'check of a path, µs', '÷ the module', 'start, µs', '÷ the module'], times),
    ],
    ratios: [
      {
        what: 'size: plain core ÷ core.wasm, brotli',
        value: brotliOf('for servers, plain') / brotliOf('for servers, the module'),
      },
      { what: 'start, Node: plain ÷ the module', value: against(PLAIN, 'start') },
    ],
  }
}
