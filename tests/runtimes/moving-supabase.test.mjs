// docs/moving.md, carried out: an app signs in with another library, moves by what the page says, and keeps what the page promises.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'
import { makeMove, openUpTo } from './support/moving.mjs'

const EMAIL = 'ada@example.test'
const NOBODY = 'nobody'
const SIGN_IN = '/auth/sign-in?provider=bitbucket&next=/account'
const ELSEWHERE = 'https://elsewhere.example'

const older = (ssr) => ({ '@supabase/ssr': ssr, '@supabase/supabase-js': 'supabase-js-2.45' })
/** The packages that take the place of the newest, and what the app then says of them. */
const SSR = {
  '@supabase/ssr': [{}, {}],
  '@supabase/ssr 0.5': [older('supabase-ssr-0.5'), {}],
  '@supabase/ssr 0.3': [older('supabase-ssr-0.3'), { IS_BEFORE_0_4: 'true' }],
}

for (const [name, [alias, more]] of Object.entries(SSR))
  describe(`from the route of ${name}`, () => {
    let supabase
    let move
    /** What the project registers at first. Its Site URL is elsewhere, so no other address of the app is allowed. */
    let registered
    before(async () => {
      const env = () => ({ SUPABASE_URL: supabase.url, SUPABASE_ANON_KEY: supabase.key, ...more })
      move = await makeMove('supabase-ssr', { alias, env })
      registered = [`${move.origin}/auth/callback`, `${move.origin}/auth/callback?next=/account`]
      supabase = await startProject(registered)
      await move.deploy('before')
    })
    after(() => Promise.all([move?.remove(), supabase?.close()]))

    const startProject = (allowList) => startSupabaseAuth({ siteUrl: ELSEWHERE, allowList })
    const at = (path) => move.origin + path
    const read = async (jar) => (await jar.fetch(at('/account'))).text()
    const sessionCookies = (jar) => jar.cookies.names().filter((cookie) => cookie.startsWith('sb-'))

    const [signedIn, underWay] = [new BrowserJar(), new BrowserJar()]
    let callback

    test('before: a sign-in works, and another is under way', async () => {
      await signedIn.fetch(at('/login-to-account'))
      assert.equal(signedIn.url, at('/account'))
      assert.equal(await read(signedIn), EMAIL)
      callback = await openUpTo(underWay, at('/login-to-account'), at('/auth/callback'))
      assert.equal(await read(underWay), NOBODY)
    })

    test('after: who is signed in stays so, and nothing is asked of Supabase to keep it', async () => {
      await move.deploy('after')
      const before = sessionCookies(signedIn)
      const exchanges = supabase.stats.count('token')
      assert.equal(await read(signedIn), EMAIL)
      assert.deepEqual(sessionCookies(signedIn), before)
      assert.equal(supabase.stats.count('token'), exchanges)
    })

    test('after: the sign-in that was under way ends signed in, at its target', async () => {
      await underWay.fetch(callback)
      assert.equal(new URL(underWay.url).pathname, '/account')
      assert.equal(await read(underWay), EMAIL)
    })

    test('after: the sign-in of @supabase/ssr goes on to work, at the redirect URL that is registered', async () => {
      for (const path of ['/login', '/login-to-account']) {
        const jar = new BrowserJar()
        await jar.fetch(at(path))
        assert.equal(new URL(jar.url).origin, move.origin)
        assert.equal(await read(jar), EMAIL, path)
      }
    })

    test('after: Landfall’s sign-out ends a session of before', async () => {
      assert.ok(supabase.sessions.rows.size > 0)
      await signedIn.fetch(at('/auth/sign-out'), { method: 'POST', from: at('/account') })
      assert.deepEqual(sessionCookies(signedIn), [])
      assert.equal(supabase.sessions.rows.size, 0)
    })

    test('after: Landfall’s own sign-in ends at the Site URL, as long as no ?** is registered', async () => {
      const jar = new BrowserJar({ sites: { [ELSEWHERE]: () => new Response('elsewhere') } })
      await jar.fetch(at(SIGN_IN))
      assert.equal(new URL(jar.url).origin, ELSEWHERE)
    })

    test('after, with ?** registered: Landfall’s own sign-in works', async () => {
      await supabase.close()
      supabase = await startProject([...registered, at('/auth/callback?**')])
      await move.deploy('after')
      const jar = new BrowserJar()
      await jar.fetch(at(SIGN_IN))
      assert.equal(new URL(jar.url).pathname, '/account')
      assert.equal(await read(jar), EMAIL)
    })

    test('back to the old route: who signed in meanwhile stays so, and each sign-in under way ends well', async () => {
      const jar = new BrowserJar()
      await jar.fetch(at(SIGN_IN))
      const waiting = []
      for (const path of ['/login-to-account', SIGN_IN]) {
        const other = new BrowserJar()
        waiting.push([other, await openUpTo(other, at(path), at('/auth/callback'))])
      }
      await move.deploy('before')
      assert.equal(await read(jar), EMAIL)
      for (const [other, address] of waiting) {
        await other.fetch(address)
        assert.equal(await read(other), EMAIL)
      }
    })
  })
