// `LANDFALL_CORE=core.wasm node --import …/other-core.mjs`: the package of dist/ on another module than its own.
import { readFileSync } from 'node:fs'
import { register } from 'node:module'
import { toModule } from '../../../tools/inline.mjs'

const text = toModule(readFileSync(process.env.LANDFALL_CORE ?? ''))
const hooks = `
  const source = ${JSON.stringify(text)}
  export const load = (url, context, next) =>
    url.endsWith('/dist/generated/core-text.js')
      ? { format: 'module', source, shortCircuit: true }
      : next(url, context)`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)
