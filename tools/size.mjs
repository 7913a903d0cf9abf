// `npm run size`: what the package weighs, as files and over the wire.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from './build.mjs'
import { program, root } from './run.mjs'
import { setup } from './setup.mjs'

/** Bundles everything that an entry exports, as an app would; without the module, its text is left empty. */
const bundle = async (entry, withCore = true) => {
  const { build: esbuild } = await import('esbuild')
  const empty = {
    name: 'without-core',
    setup: (hooks) => hooks.onLoad({ filter: /core\.b64\.js$/ }, () => ({ contents: "export default ''" })),
  }
  const result = await esbuild({
    entryPoints: [join(root, entry)],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    plugins: withCore ? [] : [empty],
  })
  return result.outputFiles[0].contents
}

const row = (what, bytes) => {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  const sizes = [
    bytes.length,
    gzipSync(bytes, { level: 9 }).length,
    brotliCompressSync(bytes, { params }).length,
  ]
  return [what.padEnd(34), ...sizes.map((size) => size.toLocaleString('en').padStart(9))].join(' ')
}

await program(import.meta.url, async () => {
  await setup('build')
  await build()
  console.log(
    ['bytes'.padEnd(34), 'raw', 'gzip -9', 'brotli 11'].map((h, i) => (i ? h.padStart(9) : h)).join(' '),
  )
  console.log(row('core.wasm', readFileSync(join(root, 'dist/core.wasm'))))
  console.log(row('JavaScript, bundled and minified', await bundle('dist/index.js', false)))
  console.log(row('both, the module inlined as base64', await bundle('dist/index.js')))
  const peer = 'node_modules/oauth4webapi/build/index.js'
  if (existsSync(join(root, peer))) console.log(row('for comparison: oauth4webapi', await bundle(peer)))
})
