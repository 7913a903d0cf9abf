// The app in the runtime of Vercel's edge, where neither text nor bytes become code: node edge.mjs SCRIPT CORE_WASM
import { readFileSync } from 'node:fs'
import { EdgeRuntime, runServer } from 'edge-runtime'

const [script, core] = process.argv.slice(2)
const runtime = new EdgeRuntime({
  codeGeneration: { strings: false, wasm: false },
  // What the platform puts in the place of an import of `core.wasm?module`.
  extend: (context) => Object.assign(context, { coreModule: new WebAssembly.Module(readFileSync(core)) }),
  initialCode: readFileSync(script, 'utf8'),
})
const { url } = await runServer({ runtime, host: '127.0.0.1' })
console.log(url)
