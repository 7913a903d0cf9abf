// The core without each capability, and without several: it imports nothing, says what it was built without, and does the rest as the
// whole core does. The commit chooses one of these builds; the other suites test the whole core.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { withModule } from '../../dist/slim.js'
import { buildModules, CHOICES, moduleFile } from '../../tools/build.mjs'
import { configure } from '../../tools/configure.mjs'
import { capture, root, run } from '../../tools/run.mjs'
import { takeTurns } from './support/turns.mjs'

const provider = {
  clientId: 'client-1',
  authorizationEndpoint: 'https://as.example/authorize',
  tokenEndpoint: 'https://as.example/token',
}
const WHOLE = {
  origin: 'https://app.example',
  secret: 's'.repeat(32),
  supabase: { url: 'https://project.supabase.co', key: 'sb_publishable_key' },
  providers: { main: provider },
  session: true,
  isRevoked: () => false,
}
/** The options that each capability serves. */
const OPTIONS = { SUPABASE: ['supabase'], PROVIDERS: ['providers'], SESSION: ['session', 'isRevoked'] }
/** Test files of the package, and what they need of the core. */
const FILES = [
  { file: 'openid', needs: ['PROVIDERS'] },
  { file: 'providers-sign-in', needs: ['PROVIDERS'] },
  { file: 'own-session', needs: ['SUPABASE', 'PROVIDERS', 'SESSION'] },
  { file: 'access-token', needs: ['PROVIDERS', 'SESSION'] },
  { file: 'mfa', needs: ['SUPABASE'] },
  { file: 'supabase-two-tabs', needs: ['SUPABASE', 'SESSION'] },
  { file: 'verified-session', needs: ['SUPABASE', 'SESSION'] },
  { file: 'pages', needs: ['SUPABASE', 'PROVIDERS', 'PAGES'] },
  { file: 'next-metamorphic', needs: [] },
]
const request = () => new Request('https://app.example/')

for (const choice of takeTurns(CHOICES, [], CHOICES.length)) {
  const leftOut = choice.split('-')
  const name = `without-${choice}`
  const core = moduleFile(name)
  const open = () => withModule(() => new WebAssembly.Module(readFileSync(core)))

  describe(`without ${leftOut.join(', ')}`, () => {
    before(() => buildModules([name]))

    test('the module imports nothing', () => {
      assert.deepEqual(WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(core))), [])
    })

    for (const capability of leftOut.filter((one) => one in OPTIONS)) {
      for (const option of OPTIONS[capability]) {
        test(`the option \`${option}\` is refused, with the option of CMake that it needs`, () => {
          const { supabase, providers } = WHOLE
          const all = { origin: WHOLE.origin, secret: WHOLE.secret, supabase, providers }
          for (const other of leftOut) for (const left of OPTIONS[other] ?? []) delete all[left]
          assert.throws(() => open().createAuth({ ...all, [option]: WHOLE[option] }), {
            code: 'config_invalid',
            parameter: option,
            message: `landfall: createAuth: \`${option}\` is left out of this module; did you mean \`LANDFALL_${capability}=ON\`?`,
          })
        })
      }
    }

    test('what the module has signs in and asks who is signed in, or says that it is off', async () => {
      const rest = { ...WHOLE }
      for (const capability of leftOut) for (const option of OPTIONS[capability] ?? []) delete rest[option]
      if (!rest.supabase && !rest.providers) {
        const missing = { code: 'config_invalid', message: /`supabase` is missing/ }
        assert.throws(() => open().createAuth({ origin: WHOLE.origin }), missing)
        return
      }
      const auth = open().createAuth(rest)
      if (rest.providers)
        assert.match((await auth.start({ provider: 'main' })).url, /^https:\/\/as\.example\/authorize\?/)
      if (rest.supabase)
        assert.match((await auth.start({ provider: 'github' })).url, /^https:\/\/project\.supabase\.co\//)
      if (rest.session) {
        assert.deepEqual(await auth.getUser(request()), { user: null, setCookie: [] })
      } else {
        await assert.rejects(async () => auth.getSession(request()), { code: 'session_off' })
        await assert.rejects(auth.getUser(request()), { code: 'session_off' })
        await assert.rejects(
          async () => auth.createSession(request(), { user: { provider: 'a', sub: 'b' } }),
          { code: 'session_off' },
        )
        await assert.rejects(async () => auth.updateSession(request(), {}), { code: 'session_off' })
        await assert.rejects(auth.getAccessToken(request()), { code: 'session_off' })
      }
    })

    for (const { file, needs } of FILES) {
      if (needs.some((capability) => leftOut.includes(capability))) continue
      test(`tests/node/${file}.test.mjs passes on it`, async () => {
        const load = join(root, 'tests/runtimes/support/other-core.mjs')
        const env = { LANDFALL_CORE: core, NODE_TEST_CONTEXT: '' }
        const test = join(root, 'tests/node', `${file}.test.mjs`)
        const { code, output } = await capture(process.execPath, ['--import', load, test], { env })
        assert.equal(code, 0, output)
      })
    }

    test('the shared vectors hold', async () => {
      const program = `landfall_tests_${name}`
      await configure('native-debug')
      await run('cmake', ['--build', '--preset', 'native-debug', '--target', program], { quiet: true })
      const { code, output } = await capture(join(root, 'build/native-debug', program), [
        '--gtest_filter=*_vectors',
      ])
      assert.equal(code, 0, output)
      assert.match(output, /PASSED {2}\] [1-9]\d+ tests/)
    })
  })
}
