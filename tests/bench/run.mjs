// Prints how Landfall compares, as Markdown. Needs dist/ (`npm run build`). An argument picks groups: `run.mjs callback`.
import { readFileSync } from 'node:fs'
import { arch, cpus, platform } from 'node:os'
import { callbackCases } from './callback.mjs'
import { measure, toMarkdown } from './harness.mjs'
import { nextCases } from './next.mjs'
import { startCases } from './start.mjs'
import { supabaseCallbackCases, supabaseStartCases } from './supabase.mjs'

const version = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).version

const [only = '', rounds] = process.argv.slice(2)
const cases = [
  ...startCases(),
  ...nextCases(),
  ...(await callbackCases()),
  ...(await supabaseStartCases()),
  ...(await supabaseCallbackCases()),
]
const chosen = cases.filter(({ group }) => group.toLowerCase().includes(only.toLowerCase()))
const results = await measure(chosen, rounds && Number(rounds))

console.log(
  `Node ${process.versions.node} (V8 ${process.versions.v8}) on ${platform()} ${arch()}, ${cpus().length} × ${cpus()[0].model}.`,
)
const peers = ['oauth4webapi', '@supabase/ssr', '@supabase/supabase-js']
const versions = peers.map((name) => `${name} ${version(`../../node_modules/${name}/package.json`)}`)
console.log(`landfall ${version('../../package.json')}, ${versions.join(', ')}.`)
console.log('Medians of rounds; the ratio is the median of the per-round ratios to the first row.')
console.log(toMarkdown(results))
