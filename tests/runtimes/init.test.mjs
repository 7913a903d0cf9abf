// `npx landfall init` in apps that the frameworks' own programs make: they type-check, they build, and people sign in.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'
import { useBrowser } from '../browser/support/browser.mjs'
import { APPS, makeInitApp } from './support/init-app.mjs'
import { takeTurns } from './support/turns.mjs'

const browser = useBrowser()

/** A server keeps the session in cookies. @param {string} origin */
const signIn = async (origin) => {
  const at = (path) => origin + path
  const jar = new BrowserJar()
  const sessions = () => jar.cookies.names().filter((cookie) => cookie.startsWith('sb-'))
  await jar.fetch(at('/auth/sign-in?provider=bitbucket&next=/'))
  assert.equal(new URL(jar.url).origin + new URL(jar.url).pathname, at('/'))
  assert.ok(sessions().length > 0)
  const out = await jar.fetch(at('/auth/sign-out'), { method: 'POST', from: at('/'), redirect: 'manual' })
  assert.equal(out.status, 303)
  assert.deepEqual(sessions(), [])
  const bare = await jar.fetch(at('/auth/callback'))
  assert.match((await bare.text()) + bare.url + jar.url, /response_missing/)
  assert.equal((await jar.fetch(at('/auth/nothing'))).status, 404)
}

/** A page keeps it in its own storage. @param {string} origin @param {any} supabase */
const signInByPage = async (origin, supabase) => {
  const page = await browser.open()
  await page.goto(origin)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('ada@example.test').waitFor()
  assert.equal(new URL(page.url()).origin, origin)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByText('nobody').waitFor()
  assert.equal(supabase.sessions.rows.size, 0)
}

for (const name of takeTurns(Object.keys(APPS)))
  describe(name, () => {
    let supabase
    let app
    let written
    let running
    before(async () => {
      supabase = await startSupabaseAuth({ allowList: ['http://127.0.0.1:*/**'] })
      app = await makeInitApp(name)
    })
    after(async () => {
      await running?.stop()
      app?.remove()
      await supabase?.close()
    })

    test('without Supabase, the files pass the type checker of the project', async () => {
      // A page has no server that could keep a client secret.
      if (app.isPage) return assert.rejects(app.init('--direct'), /keeps no client secret/)
      const said = await app.init('--direct', '--provider', 'github', '--provider', 'keycloak')
      await app.check()
      app.forget(said)
    })

    test('through Supabase, they pass it too, and the app builds with no variable set', async () => {
      written = await app.init('--supabase')
      await app.check()
      await app.build()
    })

    test('a sign-in works, and sign-out ends it', async () => {
      running = await app.start({ SUPABASE_URL: supabase.url, SUPABASE_ANON_KEY: supabase.key })
      await (app.isPage ? signInByPage : signIn)(running.origin, supabase)
    })

    test('a second run writes nothing', async () => {
      assert.match(written, /^Written: /m)
      assert.doesNotMatch(await app.init('--supabase'), /^(?:Written: |[+!])/m)
    })
  })
