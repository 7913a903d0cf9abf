// Landfall and Supabase's own libraries in one browser, against the stand-in: what one starts or writes, the other finishes or reads.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cookiesOfJar, loadNewest, loadOlder } from '../../stand-ins/supabase-libraries.mjs'
import {
  beginTheirs,
  checkSignedIn,
  checkSignedOut,
  countChunks,
  finishRecovery,
  finishTheirs,
  names,
  readOurs,
  readTheirs,
  useWorlds,
  VERIFIER,
} from '../guide-comparison/live.mjs'

const newest = await loadNewest()

for (const pair of [newest, await loadOlder()]) {
  describe(pair.name, () => {
    const open = useWorlds(pair)

    test('they start, we finish, they read it and sign out', async () => {
      const world = await open()
      await world.open(await beginTheirs(world, '/reports?year=2026'))
      assert.equal(world.jar.url, `${world.origin}/reports?year=2026#`)
      assert.deepEqual(names(world, VERIFIER), [])
      await checkSignedIn(world)
      assert.equal((await world.client().auth.signOut()).error, null)
      await checkSignedOut(world)
    })

    test('they start, we finish, and the callback is opened again', async () => {
      const world = await open()
      const address = await beginTheirs(world, '/reports')
      await world.open(address)
      await world.open(address)
      const { at, error } = world.where()
      assert.deepEqual([at, error], ['/auth/auth-code-error', 'transaction_used'])
      await checkSignedIn(world)
    })

    test('we start, they finish', async () => {
      const world = await open()
      await finishTheirs(world, await world.begin('/reports'), pair.hasFlows)
      if (pair.hasFlows) assert.deepEqual(names(world, VERIFIER), [])
      await checkSignedIn(world)
    })

    test('we write a session that has expired, they refresh it as they read it, we read theirs', async () => {
      const world = await open()
      world.auth.clock.advance(-3601)
      await world.open(await world.begin('/reports'))
      world.auth.clock.advance(3601)
      const before = readOurs(world).session
      const { refresh_token } = await readTheirs(world)
      assert.notEqual(refresh_token, before.refresh_token)
      await checkSignedIn(world)
    })

    test('we write a session, they refresh it an hour later, and once more', async () => {
      const world = await open()
      await world.open(await world.begin('/reports'))
      for (let hour = 0; hour < 2; hour++) {
        world.auth.clock.advance(3601)
        assert.equal(await world.isSignedIn(), false)
        const { data, error } = await world.client().auth.refreshSession()
        assert.equal(error, null)
        assert.equal(readOurs(world).session.refresh_token, data.session.refresh_token)
        await checkSignedIn(world)
      }
    })

    test('they ask for a new password, we finish at the page for it', async () => {
      const seen = []
      const onSession = (_, { redirectType }) => {
        seen.push(redirectType)
      }
      const world = await open({ options: { onSession, paths: { afterRecovery: '/new-password' } } })
      await finishRecovery(world, (address) => world.open(address))
      assert.equal(world.where().at, '/new-password')
      assert.deepEqual(seen, ['recovery'])
      assert.deepEqual(names(world, VERIFIER), [])
      await checkSignedIn(world)
    })

    test('a long session of theirs, then a short one of ours, and the reverse', async () => {
      const user = {}
      const world = await open({ server: { bitbucket: { user } } })
      const write = {
        theirs: async () => finishTheirs(world, await beginTheirs(world, '/'), false),
        ours: async () => world.open(await world.begin('/')),
      }
      for (const [who, length] of [
        ['theirs', 1000],
        ['ours', 1],
        ['ours', 1000],
        ['theirs', 1],
      ]) {
        user.display_name = 'ä'.repeat(length)
        await write[who]()
        const { is, wanted } = countChunks(world)
        assert.equal(is > 3, length > 1, `${who}: ${is} chunks`)
        assert.equal(is, wanted)
        assert.equal(readOurs(world).session.user.user_metadata.name.length, length)
        await checkSignedIn(world)
      }
    })

    test('our sign-out leaves nothing of theirs', async () => {
      const world = await open()
      await finishTheirs(world, await beginTheirs(world, '/'), false)
      await beginTheirs(world, '/')
      await world.begin('/')
      await world.signOut()
      assert.equal(world.where().at, '/')
      await checkSignedOut(world)
    })

    test('cookies on a domain: both write, both read, either signs out', async () => {
      const cookieOptions = { domain: 'app.example', path: '/', sameSite: 'lax' }
      const world = await open({ origin: 'https://www.app.example', cookieOptions })
      const seenAt = (host) => world.jar.cookies.headerFor(`https://${host}/`).includes('-auth-token')
      for (const begin of [(next) => beginTheirs(world, next, { cookieOptions }), world.begin]) {
        await world.open(await begin('/reports'))
        assert.equal(world.where().at, '/reports')
        assert.ok(seenAt('api.app.example'))
        await checkSignedIn(world, { cookieOptions })
      }
      await world.signOut()
      await checkSignedOut(world, { cookieOptions })
      await world.open(await world.begin('/reports'))
      await world.client({ cookieOptions }).auth.signOut()
      await checkSignedOut(world, { cookieOptions })
    })

    test('a name of the app’s own for the cookies', async () => {
      const cookieOptions = { name: 'my-app' }
      const world = await open({ cookieOptions })
      await world.open(await beginTheirs(world, '/reports', { cookieOptions }))
      await checkSignedIn(world, { cookieOptions })
      assert.deepEqual(names(world, /^sb-/), [])
      await finishTheirs(world, await world.begin('/'), pair.hasFlows, { cookieOptions })
      await checkSignedIn(world, { cookieOptions })
    })
  })
}

