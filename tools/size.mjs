// `npm run size`: what the package weighs, as files and over the wire. `npm run size -- --by feature`: what each capability of the core
// adds to core.wasm, which is how much smaller the module is without it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build, buildModules, CHOICES, moduleFile } from './build.mjs'
import { program, root, Stop } from './run.mjs'
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

const HEAD = ['bytes', 'raw', 'gzip -9', 'brotli 11']

/** @param {Uint8Array} bytes @returns {number[]} the columns of HEAD */
const sizesOf = (bytes) => {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  return [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes, { params }).length]
}

const line = ([what, ...columns]) =>
  [what.padEnd(42), ...columns.map((column) => column.toLocaleString('en').padStart(9))].join(' ')

const row = (what, bytes) => line([what, ...sizesOf(bytes)])

const printByFeature = async () => {
  await buildModules(['core', ...CHOICES.map((choice) => `without-${choice}`)])
  const sizes = sizesOf(readFileSync(moduleFile('core')))
  console.log(line(HEAD))
  console.log(line(['core.wasm', ...sizes]))
  for (const choice of CHOICES) {
    const rest = sizesOf(readFileSync(moduleFile(`without-${choice}`)))
    console.log(line([choice.toLowerCase().replaceAll('-', ', '), ...sizes.map((size, i) => size - rest[i])]))
  }
}

const printAll = async () => {
  await build()
  console.log(line(HEAD))
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
}

await program(import.meta.url, async () => {
  const [option, by] = process.argv.slice(2)
  const isByFeature = option === '--by' && by === 'feature'
  if (option !== undefined && !isByFeature) throw new Stop('size: the only option is `--by feature`')
  await setup('build')
  await (isByFeature ? printByFeature() : printAll())
})
