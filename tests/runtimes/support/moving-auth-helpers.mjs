// What docs/moving.md promises of the move from auth-helpers: the session is another, and the callback stays.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { BrowserJar } from '../../../stand-ins/browser-jar.mjs'
import { startSupabaseAuth } from '../../../stand-ins/supabase-auth.mjs'
import { openUpTo } from './moving.mjs'
import { makeNextMove } from './moving-next.mjs'

const NEXT_14 = { next: '14.2.35', react: '18.3.1', 'react-dom': '18.3.1' }
const PACKAGES = {
  before: { ...NEXT_14, '@supabase/auth-helpers-nextjs': '0.10.0', '@supabase/supabase-js': '2.45.4' },
  after: { ...NEXT_14, '@supabase/ssr': '0.12.7', '@supabase/supabase-js': '2.119.1' },
}
const EMAIL = 'ada@example.test'
const NOBODY = 'nobody'
const OLD_SESSION = 'sb-127-auth-token'

export const testAuthHelpers = () =>
  describe('from auth-helpers', () => {
    let supabase
    let move
    before(async () => {
      const env = () => ({ SUPABASE_URL: supabase.url, SUPABASE_ANON_KEY: supabase.key })
      move = await makeNextMove('auth-helpers', { packages: PACKAGES, env })
      // No other address of the app is allowed: Site URL is elsewhere.
      const allowList = [`${move.origin}/auth/callback`]
      supabase = await startSupabaseAuth({ siteUrl: 'https://elsewhere.example', allowList })
      await move.deploy('before')
    })
    after(() => Promise.all([move?.remove(), supabase?.close()]))

    const at = (path) => move.origin + path
    const read = async (jar) => (await jar.fetch(at('/account'))).text()
    const [signedIn, comesBack, underWay] = [new BrowserJar(), new BrowserJar(), new BrowserJar()]
    let callback

    test('before: a sign-in works, and another is under way', async () => {
      for (const jar of [signedIn, comesBack]) {
        await jar.fetch(at('/login'))
        assert.equal(await read(jar), EMAIL)
        assert.ok(jar.cookies.get(OLD_SESSION))
      }
      callback = await openUpTo(underWay, at('/login'), at('/auth/callback'))
      assert.equal(await read(underWay), NOBODY)
    })

    test('after: who is signed in signs in once more', async () => {
      await move.deploy('after')
      assert.equal(await read(signedIn), NOBODY)
      await signedIn.fetch(at('/login'))
      assert.equal(await read(signedIn), EMAIL)
    })

    test('after: a sign-in removes the old cookies', async () => {
      assert.ok(comesBack.cookies.get(OLD_SESSION))
      await comesBack.fetch(at('/login'))
      assert.equal(comesBack.cookies.get(OLD_SESSION), undefined)
      assert.equal(await read(comesBack), EMAIL)
    })

    test('after: the sign-in that was under way ends signed in', async () => {
      await underWay.fetch(callback)
      assert.equal(await read(underWay), EMAIL)
    })
  })
