// `npm run fuzz`: every fuzz target for a minute each. `npm run fuzz -- 10m next caller` runs two, for ten minutes each.
import { mkdirSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { configure } from './configure.mjs'
import { capture, program, root, run, Stop, say } from './run.mjs'
import { setup } from './setup.mjs'

const DURATION = /^(\d+)([smh]?)$/
const SECONDS = { '': 1, s: 1, m: 60, h: 3600 }
const MAX_BYTES = { json: 1 << 20, journey: 512 }

const folder = join(root, 'build/fuzz')
const sources = join(root, 'tests/fuzz')

const buildCore = async () => {
  await setup('fuzz')
  await configure('fuzz')
  await run('cmake', ['--build', '--preset', 'fuzz'], { quiet: true })
}

const buildGlue = async () => {
  await setup('build')
  await build()
}

/**
 * Runs one target of C++. What libFuzzer finds stays in the build folder; what is kept for ever is in tests/fuzz/corpus, made
 * smaller with `fuzz_<target> -set_cover_merge=1 <new folder> <kept> <found>`, and `-use_counters=0` where that is too much.
 * @param {string} target @param {number} seconds
 */
const fuzzCore = async (target, seconds) => {
  const found = join(folder, 'corpus', target)
  mkdirSync(found, { recursive: true })
  const { code, output } = await capture(
    join(folder, `fuzz_${target}`),
    [
      found,
      join(sources, 'corpus', target),
      `-max_total_time=${seconds}`,
      `-max_len=${MAX_BYTES[target] ?? 1 << 16}`,
      '-timeout=10',
      '-rss_limit_mb=1024',
      // Without these two, most of the time goes into choosing inputs and looking for leaks after each.
      '-entropic=0',
      '-detect_leaks=0',
      `-artifact_prefix=${join(folder, 'corpus')}/${target}-`,
    ],
    { env: { ASAN_OPTIONS: 'quarantine_size_mb=32' } },
  )
  const [, runs, edges, corpus] = /^#(\d+)\s+DONE\s+cov: (\d+) ft: \d+ corp: (\d+)/m.exec(output) ?? []
  const artifact = /Test unit written to (.*)/.exec(output)?.[1]
  const isClean = code === 0 && runs !== undefined && artifact === undefined
  if (!isClean) console.error(output.slice(-4000))
  const result = isClean ? 'nothing found' : (artifact ?? `exit code ${code}`)
  return { runs, edges, corpus, isClean, result }
}

/**
 * Runs a program in Node on what `npm run build` built; a finding names its seed.
 * @param {string} target @param {number} seconds
 */
const fuzzGlue = async (target, seconds) => {
  const { code, output } = await capture(process.execPath, [join(sources, `${target}.mjs`), String(seconds)])
  const [, runs] = /: (\d+) runs/.exec(output) ?? []
  const isClean = code === 0 && runs !== undefined
  if (!isClean) console.error(output.slice(-4000))
  const result = isClean
    ? 'nothing found'
    : (/seed \d+, run \d+: .*/.exec(output)?.[0] ?? `exit code ${code}`)
  return { runs, edges: undefined, corpus: undefined, isClean, result }
}

/** Every target: what it needs, and how it runs. Those of C++ have a folder of inputs each. */
const TARGETS = {
  ...Object.fromEntries(
    readdirSync(join(sources, 'corpus'))
      .sort()
      .map((target) => [target, { prepare: buildCore, fuzz: fuzzCore }]),
  ),
  caller: { prepare: buildGlue, fuzz: fuzzGlue },
}

await program(import.meta.url, async () => {
  const args = process.argv.slice(2)
  const durations = args.filter((arg) => DURATION.test(arg))
  const names = args.filter((arg) => !DURATION.test(arg))
  const [, count, unit] = DURATION.exec(durations.at(-1) ?? '1m')
  const seconds = Number(count) * SECONDS[unit]
  const unknown = names.find((name) => !Object.hasOwn(TARGETS, name))
  if (unknown)
    throw new Stop(`fuzz: there is no target ${unknown}; there are ${Object.keys(TARGETS).join(', ')}`)

  const chosen = Object.entries(TARGETS).filter(([target]) => names.length === 0 || names.includes(target))
  say('fuzz: build')
  for (const prepare of new Set(chosen.map(([, { prepare }]) => prepare))) await prepare()
  const rows = []
  const queue = [...chosen]
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [target, { fuzz }] = next
      const row = { target, ...(await fuzz(target, seconds)) }
      const { runs = '?', edges = '?', corpus = '?', result } = row
      say(`fuzz: ${target}: ${runs} runs, ${edges} edges, ${corpus} inputs: ${result}`)
      rows.push(row)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  const findings = rows.filter(({ isClean }) => !isClean)
  if (findings.length > 0) {
    throw new Stop(`fuzz:\n${findings.map(({ target, result }) => `    ${target}: ${result}`).join('\n')}`)
  }
  console.table(
    Object.fromEntries(rows.map(({ target, runs, edges, corpus }) => [target, { runs, edges, corpus }])),
  )
})
