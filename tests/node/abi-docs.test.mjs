// docs/abi.md: its tables are those of messages.def, and its example prints what it says.
//   UPDATE_DOCS=1 node --test tests/node/abi-docs.test.mjs   writes the tables anew
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parseMessages } from '../../tools/generate.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FILE = join(ROOT, 'docs/abi.md')
const MARK = '<!-- tables -->\n'
const page = readFileSync(FILE, 'utf8')
const lists = parseMessages(readFileSync(join(ROOT, 'wasm/codec/messages.def'), 'utf8'))

const toTable = ({ about, name, fields, notes }) => {
  const rows = fields.map(
    (field, index) => `| ${index} | \`${field}\` | ${notes[index].replaceAll('|', '\\|')} |`,
  )
  return [`### ${name}\n`, `${about}\n`, '| | field | |', '|---:|---|---|', ...rows, ''].join('\n')
}

test('the tables are those of messages.def', () => {
  const [prose] = page.split(MARK)
  const wanted = `${prose}${MARK}\n${lists.map(toTable).join('\n')}`
  if (process.env.UPDATE_DOCS) writeFileSync(FILE, wanted)
  else assert.equal(page, wanted)
})

test('the version is the one that the module says', () => {
  const core = new WebAssembly.Module(readFileSync(join(ROOT, 'dist/core.wasm')))
  const { exports } = new WebAssembly.Instance(core, {})
  exports._initialize()
  assert.ok(page.includes(`the version of this page: **${exports.landfall_abi()}**`))
  for (const { name } of WebAssembly.Module.exports(core)) assert.ok(page.includes(`| \`${name}`), name)
})

test('the example prints what the page says', () => {
  const [, code] = /```js\n(.*?)```/s.exec(page)
  const [, output] = /```\n\n```\n(.*?)```/s.exec(page)
  const folder = mkdtempSync(join(tmpdir(), 'landfall-abi-'))
  const program = join(folder, 'example.mjs')
  writeFileSync(program, code)
  try {
    const printed = execFileSync(process.execPath, [program, join(ROOT, 'dist/core.wasm')], {
      encoding: 'utf8',
    })
    assert.equal(printed, output)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
