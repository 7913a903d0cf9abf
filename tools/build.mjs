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
import { dirname, join } from 'node:path'
import { configure } from './configure.mjs'
import { writeDescription } from './describe.mjs'
import { generate } from './generate.mjs'
import { copyToHosts } from './hosts.mjs'
import { TEXTS, toModule } from './inline.mjs'
import { pack } from './pack.mjs'
import { buildPage } from './page.mjs'
import { PLAIN_TYPES, toPlain } from './plain.mjs'
import { program, root, run, Stop, say } from './run.mjs'
import { setup } from './setup.mjs'

/** The modules: the one for servers, and the one for pages, which has no page, no session and no description of its own. */
const CORES = [
  { name: 'core', texts: ['core-text.js', 'core-base64.js'], plain: 'core-plain.js' },
  { name: 'browser', texts: ['browser-text.js'], plain: 'browser-plain.js' },
]
const cmakeLists = readFileSync(join(root, 'CMakeLists.txt'), 'utf8')
const readList = (name) => new RegExp(`^set\\(${name}\\s([^)]+)\\)`, 'm').exec(cmakeLists)[1].split(/\s+/)
/** What the core can be built without. */
export const CAPABILITIES = readList('LANDFALL_CAPABILITIES')
/** Without which of them there is a target `without-…`, with a `-` between. */
export const CHOICES = readList('LANDFALL_CHOICES')
/** What `require` finds, and the entry that it is made of. */
const REQUIRED = {
  index: 'index-node',
  ...Object.fromEntries(['node', 'browser', 'next', 'sveltekit', 'testing'].map((name) => [name, name])),
}
const glue = join(root, 'js-glue')
const dist = join(root, 'dist')

/** What Emscripten and Binaryen made. @param {string} name */
const linkedFile = (name) => join(root, 'build/wasm', `${name}.wasm`)

/** The file of a module that buildModules made. @param {string} name */
export const moduleFile = (name) => join(root, 'build/wasm/packed', `${name}.wasm`)

const isOlder = (file, than) => !existsSync(file) || statSync(file).mtimeMs < statSync(than).mtimeMs

/**
 * Builds modules by their targets in cmake/wasm.cmake.
 * @param {string[]} names
 * @param {string[]} [leftOut] capabilities
 */
export const buildModules = async (names, leftOut = []) => {
  const options = CAPABILITIES.map((one) => `-DLANDFALL_${one}=${leftOut.includes(one) ? 'OFF' : 'ON'}`)
  await configure('wasm', options)
  await run('cmake', ['--build', '--preset', 'wasm', '--target', ...names], { quiet: true })
  mkdirSync(dirname(moduleFile('')), { recursive: true })
  for (const name of names) {
    if (isOlder(moduleFile(name), linkedFile(name)))
      writeFileSync(moduleFile(name), pack(readFileSync(linkedFile(name))))
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(moduleFile(name))))
    if (imports.length === 0) continue
    const list = imports.map(({ module, name }) => `${module}.${name}`).join(', ')
    throw new Stop(`${name}.wasm must import nothing, but it imports ${list}`)
  }
}

/** The module as text: for engines with WebAssembly, and for others. */
const writeTexts = async ({ name, texts, plain }) => {
  const linked = linkedFile(name)
  for (const text of texts)
    writeFileSync(join(glue, 'generated', text), toModule(TEXTS[text](readFileSync(moduleFile(name)))))
  const made = join(root, 'build/wasm', `${name}-plain.js`)
  // wasm2js takes the hints of addresses at their word, so it gets the module before it is packed.
  if ([linked, join(root, 'tools/plain.mjs')].some((maker) => isOlder(made, maker)))
    writeFileSync(made, await toPlain(linked, join(root, 'build/wasm', `${name}-wasm2js.js`)))
  cpSync(made, join(glue, 'generated', plain))
  writeFileSync(join(glue, 'generated', plain.replace(/js$/, 'd.ts')), PLAIN_TYPES)
}

/** The capabilities of `--without supabase,session`. @param {string[]} args */
const readLeftOut = ([option, names = '']) => {
  if (option === undefined) return []
  const leftOut = names.toUpperCase().split(',')
  if (option === '--without' && leftOut.every((name) => CAPABILITIES.includes(name))) return leftOut
  throw new Stop(`build: --without takes ${CAPABILITIES.join(', ').toLowerCase()}, with commas between`)
}

const buildPackage = async () => {
  say('build: dist')
  rmSync(dist, { recursive: true, force: true })
  mkdirSync(dist)
  // Types for what only bundlers, frameworks and Node resolve are nobody else's business.
  cpSync(glue, dist, { recursive: true, filter: (file) => !/(?:wasm|builtin|given)\.d\.ts$/.test(file) })
  for (const { name } of CORES) cpSync(moduleFile(name), join(dist, `${name}.wasm`))
  writeDescription(moduleFile('core'), dist)
  await Promise.all([
    declare(),
    // With `platform`, an import in Node finds the names, too: only require finds the modules of Next.js.
    ...Object.entries(REQUIRED).map(([name, entry]) =>
      bundle(`${entry}.js`, `${name}.cjs`, { format: 'cjs', platform: 'node', packages: 'external' }),
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

/**
 * Builds what is out of date; Ninja knows for the core, and the rest takes a second.
 * @param {string[]} [leftOut] capabilities
 */
export const build = async (leftOut = []) => {
  say('build: core.wasm, browser.wasm')
  await buildModules(
    CORES.map(({ name }) => name),
    leftOut,
  )
  await generate()
  for (const core of CORES) await writeTexts(core)
  if (!existsSync(join(glue, 'entries/index.js'))) throw new Stop('js-glue/entries/index.js is missing')
  await buildPackage()
  copyToHosts()
  await buildPage()
}

await program(import.meta.url, async () => {
  await setup('build')
  await build(readLeftOut(process.argv.slice(2)))
})
