// Who is signed in through Supabase, verified: by the keys of the project, or by Supabase Auth itself. Supabase's own library reads what is renewed.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, test } from 'node:test'
import { createAuth } from '../../dist/index.js'
import { authHandle } from '../../dist/sveltekit.js'
import { loadNewest } from '../../stand-ins/supabase-libraries.mjs'
import { names, readOurs, readTheirs, SESSION, useWorlds } from '../guide-comparison/live.mjs'

const HOUR = 3600
const newest = await loadNewest()
const open = useWorlds(newest)

/** A browser that is signed in, and an app that asks about it. */
const signIn = async (options) => {
  const world = await open(options)
  await world.open(await world.begin('/reports'))
  world.auth.requests.length = 0
  const { url, key } = world.auth
  const fresh = () => createAuth({ origin: world.origin, supabase: { url, key } })
  const request = (init = {}) =>
    new Request(`${world.origin}/account`, {
      ...init,
      headers: { ...init.headers, cookie: world.jar.cookies.headerFor(world.origin) },
    })
  const keep = ({ setCookie }) => {
    for (const line of setCookie) world.jar.cookies.store(line, world.origin)
  }
  const asked = () => world.auth.requests.map(({ endpoint }) => endpoint)
  return { world, auth: fresh(), fresh, request, keep, asked }
}

/** The time of this process, moved on; the server has a clock of its own. */
const later = async (seconds, run) => {
  const clock = Date.now
  Date.now = () => clock() + 1000 * seconds
  try {
    return await run()
  } finally {
    Date.now = clock
  }
}

