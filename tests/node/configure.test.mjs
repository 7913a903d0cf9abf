// A checkout that somebody moved or copied: CMake refuses a build folder of another place.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { dropOfAnother } from '../../tools/configure.mjs'

const cacheOf = (home) =>
  `# cache\nCMAKE_GENERATOR:INTERNAL=Ninja\nCMAKE_HOME_DIRECTORY:INTERNAL=${home}\nX:BOOL=ON\n`

test('a build folder is dropped where its cache is of another checkout', (t) => {
  const parent = mkdtempSync(join(tmpdir(), 'landfall-configure-'))
  t.after(() => rmSync(parent, { recursive: true }))
  const folder = join(parent, 'build')
  /** Whether the folder is still there. @param {string | undefined} cache */
  const stays = (cache, checkout) => {
    mkdirSync(folder, { recursive: true })
    if (cache !== undefined) writeFileSync(join(folder, 'CMakeCache.txt'), cache)
    dropOfAnother(folder, checkout)
    return existsSync(folder)
  }
  assert.ok(stays(undefined, '/home/a/landfall'), 'no cache')
  assert.ok(stays(cacheOf('/home/a/landfall'), '/home/a/landfall'))
  assert.ok(!stays(cacheOf('/home/a/landfall'), '/home/b/landfall'))
  assert.ok(!stays(cacheOf('/home/a/landfall'), '/home/a/landfall2'))
  assert.ok(!stays('half of a cache', '/home/a/landfall'))
})
