// SECURITY.md: every promise names a test, and every test named there exists.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const root = new URL('../../', import.meta.url)
const read = (file) => readFileSync(new URL(file, root), 'utf8')

const ROW = /^\| (?<promise>[^|]+) \| `(?<file>tests\/[^`]+)` \| `(?<name>[^`]+)` \|$/gm

test('every promise of SECURITY.md is kept by a test that exists', () => {
  const promises = read('SECURITY.md').split('## Promises')[1] ?? ''
  const rows = [...promises.matchAll(ROW)].map(({ groups }) => groups)
  const written = promises.split('\n').filter((line) => line.startsWith('| ')).length - 1
  assert.equal(rows.length, written, 'a row of the table is malformed')
  assert.ok(rows.length > 25)
  for (const { promise, file, name } of rows)
    assert.ok(read(file).includes(name), `${promise}: ${file} has no ${name}`)
})
