// `npm run lint`: formatting, types and static checks of everything; `npm run lint -- --fix` formats in place.

import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { configure } from './configure.mjs'
import { capture, program, root, run, Stop, say } from './run.mjs'
import { setup } from './setup.mjs'
import { chooseTurns } from './turns.mjs'

/** @param {string} folder @param {RegExp} pattern */
const find = (folder, pattern) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true })
        .filter((file) => pattern.test(String(file)))
        .map((file) => join(folder, String(file)))
        .sort()
    : []

/**
 * Only files that the native build compiles can be checked; freestanding.cpp is for Wasm alone. Each takes seconds, so
 * in CI they take turns.
 */
const tidy = async () => {
  await configure('native-debug')
  const files = find('wasm', /\.cpp$/).filter((file) => !file.endsWith('/freestanding.cpp'))
  const queue = process.env.CI ? chooseTurns(files) : [...files]
  if (queue.length < files.length)
    say(`lint: ${queue.length} of ${files.length} files, which the hash of the commit chose`)
  const broken = []
  const worker = async () => {
    for (let file = queue.shift(); file; file = queue.shift()) {
      const { code, output } = await capture('clang-tidy', ['--quiet', '-p', 'build/native-debug', file])
      if (code === 0) continue
      console.error(output)
      broken.push(file)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  if (broken.length > 0) throw new Stop(`clang-tidy: ${broken.join(', ')}`)
}

/** textlint is there only after the set-up. */
const prose = async () => (await import('./prose.mjs')).lintProse()

await program(import.meta.url, async () => {
  const fix = process.argv.includes('--fix')
  await setup('lint')
  await build() // tsc reads what it generates
  const sources = ['wasm', 'tests', 'hosts/c'].flatMap((folder) => find(folder, /\.[ch]pp$/))
  const biome = fix ? ['check', '--write', '.'] : ['ci', '.']
  const clangFormat = fix ? ['-i'] : ['--dry-run', '-Werror']
  const steps = [
    ['biome', () => run('npx', ['--no-install', 'biome', ...biome])],
    ['tsc', () => run('npx', ['--no-install', 'tsc'])],
    ['prose', prose],
    ['clang-format', () => run('clang-format', [...clangFormat, ...sources])],
    ['clang-tidy', tidy],
  ]
  const failed = []
  for (const [name, step] of steps) {
    say(`lint: ${name}`)
    try {
      await step()
    } catch (error) {
      if (!(error instanceof Stop)) throw error
      failed.push(error.message.slice(0, 200))
    }
  }
  if (failed.length > 0) throw new Stop(`lint:\n  ${failed.join('\n  ')}`)
  say('lint: nothing to complain about')
})
