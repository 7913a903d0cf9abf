// One fresh process: compiles core.wasm and makes an instance, and prints how long each took. `module-child.mjs <core.wasm>`
import { readFileSync } from 'node:fs'

const bytes = readFileSync(process.argv[2])
const begin = performance.now()
const module = new WebAssembly.Module(bytes)
const compiled = performance.now()
new WebAssembly.Instance(module).exports._initialize()
console.log(JSON.stringify({ compile: compiled - begin, instantiate: performance.now() - compiled }))
