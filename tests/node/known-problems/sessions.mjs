// Known problems 34 to 37 and 41 to 44: what becomes of a session, where the code runs, and what people are told.
import assert from 'node:assert/strict'
import { cookiesOfRequest } from '../../../stand-ins/request-cookies.mjs'
import { bundleForEdge } from './edge.mjs'
import { cookiesOf, ERROR_PAGE, KEY, newest, ORIGIN, openWorld } from './world.mjs'

/** A cache before the app that keeps whatever it may, cookies included. */
const behindCache = (app) => {
  const kept = new Map()
  return async (request) => {
    const known = kept.get(request.url)
    if (known) return new Response(known.body, known)
    const response = await app(request)
    const body = [204, 303].includes(response.status) ? null : await response.text()
    const { status, headers } = response
    if (!/no-store|private/.test(headers.get('cache-control') ?? ''))
      kept.set(request.url, { status, headers, body })
    return new Response(body, { status, headers })
  }
}

const failsWith = async (t, server, prepare = () => {}) => {
  const world = await openWorld(t, { server })
  prepare(world)
  const answer = await world.ask(await world.begin())
  await world.open(new URL(answer.headers.get('location'), ORIGIN))
  const { code, blame, detail, description } = world.events[1]
  return { world, answer, code, blame, detail, description }
}

