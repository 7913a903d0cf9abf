// Cookies that hold JSON as it is, for apps with an @supabase/ssr from before 0.4; and what each release makes of both forms.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { loadNewest, loadOlder } from '../../stand-ins/supabase-libraries.mjs'
import {
  beginTheirs,
  checkSignedIn,
  checkSignedOut,
  finishTheirs,
  names,
  readOurs,
  SESSION,
  useWorlds,
  VERIFIER,
} from '../guide-comparison/live.mjs'

const RELEASES = ['supabase-ssr-0.1', 'supabase-ssr-0.3', 'supabase-ssr-0.4', 'supabase-ssr-0.5']
const PAIRS = [...(await Promise.all(RELEASES.map(loadOlder))), await loadNewest()]
const RAW = { cookies: { format: 'raw' } }
/** Each at the place where a cookie is cut, in turn: characters of one to four bytes, and those that cookies or JSON escape. */
const NAMES = ['a', 'ä', '€', '😀', ' ', '%', '"', '+', ';'].map((character) => character.repeat(200))

for (const pair of PAIRS)
  describe(pair.name, () => {
    const open = useWorlds(pair)

    test('we write raw cookies, they read the session and sign out', async () => {
      const world = await open({ supabase: RAW })
      await world.open(await world.begin('/reports'))
      assert.match(world.jar.cookies.get(names(world, SESSION)[0]), /^%7B%22/)
      await checkSignedIn(world)
      assert.equal((await world.client().auth.signOut()).error, null)
      await checkSignedOut(world)
    })

    test('they write a session, we read it and sign out', async () => {
      const world = await open({ supabase: RAW })
      await finishTheirs(world, await beginTheirs(world, '/'), pair.hasFlows)
      await checkSignedIn(world)
      await world.signOut()
      await checkSignedOut(world)
    })

    test('we start with raw cookies, they finish', async () => {
      const world = await open({ supabase: RAW })
      await finishTheirs(world, await world.begin('/reports'), pair.hasFlows)
      await checkSignedIn(world)
    })

    test('they start, we finish, and no verifier is left', async () => {
      const world = await open({ supabase: RAW })
      await world.open(await beginTheirs(world, '/reports'))
      assert.equal(world.where().at, '/reports')
      assert.deepEqual(names(world, VERIFIER), [])
      await checkSignedIn(world)
    })

    test('large raw sessions are cut between characters, and a shorter one leaves no part behind', async () => {
      const user = {}
      const world = await open({ supabase: RAW, server: { bitbucket: { user } } })
      for (const name of NAMES)
        for (let shift = 0; shift < 12; shift++) {
          if (shift > 0 && name[0] !== '😀') continue
          user.display_name = 'x'.repeat(shift) + name
          await world.open(await world.begin('/'))
          await checkSignedIn(world)
          assert.equal(readOurs(world).view.user.name, user.display_name)
          for (const part of names(world, SESSION))
            assert.doesNotThrow(() => decodeURIComponent(world.jar.cookies.get(part)), part)
        }
      user.display_name = 'Ada'
      await world.open(await world.begin('/'))
      await checkSignedIn(world)
    })

    test(`the form without an option is base64url, which ${pair.isRaw ? 'it cannot read' : 'it reads'}`, async () => {
      const world = await open()
      await world.open(await world.begin('/'))
      const { data } = await world
        .client()
        .auth.getSession()
        .catch(() => ({ data: { session: null } }))
      assert.equal(data.session !== null, !pair.isRaw)
    })
  })
