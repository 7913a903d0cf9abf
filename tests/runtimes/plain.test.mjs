// `landfall/plain`: the package's own tests with the core as plain JavaScript, where there is no WebAssembly, and in pages whose policy forbids it.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ENGINES } from '../browser/support/engines.mjs'
import { startPageApp } from '../browser/support/page-app.mjs'
import { runNodeTests } from './support/node-tests.mjs'
import { takeTurns } from './support/turns.mjs'
import { until } from './support/until.mjs'

const HOOK = 'plain-hook.mjs'
/** Tests that ask the package for all that an app does. */
const NODE_TESTS = [
  'wasm-vectors',
  'callback-cases',
  'transactions',
  'own-session',
  'access-token',
  'verified-session',
  'providers-sign-in',
  'provider-sign-out',
  'page-elsewhere',
  'relay',
  'handlers',
  'openid',
  'form-post',
  'supabase-live',
]

describe('the tests of the package, with the core as plain JavaScript', () => {
  const flags = ['--jitless']
  const names = takeTurns(NODE_TESTS, ['wasm-vectors'])
  test(`node --jitless: ${names.join(', ')}`, async () => {
    const { passed, code, output } = await runNodeTests(HOOK, names, { flags })
    assert.ok(code === 0 && passed > names.length, output.replaceAll(/^ *ok .*$\n/gm, ''))
  })

  test('with the module, they fail there', async () => {
    const { code } = await runNodeTests('no-hook.mjs', ['wasm-vectors'], { flags })
    assert.notEqual(code, 0, 'there is WebAssembly')
  })
})

for (const [name, launch] of Object.entries(ENGINES))
  describe(`${name}, in a page whose policy allows no WebAssembly`, () => {
    let app
    let browser
    before(async () => {
      app = await startPageApp('plain-browser')
      browser = await launch()
    })
    after(() => Promise.all([app?.close(), browser?.close()]))

    test('the policy is in force', async () => {
      const page = await browser.newPage()
      await page.goto(`${app.origin}/app`)
      const check = async (entry) => (await import(`/dist/${entry}.js`)).checkNext('/a b')
      assert.equal(await page.evaluate(check, 'browser'), null)
      assert.equal(await page.evaluate(check, 'plain-browser'), '/a%20b')
    })

    test('a sign-in, and a sign-out', async () => {
      const page = await browser.newPage()
      await page.goto(`${app.origin}/app`)
      await until(page, 'globalThis.auth !== undefined')
      const start = (redirectTo) =>
        void globalThis.auth.signInWithOAuth({
          provider: 'bitbucket',
          options: { redirectTo, next: '/reports?q=1' },
        })
      await page.evaluate(start, `${app.origin}/app`)
      await until(page, "globalThis.auth !== undefined && location.search.includes('code=')")
      const complete = async () => {
        const { data, error } = await globalThis.auth.complete()
        return { next: data.next, email: data.session?.user.email, error: error?.code ?? null }
      }
      const done = await page.evaluate(complete)
      assert.equal(done.error, null)
      assert.equal(done.next, '/reports?q=1')
      assert.match(done.email, /@/)
      const signOut = async () => (await globalThis.auth.signOut()).error
      assert.equal(await page.evaluate(signOut), null)
      assert.equal(app.supabase.sessions.rows.size, 0)
    })
  })
