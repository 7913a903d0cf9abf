// `npm run build`: the Wasm module, the tables that JavaScript shares with it, and dist/, which is the package.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { configure } from './configure.mjs'
import { writeDescription } from './describe.mjs'
import { generate } from './generate.mjs'
import { copyToHosts } from './hosts.mjs'
import { toModule } from './inline.mjs'
import { buildPage } from './page.mjs'
import { PLAIN_TYPES, toPlain } from './plain.mjs'
import { program, root, run, Stop, say } from './run.mjs'
import { setup } from './setup.mjs'

/** The modules: the one for servers, and the one for pages, which has neither pages of ours nor a description of itself. */
const CORES = [
  { preset: 'wasm', file: 'core.wasm', text: 'core-text.js', plain: 'core-plain.js' },
  { preset: 'wasm-browser', file: 'browser.wasm', text: 'browser-text.js', plain: 'browser-plain.js' },
]
const glue = join(root, 'js-glue')
const dist = join(root, 'dist')

/** What Emscripten made. @param {string} preset */
const builtBy = (preset) => join(root, 'build', preset, 'core.wasm')

const buildCore = async ({ preset, file }) => {
  say(`build: ${file}`)
  await configure(preset)
  await run('cmake', ['--build', '--preset', preset], { quiet: true })
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(builtBy(preset))))
  if (imports.length > 0) {
    const names = imports.map(({ module, name }) => `${module}.${name}`).join(', ')
    throw new Stop(`${file} must import nothing, but it imports ${names}`)
  }
}

/** The module as text: for engines with WebAssembly, and for others. */
const writeTexts = async ({ preset, text, plain }) => {
  const wasm = builtBy(preset)
  writeFileSync(join(glue, 'generated', text), toModule(readFileSync(wasm)))
  const made = join(root, 'build', preset, 'plain.js')
  const makers = [wasm, join(root, 'tools/plain.mjs')]
  if (!existsSync(made) || makers.some((file) => statSync(made).mtimeMs < statSync(file).mtimeMs))
    writeFileSync(made, await toPlain(wasm, join(root, 'build', preset, 'wasm2js.js')))
  cpSync(made, join(glue, 'generated', plain))
  writeFileSync(join(glue, 'generated', plain.replace(/js$/, 'd.ts')), PLAIN_TYPES)
}

const buildPackage = async () => {
  say('build: dist')
  rmSync(dist, { recursive: true, force: true })
  mkdirSync(dist)
  // Types for what only bundlers, frameworks and Node resolve are nobody else's business.
  cpSync(glue, dist, { recursive: true, filter: (file) => !/(?:wasm|builtin|given)\.d\.ts$/.test(file) })
  for (const { preset, file } of CORES) cpSync(builtBy(preset), join(dist, file))
  writeDescription(builtBy('wasm'), dist)
  await Promise.all([
    declare(),
    // With `platform`, an import in Node finds the names, too: only require finds the modules of Next.js.
    ...['index', 'node', 'browser', 'next', 'sveltekit', 'testing'].map((name) =>
      bundle(`${name}.js`, `${name}.cjs`, { format: 'cjs', platform: 'node', packages: 'external' }),
    ),
    // A script element stands in a page, so it gets what a page needs.
    bundle('browser.js', 'landfall.iife.js', { format: 'iife', globalName: 'landfall', minify: true }),
  ])
}

const declare = async () => {
  await run('npx', ['--no-install', 'tsc', '--noEmit', 'false', '--declaration', '--emitDeclarationOnly'])
  liftEntries()
}

/** A `@typedef` that only passes a type on, as TypeScript says it: so the type keeps its comment and its parameters. */
const exportTypes = (text) =>
  text
    .replace(/^export type (\w+) = import\('([^']+)'\)\.\1;$/gm, "export type { $1 } from '$2';")
    .replace(/^\/\*\* @typedef .*\*\/\n/gm, '')

/** An entry's address is public (`dist/url.js`), its folder is not: in the package the entries stand above the other modules. */
const liftEntries = () => {
  const entries = join(dist, 'entries')
  for (const name of readdirSync(entries)) {
    const file = join(entries, name)
    const text = readFileSync(file, 'utf8').replace(/(['"])\.\.\//g, '$1./')
    writeFileSync(file, name.endsWith('.d.ts') ? exportTypes(text) : text)
    renameSync(file, join(dist, name))
  }
  rmdirSync(entries)
}

/** An entry in one file, for what has no ES modules: require, and a plain script element. */
const bundle = async (entry, outfile, options) => {
  const { build: esbuild } = await import('esbuild')
  const files = { entryPoints: [join(glue, 'entries', entry)], outfile: join(dist, outfile) }
  await esbuild({ ...files, bundle: true, target: 'es2022', logLevel: 'warning', ...options })
}

/** Builds what is out of date; Ninja knows for the core, and the rest takes a second. */
export const build = async () => {
  for (const core of CORES) await buildCore(core)
  await generate()
  for (const core of CORES) await writeTexts(core)
  if (!existsSync(join(glue, 'entries/index.js'))) throw new Stop('js-glue/entries/index.js is missing')
  await buildPackage()
  copyToHosts()
  await buildPage()
}

await program(import.meta.url, async () => {
  await setup('build')
  await build()
})