describe('getUser', () => {
  test('by the keys of the project, which are asked for once', async () => {
    const { auth, request, asked } = await signIn()
    for (let i = 0; i < 3; i++) {
      const { user, setCookie } = await auth.getUser(request())
      assert.deepEqual([user.email, user.provider, setCookie], ['ada@example.test', 'bitbucket', []])
    }
    assert.deepEqual(asked(), ['jwks'])
    const { session } = await auth.require(request())
    assert.equal(session.verified, true)
  })

  test('a token that somebody else made, or changed, is nobody', async () => {
    const { world, auth } = await signIn()
    const stored = readOurs(world).session
    const name = names(world, SESSION)[0].replace(/\.\d+$/, '')
    const [header, claims, signature] = stored.access_token.split('.')
    const encode = (json) => Buffer.from(JSON.stringify(json)).toString('base64url')
    const decode = (part) => JSON.parse(Buffer.from(part, 'base64url'))
    const evil = encode({ ...decode(claims), sub: 'somebody-else' })
    const ask = (access_token) => {
      const forged = `${name}=base64-${encode({ ...stored, access_token, user: { ...stored.user, id: 'somebody-else' } })}`
      return auth.getUser(new Request(world.origin, { headers: { cookie: forged } }))
    }
    for (const token of [
      `${header}.${evil}.${signature}`,
      `${header}.${claims}.${'A'.repeat(signature.length)}`,
      `${header}.${claims}.AAAA`,
      `${encode({ alg: 'none' })}.${evil}.`,
      `${encode({ ...decode(header), kid: 'another' })}.${evil}.${signature}`,
      `${encode({ alg: 'HS256' })}.${evil}.${createHmac('sha256', world.auth.key).update('x').digest('base64url')}`,
      'no.token',
      '',
    ])
      assert.deepEqual((await ask(token)).user, null, token)
    const { user } = await ask(stored.access_token)
    assert.notEqual(user.sub, 'somebody-else', 'the words of the cookie do not count')
  })

  test('without a key set Supabase Auth itself says who it is', async () => {
    const { world, auth, request, asked } = await signIn()
    world.auth.script(({ endpoint }) =>
      endpoint === 'jwks' ? { status: 200, body: '{"keys":[]}' } : undefined,
    )
    const { user } = await auth.getUser(request())
    assert.deepEqual([user.email, user.email_verified], ['ada@example.test', true])
    assert.deepEqual(asked(), ['jwks', 'jwks', 'user'])
  })

  test('by the app’s own `verify`; where that fails, Supabase Auth itself says who it is', async () => {
    const { world, request, asked } = await signIn()
    const { url, key } = world.auth
    for (const [verify, email, asks] of [
      [() => true, 'ada@example.test', ['jwks']],
      [() => false, undefined, ['jwks']],
      [() => Promise.reject(new Error('no library')), 'ada@example.test', ['jwks', 'user']],
    ]) {
      world.auth.requests.length = 0
      const auth = createAuth({ origin: world.origin, supabase: { url, key }, verify })
      assert.equal((await auth.getUser(request())).user?.email, email)
      assert.deepEqual(asked(), asks)
    }
  })

  test('a server that is down is no answer; a session that it ended is nobody', async () => {
    const { world, auth, request } = await signIn()
    world.auth.script(() => ({ status: 503, body: 'down' }))
    const failure = await auth.getUser(request()).catch((error) => error)
    assert.equal(failure.code, 'supabase_unavailable')
    assert.match(
      (await auth.require(request())).response.headers.get('location'),
      /error=supabase_unavailable/,
    )
    world.auth.script(({ endpoint }) => (endpoint === 'jwks' ? { status: 503 } : undefined))
    world.auth.sessions.rows.clear()
    assert.equal((await auth.getUser(request())).user, null)
  })

  test('`locals` of SvelteKit has a session that is verified, or none', async () => {
    const { world, auth, fresh, request } = await signIn()
    const visit = async (auth) => {
      const event = { request: request(), locals: /** @type {any} */ ({}) }
      await authHandle(auth)({ event, resolve: async () => new Response('') })
      return event.locals.session
    }
    assert.equal(auth.getSession(request()).session.verified, false)
    assert.equal((await visit(auth)).verified, true)
    world.auth.script(() => ({ status: 503, body: 'down' }))
    assert.equal(await visit(fresh()), null)
  })

  test('nobody: no cookies, and a page that wants somebody', async () => {
    const { world, auth, asked } = await signIn()
    const nobody = new Request(`${world.origin}/account`, {
      headers: { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    })
    assert.deepEqual(await auth.getUser(nobody), { user: null, setCookie: [] })
    const { response } = await auth.require(nobody)
    assert.equal(response.headers.get('location'), '/auth/sign-in?next=%2Faccount#')
    assert.deepEqual(asked(), [])
  })
})

describe('an access token that ends', () => {
  test('is renewed 90 seconds before, once for all, and Supabase’s library has the new session', async () => {
    const { world, auth, request, keep, asked } = await signIn()
    world.auth.clock.advance(HOUR - 91)
    const clock = Date.now
    try {
      Date.now = () => clock() + 1000 * (HOUR - 92)
      assert.deepEqual((await auth.getAccessToken(request())).setCookie, [])
      Date.now = () => clock() + 1000 * (HOUR - 89)
      const all = await Promise.all(Array.from({ length: 10 }, () => auth.getAccessToken(request())))
      assert.deepEqual(asked(), ['token'])
      assert.equal(new Set(all.map(({ accessToken }) => accessToken)).size, 1)
      const late = await auth.getAccessToken(request())
      assert.equal(late.accessToken, all[0].accessToken)
      assert.deepEqual(asked(), ['token'])
      keep(all[0])
      const theirs = await readTheirs(world)
      assert.equal(theirs.access_token, all[0].accessToken)
      assert.equal(all[0].expiresAt, theirs.expires_at)
      const { user, setCookie } = await auth.getUser(request())
      assert.deepEqual([user.email, setCookie], ['ada@example.test', []])
    } finally {
      Date.now = clock
    }
  })

  test('getUser renews it too, and needs no key then', async () => {
    const { world, auth, request, asked } = await signIn()
    world.auth.clock.advance(HOUR)
    await later(HOUR, async () => {
      const { user, setCookie } = await auth.getUser(request())
      assert.equal(user.email, 'ada@example.test')
      assert.ok(setCookie.length > 0)
    })
    assert.deepEqual(asked(), ['token'])
  })

  test('a session that Supabase ended is removed; a busy or wrong server removes nothing', async () => {
    const { world, auth, fresh, request } = await signIn()
    world.auth.clock.advance(HOUR)
    await later(HOUR, async () => {
      for (const name of ['conflict', 'unexpected', 'rateLimit', 'timeout']) {
        world.auth.fail(name)
        const failure = await auth.getUser(request()).catch((error) => error)
        assert.ok(failure instanceof Error, name)
        assert.deepEqual(failure.setCookie, [], name)
      }
      world.auth.fail(null)
      const wrong = createAuth({
        origin: world.origin,
        supabase: { url: world.auth.url, key: 'sb_publishable_wrong' },
      })
      assert.equal((await wrong.getUser(request()).catch((error) => error)).code, 'supabase_key_invalid')
      world.auth.sessions.rows.clear()
      const { user, setCookie } = await fresh().getUser(request())
      assert.equal(user, null)
      assert.ok(setCookie.every((line) => /Max-Age=0/.test(line)) && setCookie.length > 0)
    })
  })
})

describe('where no cookie can be set', () => {
  const signInAgo = async (seconds) => {
    const events = []
    const signed = await signIn()
    const { url, key } = signed.world.auth
    const auth = createAuth({
      origin: signed.world.origin,
      supabase: { url, key },
      onEvent: (event) => events.push(event),
    })
    signed.world.auth.clock.advance(seconds)
    /** As `landfall/next` asks in a Server Component. */
    const verifyOnly = () => auth.getUser[Symbol.for('landfall.reply')](signed.request(), false)
    return { ...signed, auth, events, verifyOnly }
  }

  test('a token that ends soon is verified, and not renewed', async () => {
    const { auth, request, verifyOnly, asked, events } = await signInAgo(HOUR - 60)
    await later(HOUR - 60, async () => {
      const { session, setCookie } = await verifyOnly()
      assert.deepEqual([session.user.email, session.verified, setCookie], ['ada@example.test', true, []])
      assert.deepEqual([asked(), events], [['jwks'], []])
      assert.ok((await auth.getUser(request())).setCookie.length > 0, 'elsewhere it is')
    })
  })

  test('one that is over is nobody’s, which is no event, until somebody renews it', async () => {
    const { auth, request, keep, verifyOnly, asked, events } = await signInAgo(HOUR)
    await later(HOUR, async () => {
      assert.deepEqual(await verifyOnly(), { session: null, setCookie: [] })
      assert.deepEqual([asked(), events], [[], []])
      const renewed = await auth.getUser(request())
      const { session } = await verifyOnly()
      assert.equal(session.user.email, 'ada@example.test', 'the renewal of another request counts')
      keep(renewed)
      assert.equal((await verifyOnly()).session.user.email, 'ada@example.test')
      assert.deepEqual(
        asked().filter((endpoint) => endpoint === 'token'),
        ['token'],
      )
    })
  })

  test('a server that is down is no answer there either', async () => {
    const { world, verifyOnly, events } = await signInAgo(HOUR - 60)
    world.auth.script(() => ({ status: 503, body: 'down' }))
    await later(HOUR - 60, async () => {
      await assert.rejects(verifyOnly(), { code: 'supabase_unavailable' })
      assert.equal(events.at(-1).code, 'supabase_unavailable')
    })
  })
})
