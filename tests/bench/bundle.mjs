// Bundles a library with its route as an app would.
import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const dist = join(here, '../../dist')
export const coreFile = join(dist, 'core.wasm')

/** Landfall on a file beside the bundle, read by Node. */
const FROM_FILE = `
  import { readFileSync } from 'node:fs'
  import { withModule } from './slim.js'
  export const { createAuth, checkNext } =
    withModule(() => new WebAssembly.Module(readFileSync(new URL('./core.wasm', import.meta.url))))`

/** What stands for the peers' dist/index-node.js, so that the module is inlined, or a file beside the bundle. */
const ENTRIES = {
  node: { inlined: '', file: FROM_FILE },
  workerd: { inlined: "export * from './index.js'", file: "export * from './workerd.js'" },
}

/** @param {string} contents */
const replaceEntry = (contents) => ({
  name: 'landfall-entry',
  setup(hooks) {
    hooks.onLoad({ filter: /index-node\.js$/ }, ({ path }) =>
      path === join(dist, 'index-node.js') ? { contents, resolveDir: dist } : undefined,
    )
  },
})

/**
 * @param {string} contents of the module to begin with, as one in this folder
 * @param {string} outfile
 * @param {{ runtime: 'node' | 'workerd', core: 'inlined' | 'file' }} how Landfall gets its module; a file is put beside the bundle
 */
export const bundle = async (contents, outfile, { runtime, core }) => {
  const isWorker = runtime === 'workerd'
  const entry = ENTRIES[runtime][core]
  mkdirSync(dirname(outfile), { recursive: true })
  if (core === 'file') copyFileSync(coreFile, join(dirname(outfile), 'core.wasm'))
  await build({
    stdin: { contents, resolveDir: here },
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
    // Next is there already where a library needs it.
    external: isWorker ? ['*.wasm', 'node:*', 'next/*'] : ['*.wasm'],
    plugins: entry ? [replaceEntry(entry)] : [],
    platform: isWorker ? 'browser' : 'node',
    conditions: isWorker ? ['workerd', 'worker'] : [],
    // Node's own order would take the CommonJS of several libraries, from which nothing can be left out.
    mainFields: ['module', 'main'],
  })
}

/** A module that gives one peer. @param {string} file */
export const peerModule = (file) => `export { makePeer } from './peers/${file}.mjs'`
