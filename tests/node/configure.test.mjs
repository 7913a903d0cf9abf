// A checkout that somebody moved or copied: CMake refuses a build folder of another place.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { isOfAnother } from '../../tools/configure.mjs'

test('a build folder is of another checkout where its cache says so', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-configure-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const write = (text) => writeFileSync(join(folder, 'CMakeCache.txt'), text)
  assert.equal(isOfAnother(folder, '/home/a/landfall'), false, 'no cache')
  write(
    '# cache\nCMAKE_GENERATOR:INTERNAL=Ninja\nCMAKE_HOME_DIRECTORY:INTERNAL=/home/a/landfall\nX:BOOL=ON\n',
  )
  assert.equal(isOfAnother(folder, '/home/a/landfall'), false)
  assert.equal(isOfAnother(folder, '/home/b/landfall'), true)
  assert.equal(isOfAnother(folder, '/home/a/landfall2'), true)
  write('half of a cache')
  assert.equal(isOfAnother(folder, '/home/a/landfall'), true)
})
