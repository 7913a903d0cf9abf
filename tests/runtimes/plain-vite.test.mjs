// The example for a page, with `landfall/plain/browser` in place of `landfall/browser`, built by Vite: a sign-in in three engines, under a policy
// that allows no WebAssembly.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'
import { ENGINES } from '../browser/support/engines.mjs'
import { mayRunModules } from '../browser/support/modules.mjs'
import { startSite } from '../browser/support/site.mjs'
import { install, run } from './support/example.mjs'
import { until } from './support/until.mjs'

const TYPES = { js: 'text/javascript', html: 'text/html; charset=utf-8' }

/** Builds the example. @param {string} folder @param {{ url: string, key: string }} supabase */
const buildExample = async (folder, { url, key }) => {
  await install('vite', folder)
  const file = join(folder, 'src/auth.ts')
  const source = readFileSync(file, 'utf8')
  const plain = source.replace("'landfall/browser'", "'landfall/plain/browser'")
  assert.notEqual(plain, source)
  writeFileSync(file, plain)
  await run('npm', ['run', 'build'], folder, { SUPABASE_URL: url, SUPABASE_ANON_KEY: key })
}

let folder
let supabase
let site
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-plain-vite-'))
  supabase = await startSupabaseAuth({ allowList: ['http://localhost:*/**'] })
  await buildExample(folder, supabase)
  const policy = `default-src 'none'; script-src 'self'; img-src data:; connect-src ${supabase.url}`
  site = await startSite(({ url }) => {
    const [, name = 'index.html'] = /^\/(assets\/[\w-]+\.js)$/.exec(url) ?? []
    const headers = { 'content-type': TYPES[name.split('.').at(-1)], 'content-security-policy': policy }
    return { body: readFileSync(join(folder, 'dist', name)), headers }
  }, 'localhost')
})
after(async () => {
  await Promise.all([site?.close(), supabase?.close()])
  if (folder) rmSync(folder, { recursive: true, force: true })
})

for (const [name, launch] of Object.entries(ENGINES))
  test(`${name}: the button, the account, and sign-out`, async () => {
    const browser = await launch()
    try {
      const page = await browser.newPage()
      await page.goto(`${site.origin}/`)
      assert.equal(await page.evaluate(mayRunModules), false)
      await until(page, "document.getElementById('home').hidden === false")
      await page.evaluate(() => document.getElementById('sign-in').click())
      await until(page, "/@/.test(document.getElementById('email')?.textContent)")
      assert.equal(new URL(await page.url()).pathname, '/account')
      assert.equal(await page.evaluate(mayRunModules), false)
      await page.evaluate(() => document.getElementById('sign-out').click())
      await until(page, "location.pathname === '/' && document.getElementById('home')?.hidden === false")
      assert.equal(supabase.sessions.rows.size, 0)
    } finally {
      await browser.close()
    }
  })
