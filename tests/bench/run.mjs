// Prints how Landfall compares, as Markdown. Needs dist/ (`npm run build`). An argument picks groups: `run.mjs callback`.
import { readFileSync } from 'node:fs'
import { arch, cpus, platform } from 'node:os'
import { callbackCases } from './callback.mjs'
import { measure, toMarkdown } from './harness.mjs'
import { nextCases } from './next.mjs'
import { startCases } from './start.mjs'

const version = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).version

const [only = '', rounds] = process.argv.slice(2)
const cases = [...startCases(), ...nextCases(), ...(await callbackCases())]
const chosen = cases.filter(({ group }) => group.toLowerCase().includes(only.toLowerCase()))
const results = await measure(chosen, rounds && Number(rounds))

console.log(
  `Node ${process.versions.node} (V8 ${process.versions.v8}) on ${platform()} ${arch()}, ${cpus().length} × ${cpus()[0].model}.`,
)
console.log(
  `landfall ${version('../../package.json')}, oauth4webapi ${version('../../node_modules/oauth4webapi/package.json')}.`,
)
console.log('Medians of rounds; the ratio is the median of the per-round ratios to the first row.')
console.log(toMarkdown(results))
