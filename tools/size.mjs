// `npm run size`: what the package weighs, as files and over the wire.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from './build.mjs'
import { program, root } from './run.mjs'
import { setup } from './setup.mjs'

/** What an app with one sign-in takes from the smallest comparable library. */
const peer = `export {
  authorizationCodeGrantRequest, calculatePKCECodeChallenge, ClientSecretBasic, generateRandomCodeVerifier,
  generateRandomState, processAuthorizationCodeResponse, validateAuthResponse,
} from 'oauth4webapi'`

/** Bundles a module as an app would; without the core, its text is left empty. */
const bundle = async (contents, withCore = true) => {
  const { build: esbuild } = await import('esbuild')
  const empty = {
    name: 'without-core',
    setup: (hooks) =>
      hooks.onLoad({ filter: /(?:core|browser)-text\.js$/ }, () => ({ contents: "export default ''" })),
  }
  const result = await esbuild({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    // The app has its framework already.
    external: ['next/*'],
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
  return [what.padEnd(42), ...sizes.map((size) => size.toLocaleString('en').padStart(9))].join(' ')
}

await program(import.meta.url, async () => {
  await setup('build')
  await build()
  console.log(
    ['bytes'.padEnd(42), 'raw', 'gzip -9', 'brotli 11'].map((h, i) => (i ? h.padStart(9) : h)).join(' '),
  )
  for (const file of ['core.wasm', 'browser.wasm'])
    console.log(row(file, readFileSync(join(root, 'dist', file))))
  for (const [name, file, maker] of [
    ['landfall', 'index', 'createAuth'],
    ['landfall/browser', 'browser', 'createBrowserAuth'],
  ]) {
    const entry = `export { ${maker} } from './dist/${file}.js'`
    console.log(row(`${name}, bundled and minified`, await bundle(entry, false)))
    console.log(row(`${name}, the module inlined`, await bundle(entry)))
  }
  for (const name of ['next', 'sveltekit'])
    console.log(row(`landfall/${name}, beside landfall`, await bundle(`export * from './dist/${name}.js'`)))
  console.log(row('for comparison: oauth4webapi', await bundle(peer)))
})