describe('the newest pair alone', () => {
  const open = useWorlds(newest)

  test('we start, they finish as the guide does, without a flow id; what they leave goes with the next sign-in', async () => {
    const world = await open()
    await finishTheirs(world, await world.begin('/'), false)
    await checkSignedIn(world)
    await world.signOut()
    assert.deepEqual(names(world, VERIFIER), [])
  })

  test('they put their flow id on the address, we finish that flow', async () => {
    const options = { auth: { experimental: { appendPkceFlowIdToRedirects: true } } }
    const world = await open()
    const first = await beginTheirs(world, '/first', options)
    await beginTheirs(world, '/second', options)
    assert.match(first, /[?&]sb_flow_id=[0-9a-f]{32}(&|$)/)
    await world.open(first)
    assert.equal(world.where().at, '/first')
    assert.equal(world.auth.stats.count('token'), 1)
    assert.equal(names(world, /-flow-/).length, 1)
    await checkSignedIn(world)
  })

  test('redirect URLs that match exactly: two tabs of ours, without a flow id on the address', async () => {
    const server = { siteUrl: 'https://site.example', allowList: ['https://app.example/auth/callback'] }
    const world = await open({ server, supabase: { exactRedirectTo: true } })
    const addresses = [await world.begin('/first'), await world.begin('/second')]
    for (const address of addresses) assert.match(address, /\/auth\/callback\?code=[^&]+$/)
    for (const [tab, at] of ['/first', '/second'].entries()) {
      await world.open(addresses[tab])
      assert.equal(world.where().at, at)
    }
    assert.deepEqual(names(world, VERIFIER), [])
    await world.open(addresses[1])
    assert.equal(world.where().error, 'transaction_used')
    await checkSignedIn(world)
  })

  test('tokens-only: neither keeps the user in the cookies, both read the session', async () => {
    const encode = { encode: 'tokens-only' }
    const world = await open({ supabase: { cookies: encode } })
    await world.open(await world.begin('/'))
    const ours = readOurs(world).session
    const client = world.client({ cookies: { ...cookiesOfJar(world.jar, world.origin), ...encode } })
    const { data } = await client.auth.refreshSession()
    const theirs = readOurs(world).session
    assert.equal(theirs.access_token, data.session.access_token)
    assert.deepEqual(
      Object.keys(ours).filter((name) => !/^provider/.test(name)),
      Object.keys(theirs),
    )
    assert.ok(!('user' in ours))
  })

  test('scopes of our sign-out are those of theirs', async () => {
    const world = await open()
    const sessions = []
    for (let browser = 0; browser < 3; browser++) {
      world.jar.cookies.delete()
      await world.open(await world.begin('/'))
      sessions.push(readOurs(world).session)
    }
    await world.signOut({ query: '?scope=others' })
    assert.equal(world.auth.sessions.rows.size, 1)
    await checkSignedIn(world)
    assert.equal(readOurs(world).session.refresh_token, sessions[2].refresh_token)
    await finishTheirs(world, await beginTheirs(world, '/'), false)
    await world.signOut({ query: '?scope=local' })
    assert.deepEqual([world.auth.sessions.rows.size, await readTheirs(world)], [1, null])
  })
})
