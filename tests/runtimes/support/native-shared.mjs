// The shared library and its C header: what it shows, called from C, and from Python as docs/abi.md does it.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { startOAuthProvider } from '../../../stand-ins/oauth-provider.mjs'
import { capture, root, run } from '../../../tools/run.mjs'
import { readBlock } from '../../hosts/support/abi-host.mjs'
import { makePythonHost, missingPython } from '../../hosts/support/python-host.mjs'
import { expectSame } from '../../hosts/support/same.mjs'
import { installLibrary } from './native.mjs'

const ORIGIN = 'http://localhost:3000'
const C_FLAGS = ['-std=c11', '-Wall', '-Wextra', '-Wpedantic', '-Wconversion', '-Werror']

/** @param {string} folder */
export const describeShared = (folder) =>
  describe('the shared library', () => {
    let lib
    let env
    let provider
    before(async () => {
      provider = await startOAuthProvider()
      const installed = await installLibrary(folder, 'g++', '-DBUILD_SHARED_LIBS=ON')
      lib = join(installed, 'lib')
      const work = {
        clientId: 'demo-client',
        clientSecret: 'demo-secret',
        authorizationEndpoint: `${provider.origin}/site/oauth2/authorize`,
        tokenEndpoint: `${provider.origin}/site/oauth2/access_token`,
      }
      const options = { origin: ORIGIN, secret: 's'.repeat(32), providers: { work } }
      env = { LD_LIBRARY_PATH: lib, LANDFALL_OPTIONS: JSON.stringify(options) }
    })
    after(() => provider?.close())

    test('shows its two headers and nothing of what is inside', async () => {
      const { output } = await capture('nm', ['-D', '-C', '--defined-only', join(lib, 'liblandfall.so')])
      const names = output.split('\n').flatMap((line) => /^\S+ \w (.+)$/.exec(line)?.[1] ?? [])
      const functions = names.filter((name) => /^landfall_\w+$/.test(name)).sort()
      assert.deepEqual(functions, ['landfall_abi', 'landfall_call', 'landfall_free', 'landfall_new'])
      // Boost means its error categories to be one in a whole program, and shows them.
      const isShown = (name) =>
        /^landfall_\w+$|^landfall::Landfall::|^(vtable for )?landfall_boost::system::/.test(name)
      assert.deepEqual(
        names.filter((name) => !isShown(name)),
        [],
      )
    })

    test('C', async () => {
      const program = join(folder, 'sign_in')
      const source = join(root, 'tests/native-host/sign_in.c')
      const include = join(folder, 'installed/include')
      await run('cc', [...C_FLAGS, '-I', include, source, '-L', lib, '-llandfall', '-o', program])
      const url = `${ORIGIN}/auth/sign-in?provider=work&next=/welcome`
      const { code, output } = await capture(program, [url], { env })
      assert.equal(code, 0, output)
      const fields = output.split('\n')
      assert.equal(fields[3], '303')
      assert.ok(fields.includes('location') && output.includes(`${provider.origin}/site/oauth2/authorize?`))
    })

    test(`hosts/python with \`library\`${missingPython && ` (${missingPython})`}`, {
      skip: missingPython !== '',
    }, async () => {
      const { command } = makePythonHost('wsgi')
      const native = ['env', `LANDFALL_LIBRARY=${join(lib, 'liblandfall.so')}`, ...command]
      await expectSame(native)
    })

    test('Python: a host that is as the reference in every entry', async () => {
      const program = join(folder, 'host.py')
      writeFileSync(program, readBlock('python') + readFileSync(join(root, 'tests/native-host/host.py')))
      const command = ['env', `LD_LIBRARY_PATH=${lib}`, 'python3', program]
      await expectSame(command)
    })
  })
