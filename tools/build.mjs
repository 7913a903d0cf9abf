// `npm run build`: the Wasm module, the tables that JavaScript shares with it, and dist/, which is the package.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generate } from './generate.mjs'
import { program, root, run, Stop, say } from './run.mjs'
import { setup } from './setup.mjs'

const core = join(root, 'build/wasm/core.wasm')
const glue = join(root, 'js-glue')
const dist = join(root, 'dist')

const buildCore = async () => {
  say('build: core.wasm')
  await run('cmake', ['--preset', 'wasm'], { quiet: true })
  await run('cmake', ['--build', '--preset', 'wasm'], { quiet: true })
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(core)))
  if (imports.length > 0) {
    const names = imports.map(({ module, name }) => `${module}.${name}`).join(', ')
    throw new Stop(`core.wasm must import nothing, but it imports ${names}`)
  }
}

/** The module as text inside JavaScript: the one form that every bundler carries along and that loads synchronously. */
const inlineCore = () => {
  const base64 = readFileSync(core).toString('base64')
  const lines = [
    '// Written by tools/build.mjs.',
    '/** core.wasm in base64. @type {string} */', // else the declaration would repeat the whole text
    `const base64 = '${base64}'`,
    'export default base64',
    '',
  ]
  writeFileSync(join(glue, 'generated/core.b64.js'), lines.join('\n'))
}

const buildPackage = async () => {
  say('build: dist')
  rmSync(dist, { recursive: true, force: true })
  mkdirSync(dist)
  cpSync(glue, dist, { recursive: true })
  cpSync(core, join(dist, 'core.wasm'))
  await run('npx', ['--no-install', 'tsc', '--noEmit', 'false', '--declaration', '--emitDeclarationOnly'])
}

/** Builds what is out of date; Ninja knows for the core, and the rest takes a second. */
export const build = async () => {
  await buildCore()
  generate()
  inlineCore()
  if (!existsSync(join(glue, 'index.js'))) throw new Stop('js-glue/index.js is missing')
  await buildPackage()
}

await program(import.meta.url, async () => {
  await setup('build')
  await build()
})
