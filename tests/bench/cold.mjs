// Cold start: fresh processes of Node, each loading one library and signing in once.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
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
const child = fileURLToPath(new URL('cold-child.mjs', import.meta.url))
const EMPTY = 'export const makePeer = () => ({ start() {}, callback() {} })'

/** @param {string} url of a module that exports makePeer @returns {Promise<{ load: number, start: number, callback: number }>} */
const runCold = async (url) => JSON.parse((await promisify(execFile)(process.execPath, [child, url])).stdout)

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

/** Milliseconds to compile the module and to make an instance, each time anew. */
const timeModule = () => {
  const bytes = readFileSync(coreFile)
  const compile = []
  const instantiate = []
  for (let i = 0; i < RUNS; i++) {
    // V8 would know the same bytes again: a custom section with another content in each round.
    const fresh = new Uint8Array([...bytes, 0, 3, 1, 0x6e, i])
    const begin = performance.now()
    const module = new WebAssembly.Module(fresh)
    const compiled = performance.now()
    new WebAssembly.Instance(module).exports._initialize()
    instantiate.push(performance.now() - compiled)
    compile.push(compiled - begin)
  }
  return { compile: median(compile), instantiate: median(instantiate) }
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
    const { compile, instantiate } = timeModule()
    const against = (name) => ratio(results, `${name}, bundled`, BASE)
    return {
      title: 'Cold start, Node',
      text: `Fresh processes, medians of ${RUNS}: milliseconds to load the library, for the first start, for the first callback, and for all three. core.wasm by itself takes ${digits(compile)} ms to compile and ${digits(instantiate)} ms to instantiate.`,
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
