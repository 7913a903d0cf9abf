// The packed package before the linters of this field: publint, and Are The Types Wrong.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { installPacked } from '../package/packed.mjs'

/** The entries without a form for `require`. */
const ES_MODULES = ['./url', './slim', './plain', './plain/browser']
const programs = fileURLToPath(new URL('node_modules/.bin/', import.meta.url))

let packed
before(async () => {
  packed = await installPacked()
})
after(() => packed?.remove())

/** What a linter says, and how it ends. @param {string} program @param {string[]} args */
const lint = async (program, ...args) => {
  const said = await packed.run(programs + program, args).catch(({ stdout, stderr }) => {
    assert.fail(`${program}: ${stdout}${stderr}`)
  })
  assert.match(said, /All good|OK \(ESM\)/)
}

const attw = (...args) => lint('attw', packed.tarball, '--no-color', '--no-emoji', ...args)

test('publint, strict', () => lint('publint', 'run', '--strict', packed.tarball))

test('attw: types and code resolve to the same, with import and with require', () =>
  attw(
    // TypeScript's "node10" resolution knows no `exports`: there only the main entry has types.
    ...['--profile', 'node16'],
    '--exclude-entrypoints',
    // The modules themselves, and what hosts in other languages read: neither code nor types.
    ...['./core.wasm', './browser.wasm', './messages.json', './errors.json', './next.json', './abi.md'],
    // There is no CommonJS of these: the next test is about them.
    ...ES_MODULES,
  ))

test('attw: what there is only as ES modules', () =>
  attw('--profile', 'esm-only', '--entrypoints', ...ES_MODULES))
