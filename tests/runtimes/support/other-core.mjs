// `LANDFALL_CORE=core.wasm node --import …/other-core.mjs`: the package of dist/ on another module than its own.
import { readFileSync } from 'node:fs'
import { register } from 'node:module'
import { TEXTS, toModule } from '../../../tools/inline.mjs'

const bytes = readFileSync(process.env.LANDFALL_CORE ?? '')
const sources = Object.fromEntries(
  Object.entries(TEXTS).map(([file, write]) => [`/dist/generated/${file}`, toModule(write(bytes))]),
)
const hooks = `
  const sources = ${JSON.stringify(sources)}
  export const load = (url, context, next) => {
    const file = Object.keys(sources).find((file) => url.endsWith(file))
    return file ? { format: 'module', source: sources[file], shortCircuit: true } : next(url, context)
  }`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)
