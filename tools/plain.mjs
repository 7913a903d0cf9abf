// Turns a WebAssembly module into plain JavaScript, with wasm2js of Binaryen: for engines without WebAssembly.
import { readFileSync } from 'node:fs'
import { run, Stop } from './run.mjs'

/** What Emscripten's module uses beyond the first version of WebAssembly. */
const FEATURES = ['bulk-memory', 'sign-ext', 'mutable-globals', 'nontrapping-float-to-int']

/** The types of what toPlain writes. */
export const PLAIN_TYPES =
  '/** Makes an instance of the core. */\nexport default function makeInstance(): any\n'

const HEAD = `export default () => {
  const fail = () => { throw new Error('landfall: the core failed') }
`
const TAIL = `
  return asmFunc({})
}
`

/** What memory.copy does first: wasm2js leaves this trap out. */
const CHECK_COPY =
  'dest >>>= 0; source >>>= 0; size >>>= 0;' +
  'if (Math.max(dest, source) + size > bufferView.length) fail();'

/**
 * Each change of what wasm2js writes: it makes one instance while it loads, and we make one for each call. A memory that
 * grew leaves its bytes behind: they may be secrets. Of the traps, one throws a text and one is missing. All become `fail`.
 * @type {[RegExp, string][]}
 */
const CHANGES = [
  [/^var retasmFunc = asmFunc\([\s\S]*$/m, ''],
  [/newHEAP8\.set\(HEAP8\);/, 'newHEAP8.set(HEAP8);HEAP8.fill(0);'],
  [/throw "trap: invalid memory\.fill"/, 'fail()'],
  [/\/\/ TODO: traps on invalid things/, CHECK_COPY],
  // Binaryen 108 takes its trap from outside, and 120 has its own.
  [
    /var abort = env\.abort|function wasm2js_trap\(\) \{ throw new Error\('abort'\); \}/,
    'var abort = fail, wasm2js_trap = fail',
  ],
]

/**
 * The text of an ES module whose default export makes an instance.
 * @param {string} wasm the file of the module
 * @param {string} out a file that wasm2js writes
 */
export const toPlain = async (wasm, out) => {
  await run('wasm2js', ['-O3', ...FEATURES.map((name) => `--enable-${name}`), wasm, '-o', out], {
    quiet: true,
  })
  let text = readFileSync(out, 'utf8')
  for (const [pattern, replacement] of CHANGES) {
    if (!pattern.test(text)) throw new Stop(`wasm2js writes something else than ${pattern}`)
    text = text.replace(pattern, replacement)
  }
  const { transform } = await import('esbuild')
  const { code } = await transform(HEAD + text + TAIL, {
    minify: true,
    target: 'es2018',
    legalComments: 'none',
  })
  return code
}
