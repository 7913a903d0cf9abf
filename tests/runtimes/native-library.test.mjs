// The native library as another C++ project gets it: built by each compiler, installed, found, and linked into programs.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { expectSame } from '../hosts/support/same.mjs'
import { buildAgainst, installLibrary, runNativeSuite } from './support/native.mjs'
import { describeCgi } from './support/native-cgi.mjs'
import { NativeHost } from './support/native-host.mjs'
import { describeShared } from './support/native-shared.mjs'
import { RUNS } from './support/native-vectors.mjs'
import { runNodeTests } from './support/node-tests.mjs'
import { takeTurns } from './support/turns.mjs'

/** Tests that ask the package for all that an app does: sign-ins, callbacks, tokens, cookies. */
const NODE_TESTS = ['wasm-vectors', 'callback-cases', 'transactions', 'form-post', 'openid', 'supabase-live']
const STRICT = '-DCMAKE_COMPILE_WARNING_AS_ERROR=ON'
const folder = mkdtempSync(join(tmpdir(), 'landfall-native-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const program = (compiler, ...names) => join(folder, compiler, ...names)

/** @param {string} compiler */
const describeBuilt = (compiler) =>
  describe(`built by ${compiler}`, () => {
    let host
    before(async () => {
      const installed = await installLibrary(join(folder, compiler), compiler)
      await buildAgainst('tests/native-host', program(compiler, 'host'), installed, compiler, STRICT)
      host = new NativeHost(program(compiler, 'host', 'landfall_host'))
    })
    after(() => host?.close())

    for (const [name, runVectors] of Object.entries(RUNS))
      test(`${name}.json`, () => {
        assert.ok(runVectors(host) > 0)
      })

    test(`the package's own tests: ${NODE_TESTS.join(', ')}`, async () => {
      const env = { LANDFALL_NATIVE_HOST: program(compiler, 'host', 'landfall_host') }
      const { passed, code, output } = await runNodeTests('native-hook.mjs', NODE_TESTS, { env })
      assert.ok(code === 0 && passed > NODE_TESTS.length, output.replaceAll(/^ *ok .*$\n/gm, ''))
    })

    test('without the library, these tests fail', async () => {
      const env = { LANDFALL_NATIVE_HOST: '/bin/false' }
      const { code } = await runNodeTests('native-hook.mjs', ['form-post'], { env })
      assert.notEqual(code, 0, 'they asked the module')
    })

    test('hosts/c is as the reference in every entry', () =>
      expectSame([program(compiler, 'host', 'driven')]))

    describeCgi(() => program(compiler, 'host', 'c', 'auth.cgi'))
  })

const testNativeSuite = () =>
  test('the native suite, built by g++', async () => {
    const { tests, failures, disabled, output } = await runNativeSuite()
    assert.equal(failures, 0, output)
    assert.ok(tests > 0 && disabled === 0, `${tests} tests, ${disabled} disabled`)
  })

const ROWS = {
  'built by g++': () => describeBuilt('g++'),
  'built by clang++': () => describeBuilt('clang++'),
  'the native suite, built by g++': testNativeSuite,
  'the shared library': () => describeShared(join(folder, 'shared')),
}
for (const name of takeTurns(Object.keys(ROWS), ['the shared library'])) ROWS[name]()
