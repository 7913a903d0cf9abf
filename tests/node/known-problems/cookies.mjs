// Known problems 8 to 17: session cookies that are too many, too long, too old, or not there any more.
import assert from 'node:assert/strict'
import { cookiesOf, encodeCookie, KEY, ORIGIN, openWorld } from './world.mjs'

const SESSION_HEADERS = {
  'cache-control': 'private, no-cache, no-store, must-revalidate, max-age=0',
  expires: '0',
  pragma: 'no-cache',
}
const CHUNK = 3180
const BROWSER_LIMIT = 4096

/** Puts a value into a browser as @supabase/ssr would have: in chunks. */
const storeChunks = (world, value) => {
  for (const [index, chunk] of value.match(new RegExp(`.{1,${CHUNK}}`, 'g')).entries())
    world.jar.cookies.store(`${KEY}.${index}=${chunk}; Path=/`, world.origin)
}
const oldSession = (bytes) => ({
  access_token: 'old',
  refresh_token: 'old',
  expires_at: 9e9,
  user: { biography: 'é'.repeat(bytes / 2) },
})

export const COOKIE_PROBLEMS = [
  {
    number: 8,
    met: 'a framework that takes a header only once gets each of them once',
    thread: 'supabase/ssr PR#283, supabase/ssr#279',
    async run(t) {
      const world = await openWorld(t)
      world.fatten(9000)
      const address = await world.begin()
      for (const response of [
        await world.ask(address),
        await world.ask('/auth/sign-out', { method: 'POST' }),
      ]) {
        assert.equal(response.status, 303)
        // A header that came twice would be joined by commas.
        for (const [name, value] of Object.entries(SESSION_HEADERS))
          assert.equal(response.headers.get(name), value)
        assert.doesNotMatch(response.headers.get('location'), /,/)
      }
      world.jar.cookies.store(`${KEY}=base64-x; Path=/`, ORIGIN)
      const { setCookie } = world.getSession()
      assert.ok(Array.isArray(setCookie) && setCookie.every((line) => typeof line === 'string'))
    },
  },
  {
    number: 9,
    met: 'a session with a cookie domain is gone after the sign-out, and so is a stray one without',
    thread: 'supabase/ssr#256',
    async run(t) {
      const origin = 'https://www.app.example'
      const cookieOptions = { domain: 'app.example' }
      const world = await openWorld(t, { origin, supabase: { cookieOptions } })
      await world.signIn()
      assert.equal(await world.isSignedIn(), true)
      world.jar.cookies.store(`${KEY}=base64-stray; Path=/; Secure`, origin)
      const response = await world.ask('/auth/sign-out', { method: 'POST' })
      assert.deepEqual([world.sessionCookies(), world.verifierCookies()], [[], []])
      // Where a framework keeps the last line of a name, that has to be the one with the domain.
      const last = cookiesOf(response).findLast(({ name }) => name === KEY)
      assert.match(last.attributes, /domain=app\.example/)
    },
  },
  {
    number: 10,
    met: 'a stale chunk makes the session unreadable: that is signed out and cleaned up, and no crash',
    thread: 'supabase/ssr#67',
    async run(t) {
      const world = await openWorld(t)
      // The end of one session behind the beginning of another cuts a letter in two.
      const text = encodeCookie(oldSession(9000))
      for (const cut of [1, 2, 3, 4]) {
        storeChunks(world, text)
        const stale = encodeCookie(oldSession(6000)).slice(CHUNK + cut, 2 * CHUNK + cut)
        world.jar.cookies.store(`${KEY}.1=${stale}; Path=/`, ORIGIN)
        const { session, setCookie } = world.getSession()
        assert.equal(session, null)
        for (const line of setCookie) world.jar.cookies.store(line, ORIGIN)
        assert.deepEqual(world.sessionCookies(), [])
      }
      storeChunks(world, text.slice(0, -CHUNK))
      await world.signIn()
      assert.deepEqual([world.where().at, await world.isSignedIn()], ['/reports', true])
    },
  },
  {
    number: 11,
    met: 'a cookie that somebody edited by hand never throws in a handler',
    thread: 'supabase/ssr#87',
    async run(t) {
      const world = await openWorld(t)
      await world.signIn()
      const [name] = world.sessionCookies()
      const good = world.jar.cookies.get(name)
      const edits = [
        '',
        '"',
        'null',
        'base64-',
        'base64-%',
        'base64-%ff%fe',
        'base64l-zzzzzzzzzzzzz-',
        'base64-bnVsbA',
        'base64-W10',
        `base64-${'A'.repeat(9000)}`,
        encodeCookie({ access_token: 1, refresh_token: {}, expires_at: 'x' }),
        encodeCookie({ access_token: 'a\r\nb', refresh_token: 'é', expires_at: 1 }),
        encodeCookie('['.repeat(500)),
      ]
      for (let at = 0; at < good.length; at += 41) {
        edits.push(`${good.slice(0, at)}~${good.slice(at + 1)}`, good.slice(0, at), good.slice(at))
      }
      for (const value of edits) {
        const cookie = `${name}=${value}; ${KEY}-code-verifier=${value}; ${KEY}-flows-code-verifier=${value}`
        const headers = { cookie, 'sec-fetch-site': 'same-origin' }
        const { session } = world.auth.getSession(new Request(ORIGIN, { headers }))
        assert.ok(session === null || typeof session === 'object')
        const { status } = await world.auth.signOut(
          new Request(`${ORIGIN}/auth/sign-out?scope=local`, { method: 'POST', headers }),
        )
        const code = '00000000-0000-4000-8000-000000000000'
        const back = await world.auth.callback(
          new Request(`${ORIGIN}/auth/callback?code=${code}`, { headers }),
        )
        assert.deepEqual([status, back.status], [303, 303])
      }
      assert.ok(!world.codes().includes('internal_error'))
    },
  },
  {
    number: 12,
    met: 'chunks of two sessions never mix: one answer writes them all and removes the rest',
    thread: 'supabase/ssr#169, supabase/ssr PR#210',
    async run(t) {
      const world = await openWorld(t)
      for (const bytes of [9000, 100, 7000, 3000, 9000]) {
        world.fatten(bytes)
        const answer = await world.ask(await world.begin())
        const set = cookiesOf(answer).filter(({ name, value }) => name.startsWith(KEY) && value)
        const session = world.storedSession()
        assert.equal(world.getSession().session.user.sub, session.user.id)
        assert.equal(session.access_token, world.sessions.at(-1).access_token)
        assert.equal(session.user.user_metadata.biography.length, bytes)
        const value = encodeCookie(session)
        const count = value.length <= CHUNK ? 1 : Math.ceil(value.length / CHUNK)
        assert.equal(world.sessionCookies().length, count, 'nothing is left of the session before')
        assert.ok(set.length <= count && set.length > 0)
        assert.equal(await world.isSignedIn(), true)
      }
    },
  },
  {
    number: 13,
    met: 'a session that @supabase/ssr 0.6.0 wrote, with a length before it, is read and then replaced',
    thread: 'supabase/ssr PR#90, supabase/ssr PR#100',
    async run(t) {
      const world = await openWorld(t)
      await world.signIn()
      const { session } = world.getSession()
      const digits = Buffer.from(JSON.stringify(world.storedSession())).toString('base64url')
      for (const name of world.sessionCookies()) world.jar.cookies.delete(name)
      storeChunks(world, `base64l-${digits.length.toString(36)}-${digits}`)
      assert.deepEqual(world.getSession().session, session)
      await world.signIn()
      assert.match(world.jar.cookies.get(world.sessionCookies()[0]), /^base64-/)
      assert.equal(await world.isSignedIn(), true)
    },
  },
  {
    number: 14,
    met: 'the session in one cookie and an older one in chunks, side by side: the sign-in leaves one of them',
    thread: 'supabase/auth-helpers#704, supabase/auth-helpers#738',
    async run(t) {
      for (const bytes of [0, 9000]) {
        const world = await openWorld(t)
        world.fatten(bytes)
        storeChunks(world, encodeCookie(oldSession(12000)))
        world.jar.cookies.store(`${KEY}=${encodeCookie(oldSession(100))}; Path=/`, ORIGIN)
        await world.signIn()
        const names = world.sessionCookies()
        assert.equal(names.includes(KEY), names.length === 1)
        assert.equal(world.getSession().session.user.email, 'ada@example.test')
        assert.equal(await world.isSignedIn(), true)
      }
    },
  },
  {
    number: 15,
    met: 'a session longer than a browser takes for a cookie is cut, and a warning names what makes it long',
    thread: 'supabase/auth-helpers#643, supabase/supabase#18564',
    async run(t) {
      const world = await openWorld(t)
      world.fatten(9000)
      const answer = await world.ask(await world.begin())
      for (const { name, value } of cookiesOf(answer))
        assert.ok(name.length + value.length <= BROWSER_LIMIT, name)
      assert.ok(world.sessionCookies().length > 2)
      assert.equal(await world.isSignedIn(), true)
      const warning = world.events.find(({ type }) => type === 'warning')
      assert.deepEqual([warning.code, warning.ok], ['session_cookie_large', true])
      assert.match(warning.detail, /^cookie=\d{5} .*user=\d{4,5}/)
    },
  },
  {
    number: 16,
    met: 'a Cookie header over what nginx takes is warned of, and without the user in the cookie it is short',
    thread: 'supabase/auth#1754, supabase/ssr#56',
    async run(t) {
      const lengths = []
      for (const encode of ['user-and-tokens', 'tokens-only']) {
        const world = await openWorld(t, { supabase: { cookies: { encode } } })
        world.fatten(2200)
        world.jar.cookies.store(`analytics=${'x'.repeat(300)}; Path=/`, ORIGIN)
        await world.signIn()
        const header = world.jar.cookies.headerFor(ORIGIN).length
        lengths.push(header)
        const warning = world.events.find(({ code }) => code === 'session_cookie_large')
        if (header < 7 * 1024) assert.equal(warning, undefined)
        else assert.ok(Math.abs(Number(/^cookie=(\d+)/.exec(warning.detail)[1]) - header) < 4)
        assert.equal(await world.isSignedIn(), true)
        assert.ok(world.sessions[0].user.email, 'onSession has the user all the same')
      }
      assert.ok(lengths[0] > 7 * 1024 && lengths[1] < 7 * 1024, lengths.join())
    },
  },
  {
    number: 17,
    met: 'no answer sets a cookie twice, so that a CDN does not refuse its headers',
    thread: 'supabase/ssr#144',
    async run(t) {
      const world = await openWorld(t)
      storeChunks(world, encodeCookie(oldSession(9000)))
      for (let count = 0; count < 6; count++) await world.begin()
      world.fatten(3000)
      const start = await world.ask('/auth/sign-in?provider=bitbucket&next=/reports')
      const answers = [start, await world.ask(await world.begin())]
      answers.push(await world.ask('/auth/sign-out', { method: 'POST' }))
      for (const answer of answers) {
        const names = cookiesOf(answer).map(({ name }) => name)
        assert.deepEqual(names, [...new Set(names)])
      }
    },
  },
]