export const SESSION_PROBLEMS = [
  {
    number: 34,
    met: 'a CDN that kept an answer would sign others in: every answer forbids it',
    thread: 'supabase/ssr PR#172, nuxt-modules/supabase#481, aws-amplify/amplify-hosting#4100',
    async run(t) {
      const world = await openWorld(t)
      const cached = behindCache(world.app)
      for (const browser of [world.jar, world.newBrowser()]) browser.sites[ORIGIN] = cached
      const address = await world.begin()
      await world.open(address)
      assert.equal(await world.isSignedIn(), true)
      const other = world.newBrowser()
      other.sites[ORIGIN] = cached
      await world.open(address, { browser: other })
      assert.deepEqual([world.where(other).at, world.sessionCookies(other)], [ERROR_PAGE, []])

      const asked = [
        ['/auth/sign-in?provider=bitbucket'],
        ['/auth/sign-in?provider=nobody'],
        ['/auth/callback'],
        ['/auth/callback?code=x'],
        ['/auth/callback?error=access_denied'],
        ['/auth/callback?error=x&error_code=otp_expired', { method: 'HEAD' }],
        ['/auth/callback', { method: 'PUT' }],
        ['/auth/sign-out'],
        ['/auth/sign-out', { method: 'POST', from: 'https://evil.example/' }],
        ['/auth/sign-out', { method: 'POST' }],
        ['/auth/confirm'],
        ['/auth/confirm?token_hash=x&type=email'],
        [`${ERROR_PAGE}?error=otp_expired`],
        ['/?error=access_denied&error_code=otp_expired'],
      ]
      for (const [path, init] of asked) {
        const { headers } = await world.ask(path, init)
        assert.match(headers.get('cache-control') ?? '', /\bno-store\b/, path)
      }
    },
  },
  {
    number: 35,
    met: '"Already Used" from refreshing twice at once: reading a session refreshes nothing, and the sign-out clears the browser and says that the server did not confirm it',
    thread: 'supabase/ssr#68, supabase/supabase#18981, supabase/auth#2136, supabase/auth-js#213',
    async run(t) {
      const world = await openWorld(t, { server: { expiresIn: 60, reuseInterval: 0 } })
      await world.signIn()
      const refreshes = () => world.tokenRequests().length - 1
      for (let count = 0; count < 10; count++) assert.ok(world.getSession().session)
      world.server.clock.advance(120)
      assert.ok(world.getSession().session, 'an expired session is still to be refreshed, and not signed out')
      assert.deepEqual(world.getSession().setCookie, [])
      assert.equal(refreshes(), 0)
      assert.equal(await world.isSignedIn(), true)
      assert.equal(refreshes(), 1, 'that was @supabase/ssr, alone')

      // Somebody else was quicker: the refresh token of this browser is used up.
      const { refresh_token } = world.storedSession()
      const refresh = (token) => world.server.sessions.refresh(token).body.refresh_token
      refresh(refresh(refresh_token))
      world.server.clock.advance(120)
      assert.throws(() => refresh(refresh_token), { code: 'refresh_token_already_used' })
      await world.ask('/auth/sign-out', { method: 'POST' })
      assert.deepEqual([world.sessionCookies(), world.codes().at(-1)], [[], 'revocation_failed'])
    },
  },
  {
    number: 36,
    met: 'a redirect in a middleware keeps the cookies that were just refreshed',
    thread: 'open-mercato/cezar#97',
    async run(t) {
      const world = await openWorld(t, { server: { expiresIn: 60 } })
      await world.signIn()
      const before = world.storedSession().access_token
      world.server.clock.advance(120)
      world.jar.sites[ORIGIN] = async (request) => {
        const headers = new Headers()
        const cookies = cookiesOfRequest(request, headers)
        const client = newest.createServerClient(world.server.url, world.server.key, { cookies })
        await client.auth.getUser()
        const response = await world.app(request)
        for (const line of headers.getSetCookie()) response.headers.append('set-cookie', line)
        return response
      }
      const answer = await world.ask('/auth/sign-in?provider=bitbucket')
      assert.equal(answer.status, 303)
      const names = cookiesOf(answer).map(({ name }) => name)
      assert.ok(names.some((name) => name.startsWith(KEY) && !name.endsWith('verifier')))
      assert.ok(names.some((name) => name.startsWith('__Host-landfall-')))
      assert.notEqual(world.storedSession().access_token, before)
      assert.equal(await world.isSignedIn(), true)
    },
  },
  {
    number: 37,
    met: 'an edge runtime finds nothing of Node in the bundle, and signs in with what is on the web',
    thread: 'supabase/supabase-js#1552, supabase/supabase-js#2521, supabase/auth-helpers#400',
    async run(t) {
      const world = await openWorld(t)
      const edge = await bundleForEdge()
      assert.deepEqual(edge.warnings, [])
      assert.doesNotMatch(
        edge.code,
        /\brequire\s*\(|\bprocess\.|\bBuffer\b|__dirname|\bnode:|\bsetImmediate\b/,
      )
      const { createAuth } = edge.load()
      const { url, key } = world.server
      const { handle } = createAuth({ supabase: { url, key }, origin: ORIGIN })
      world.jar.sites[ORIGIN] = async (request) => (await handle(request)) ?? new Response('a page')
      await world.signIn()
      assert.deepEqual([world.where().at, await world.isSignedIn()], ['/reports', true])
    },
  },
  {
    number: 41,
    met: "the provider's token, gone from the session after a refresh, is given to the app at the sign-in",
    thread: 'supabase/auth-js#131',
    async run(t) {
      const world = await openWorld(t)
      await world.signIn()
      const [{ provider_token, provider_refresh_token }] = world.sessions
      assert.ok(provider_token && provider_refresh_token)
      assert.equal(world.storedSession().provider_token, provider_token)
      await world.client().auth.refreshSession()
      const session = world.storedSession()
      assert.deepEqual(['provider_token' in session, world.sessions.length], [false, 1])
    },
  },
  {
    number: 42,
    met: "the server's words stay out of the address and the page; the event has them",
    thread: 'Coder-s-OG-s/MergeShip#237',
    async run(t) {
      const { world, answer, code, detail, description } = await failsWith(t, { outcome: 'denied' })
      assert.deepEqual(
        [code, detail, description],
        ['provider_access_denied', 'access_denied', 'The user denied the request.'],
      )
      const location = answer.headers.get('location')
      assert.match(
        location,
        /^\/auth\/auth-code-error\?error=provider_access_denied&provider=bitbucket&next=%2Freports#$/,
      )
      assert.equal(new URL(world.jar.url).hash, '', 'the fragment of the Auth server is not carried over')
      const words = encodeURIComponent('<b>call 555-0100</b>')
      const page = await world.open(`${ORIGIN}${ERROR_PAGE}?error=${words}&error_description=${words}`)
      assert.doesNotMatch(await page.text(), /555-0100/)
    },
  },
  {
    number: 43,
    met: 'sign-ups are switched off: the code says so, as it does for every refusal of the Auth server',
    thread: 'supabase/supabase-js#1693',
    async run(t) {
      const refused = await failsWith(t, { disableSignup: true })
      assert.deepEqual([refused.code, refused.blame], ['signup_disabled', 'app'])
      const banned = await failsWith(t, {}, ({ server }) => server.users.ban('ada@example.test'))
      assert.equal(banned.code, 'user_banned')
      const unverified = await failsWith(t, { outcome: 'unconfirmed_email' })
      assert.equal(unverified.code, 'provider_email_needs_verification')
      const { world } = refused
      for (const code of [
        'identity_already_exists',
        'email_exists',
        'otp_expired',
        'over_request_rate_limit',
      ]) {
        const query = new URLSearchParams({ error: 'server_error', error_code: code, error_description: 'x' })
        await world.open(`${ORIGIN}/auth/callback?${query}`)
        assert.equal(world.where().error, code)
      }
    },
  },
  {
    number: 44,
    met: 'the provider gives no e-mail address: that is what the person reads, not "server error"',
    thread: 'supabase/auth PR#2713, supabase/auth#2583',
    async run(t) {
      const { world, code, blame } = await failsWith(t, { outcome: 'no_email' })
      assert.deepEqual([code, blame], ['email_not_provided', 'provider'])
      const page = await world.open(world.jar.url)
      assert.match(await page.text(), /sent no e-mail address\. Add one to your account there/)
      world.server.leg.outcome = 'approved'
      await world.signIn()
      assert.equal(await world.isSignedIn(), true)
    },
  },
]
