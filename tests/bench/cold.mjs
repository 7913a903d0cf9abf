// Cold start: fresh processes of Node, each loading one library and signing in once.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { bundle, coreFile, peerModule } from './bundle.mjs'
import { ratio, toResult } from './harness.mjs'
import { digits, median, shuffle, table } from './numbers.mjs'
import { PEERS } from './peers.mjs'

const RUNS = 15
const BASE = 'oauth4webapi, bundled'
const EMPTY = 'export const makePeer = () => ({ start() {}, callback() {} })'

/** What a fresh process prints. @param {string} file of this folder @param {string} argument */
const runChild = async (file, argument) => {
  const program = fileURLToPath(new URL(file, import.meta.url))
  return JSON.parse((await promisify(execFile)(process.execPath, [program, argument])).stdout)
}

/** @param {string} url of a module that exports makePeer @returns {Promise<{ load: number, start: number, callback: number }>} */
const runCold = (url) => runChild('cold-child.mjs', url)

/** @param {string} folder */
const makeCases = async (folder) => {
  const cases = []
  const addBundle = async (name, contents, core) => {
    const outfile = join(folder, `${cases.length}`, 'bundle.mjs')
    await bundle(contents, outfile, { runtime: 'node', core })
    cases.push({ name, url: pathToFileURL(outfile).href, runs: [] })
  }
  await addBundle('an empty module', EMPTY, 'inlined')
  for (const { file, name, isOurs } of PEERS) {
    const url = new URL(`peers/${file}.mjs`, import.meta.url).href
    cases.push({ name: `${name}, ${isOurs ? 'as installed' : 'from node_modules'}`, url, runs: [] })
    await addBundle(`${name}, bundled`, peerModule(file), 'inlined')
    if (isOurs) await addBundle(`${name}, bundled with core.wasm beside it`, peerModule(file), 'file')
  }
  return cases
}

/** Milliseconds to compile the module, to make an instance, and for both, in fresh processes. */
const timeModule = async () => {
  const runs = []
  for (let i = 0; i < RUNS; i++) runs.push(await runChild('module-child.mjs', coreFile))
  const middle = (part) => digits(median(runs.map(part)))
  return {
    compile: middle(({ compile }) => compile),
    instantiate: middle(({ instantiate }) => instantiate),
    both: middle(({ compile, instantiate }) => compile + instantiate),
  }
}

/** @type {import('./run.mjs').Group} */
export const measureCold = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-cold-'))
  try {
    const cases = await makeCases(folder)
    for (let run = 0; run < RUNS; run++)
      for (const one of shuffle(cases)) one.runs.push(await runCold(one.url))
    const results = cases.map(({ name, runs }) => {
      const middle = (part) => median(runs.map((run) => run[part]))
      const samples = runs.map(({ load, start, callback }) => load + start + callback)
      return { ...toResult(name, samples), parts: ['load', 'start', 'callback'].map(middle) }
    })
    const rows = [...results]
      .sort((a, b) => a.micros - b.micros)
      .map(({ name, micros, parts }) => [name, ...[...parts, micros, ratio(results, name, BASE)].map(digits)])
    const { compile, instantiate, both } = await timeModule()
    const against = (name) => ratio(results, `${name}, bundled`, BASE)
    return {
      title: 'Cold start, Node',
      text: `The table shows milliseconds in fresh processes, medians of ${RUNS} runs: to load the library, for the first start, for the first callback, and for all three. core.wasm takes ${compile} ms to compile and ${instantiate} ms to instantiate, ${both} ms together.`,
      tables: [table(['library', 'load', '1st start', '1st callback', 'all', `÷ ${BASE}`], rows)],
      ratios: [
        { what: 'cold start, Node, bundled: Landfall ÷ oauth4webapi', value: against('Landfall') },
        {
          what: 'cold start, Node, bundled: Landfall through Supabase ÷ @supabase/ssr',
          value: ratio(results, 'Landfall, Supabase, bundled', '@supabase/ssr, bundled'),
        },
      ],
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
