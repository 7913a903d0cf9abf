// tests/README.md: it names every folder and every suite, everything that it names exists, and files are named as it says.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { SUITES } from '../../tools/suites.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const read = (file) => readFileSync(join(ROOT, file), 'utf8')
const README = read('tests/README.md')

/** The rows of the table under a heading, each as its cells. @param {string} heading @returns {string[][]} */
const tableOf = (heading) => {
  const part = README.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  const lines = part.split('\n').filter((line) => line.startsWith('| '))
  return lines.slice(1).map((line) => line.slice(2, -2).split(' | '))
}
const unquote = (cell) => cell.replaceAll('`', '')

/** Every file under a folder, but for installed packages. @param {string} folder @returns {string[]} */
const filesOf = (folder) =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesOf(path) : [path]
    })

test('every folder is named, and no other', () => {
  const folders = readdirSync(join(ROOT, 'tests'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `tests/${name}/`)
  const named = tableOf('Folders').map(([folder]) => unquote(folder))
  assert.ok(folders.length > 0)
  assert.deepEqual(named.sort(), folders.sort())
})

test('every suite is named with its folder, and no other', () => {
  const rows = tableOf('Suites').map(([suite, folder]) => [unquote(suite), unquote(folder)])
  const suites = rows.filter(([name]) => /^[\w-]+$/.test(name) && name !== 'command')
  assert.deepEqual(
    suites,
    Object.keys(SUITES).map((name) => [name, `tests/${name}/`]),
  )
})

test('every file and folder that is named exists', () => {
  const paths = README.match(/(?<![\w/])(?:tests|wasm|js-glue|stand-ins|tools)\/[\w./-]*\w\/?/g) ?? []
  assert.ok(paths.length > 50)
  for (const path of paths) assert.ok(existsSync(join(ROOT, path)), path)
})

test('every command for one case picks a test that exists', () => {
  const commands = tableOf('Run one case').map(([, command]) => command)
  for (const command of commands) {
    const [, pattern, file] = /--test-name-pattern='([^']+)' (\S+\.mjs)/.exec(command) ?? []
    if (pattern?.startsWith('^')) assert.match(read('tests/vectors/callback_cases.json'), /"id": "B13"/)
    else if (pattern) assert.ok(read(file).includes(pattern), `${file} has no ${pattern}`)
  }
  assert.match(read('tests/native/transaction_test.cpp'), /TEST\w*\(Transaction, NoFlippedBitOpens\)/)
  assert.match(read('tests/vectors/set_cookie.json'), /"id": "E33"/)
})

test('a name has one word separator for each language', () => {
  const wrong = filesOf('tests').filter((file) => {
    const name = basename(file)
    if (name === 'CMakeLists.txt' || dirname(file).startsWith('tests/fuzz/corpus')) return false
    if (/\.(?:c|cpp|hpp)$/.test(name) || dirname(file) === 'tests/vectors') return name.includes('-')
    return name.includes('_')
  })
  assert.deepEqual(wrong, [])
})
