// Known problems 25 to 33 and 38: what comes between the start of a sign-in and its end.
import assert from 'node:assert/strict'
import { AuthFailure } from '../../../stand-ins/supabase-failures.mjs'
import { cookiesOf, ERROR_PAGE, KEY, ORIGIN, openWorld } from './world.mjs'

const isAt = async (world, at, signedIn = true) =>
  assert.deepEqual([world.where().at, await world.isSignedIn()], [at, signedIn])
const PREFETCHES = [
  { purpose: 'prefetch' },
  { 'sec-purpose': 'prefetch' },
  { 'sec-purpose': 'prefetch;prerender' },
  { 'next-router-prefetch': '1' },
]
/** The link that the app's e-mail template makes. */
const mailLink = (world, type = 'magiclink') => {
  const token_hash = world.server.issueTokenHash({ type })
  return `${ORIGIN}/auth/confirm?${new URLSearchParams({ token_hash, type, next: '/reports' })}`
}

export const FLOW_PROBLEMS = [
  {
    number: 25,
    met: 'somebody slow at the provider does not end at a dead end of the Site URL',
    thread: 'supabase/auth#1477',
    async run(t) {
      const world = await openWorld(t, { supabase: { providers: { bitbucket: {} } } })
      const address = await world.begin('/reports', { atProvider: () => world.server.clock.advance(301) })
      assert.equal(new URL(address).pathname, '/')
      const page = await world.open(address)
      assert.deepEqual([world.where().at, world.where().error], [ERROR_PAGE, 'bad_oauth_state'])
      const html = await page.text()
      assert.match(html, /took too long at the provider/)
      assert.match(html, />Start again</)
      await world.signIn()
      await isAt(world, '/reports')
    },
  },
  {
    number: 26,
    met: '"flow state not found" is told apart: a second use, too late, another project, the provider',
    thread: 'supabase/auth#1341, supabase/auth-helpers#549, supabase/auth-helpers#705',
    async run(t) {
      const world = await openWorld(t)
      const used = await world.begin()
      await world.open(used)
      await world.open(used)
      await isAt(world, ERROR_PAGE)
      const late = await world.begin()
      world.server.clock.advance(301)
      await world.open(late)
      const startedAt = { ...world.server, url: world.server.url.replace('127.0.0.1', 'localhost') }
      await world.open(await world.beginWithLibrary('/', { startedAt }))
      for (const name of world.verifierCookies()) world.jar.cookies.delete(name)
      for (const outcome of ['token_error', 'user_error']) {
        world.server.leg.outcome = outcome
        await world.open(await world.begin())
      }
      world.server.leg.outcome = 'approved'
      // Another project's code, as newer and as older servers answer.
      const older = { code: 403, error_code: 'flow_state_not_found', msg: 'invalid flow state' }
      const newer = new AuthFailure(404, 'flow_state_not_found', 'invalid flow state')
      for (const failure of [newer, { status: 403, body: older }]) {
        const address = await world.begin()
        world.server.script(({ endpoint }) => (endpoint === 'token' ? failure : undefined))
        await world.open(address)
        world.server.script(null)
      }
      assert.deepEqual(world.codes().filter(Boolean), [
        'transaction_used',
        'flow_state_expired',
        'verifier_other_project',
        'supabase_exchange',
        'supabase_profile',
        'flow_state_not_found',
        'flow_state_not_found',
      ])
    },
  },
  {
    number: 27,
    met: 'an error that stands only in the fragment reaches the person all the same',
    thread: 'supabase/auth-helpers#619, supabase/auth#1011, supabase/supabase#30234, supabase/auth-js#739',
    async run(t) {
      const world = await openWorld(t)
      const redirect_to = `${ORIGIN}/auth/callback?next=/reports`
      const query = new URLSearchParams({ token: 'old', type: 'magiclink', redirect_to })
      const page = await world.open(`${world.server.url}/auth/v1/verify?${query}`)
      assert.match(new URL(world.jar.url).hash, /otp_expired/)
      await world.runScript(await page.text())
      assert.deepEqual(world.where(), { at: ERROR_PAGE, error: 'otp_expired', next: '/reports' })
      assert.equal(new URL(world.jar.url).hash, '')
    },
  },
  {
    number: 28,
    met: 'a scanner that opens the link of an e-mail does not use it up',
    thread: 'supabase/auth#1214, supabase/auth#713, supabase/auth#368',
    async run(t) {
      for (const type of ['magiclink', 'signup', 'recovery', 'invite', 'email']) {
        const world = await openWorld(t)
        const link = mailLink(world, type)
        for (const init of [{ method: 'HEAD' }, {}, { headers: PREFETCHES[1] }, {}])
          await world.open(link, { browser: world.newBrowser(), ...init })
        assert.equal(world.server.stats.count('verify'), 0)
        const page = await world.open(link)
        await world.jar.submit(await page.text())
        await isAt(world, '/reports')
        await world.jar.submit(await (await world.open(link)).text())
        assert.equal(world.where().error, 'otp_expired')
      }
    },
  },
  {
    number: 29,
    met: 'a prefetched link neither signs out nor signs in',
    thread: 'vercel/next.js#38128, supabase/supabase PR#12600',
    async run(t) {
      const world = await openWorld(t)
      await world.signIn()
      const address = await world.begin('/second')
      const before = world.jar.cookies.headerFor(ORIGIN)
      for (const headers of PREFETCHES) {
        for (const path of ['/auth/sign-out', '/auth/sign-in?provider=bitbucket', address]) {
          const answer = await world.ask(path, { headers })
          assert.deepEqual([answer.status, answer.headers.getSetCookie()], [204, []])
        }
      }
      const link = await world.ask('/auth/sign-out')
      assert.deepEqual([link.status, link.headers.get('allow')], [405, 'POST'])
      const crossSite = await world.ask('/auth/sign-out', { method: 'POST', from: 'https://evil.example/' })
      assert.equal(crossSite.status, 403)
      assert.equal(world.jar.cookies.headerFor(ORIGIN), before)
      assert.equal(world.server.stats.count('logout'), 0)
      await world.open(address)
      await isAt(world, '/second')
    },
  },
  {
    number: 30,
    met: 'no verifier is an outcome and not silence, and a link with a token_hash works in any browser',
    thread: 'supabase/agent-skills#417, supabase/agent-skills#249',
    async run(t) {
      const world = await openWorld(t)
      world.jar.cookies.store('theme=dark; Path=/', ORIGIN)
      const code = '00000000-0000-4000-8000-000000000000'
      await world.open(`${ORIGIN}/auth/callback?code=${code}&next=/reports`)
      assert.deepEqual(world.where(), { at: ERROR_PAGE, error: 'code_verifier_missing', next: '/reports' })
      assert.equal(world.events.length, 1)

      const other = world.newBrowser()
      const page = await world.open(mailLink(world), { browser: other })
      await other.submit(await page.text())
      assert.equal(world.where(other).at, '/reports')
      assert.equal(await world.isSignedIn({ browser: other }), true)
      assert.ok(!world.getSession(world.jar).session)
    },
  },
  {
    number: 31,
    met: 'an in-app browser or home-screen app that lost its cookies: the page says that it is the cookies',
    thread: 'supabase/supabase#35859, supabase/agent-skills#477',
    async run(t) {
      const world = await openWorld(t)
      const address = await world.begin()
      world.jar.cookies.delete()
      const page = await world.open(address)
      assert.deepEqual([world.where().at, world.where().error], [ERROR_PAGE, 'transaction_cookies_blocked'])
      assert.match(await page.text(), /sent no cookies\. It blocks them, or the sign-in started in another/)
      assert.equal(world.tokenRequests().length, 0)
      // What the person can do there: an e-mail link needs nothing that was kept before.
      await world.jar.submit(await (await world.open(mailLink(world))).text())
      await isAt(world, '/reports')
    },
  },
  {
    number: 32,
    met: 'the start on the server is one answer: the redirect and its cookies',
    thread: 'supabase/ssr#55, supabase/auth-helpers#580, supabase/supabase PR#50036',
    async run(t) {
      const world = await openWorld(t)
      const answer = await world.ask('/auth/sign-in?provider=bitbucket&next=/reports')
      assert.equal(answer.status, 303)
      assert.ok(answer.headers.get('location').startsWith(`${world.server.url}/auth/v1/authorize?`))
      const names = cookiesOf(answer).map(({ name }) => name)
      assert.match(names[0], /^__Host-landfall-/)
      assert.ok(names.includes(`${KEY}-code-verifier`))
      await world.open(await world.returnAddress(answer.headers.get('location')))
      await isAt(world, '/reports')

      // A route of the app's own: it gets both, and cannot have the one without the other.
      const own = await openWorld(t)
      const request = new Request(`${ORIGIN}/login`)
      const { url, setCookie } = own.auth.start({ provider: 'bitbucket', next: '/reports', request })
      for (const line of setCookie) own.jar.cookies.store(line, ORIGIN)
      await own.open(await own.returnAddress(url))
      await isAt(own, '/reports')
    },
  },
  {
    number: 33,
    met: "the session's cookies are on the redirect itself, also when the app adds headers or goes elsewhere",
    thread: 'supabase/supabase#1200, jikig-ai/soleur PR#1219',
    async run(t) {
      const own = ['set-cookie', 'mine=1; Path=/']
      for (const onSession of [undefined, () => ({ headers: [own], redirect: '/welcome' })]) {
        const world = await openWorld(t, { options: { onSession } })
        const answer = await world.ask(await world.begin())
        const target = onSession ? '/welcome#' : '/reports#'
        assert.deepEqual([answer.status, answer.headers.get('location')], [303, target])
        const set = cookiesOf(answer).filter(({ value }) => value)
        assert.ok(set.some(({ name }) => name.startsWith(KEY)))
        assert.equal(
          set.some(({ name }) => name === 'mine'),
          Boolean(onSession),
        )
        assert.equal(await world.isSignedIn(), true)
      }
    },
  },
  {
    number: 38,
    met: 'a service worker shows the callback again: nothing may keep it, and a second use signs nobody out',
    thread: 'elizaOS/eliza PR#14409, kevinmarrec/nuxt-pwa-module#27',
    async run(t) {
      const world = await openWorld(t)
      const address = await world.begin()
      const answer = await world.ask(address)
      assert.match(answer.headers.get('cache-control'), /\bno-store\b/)
      // The redirect is for the worker to follow or to drop; the address comes a second time.
      await world.open(address)
      assert.equal(world.where().error, 'transaction_used')
      await isAt(world, ERROR_PAGE)
      assert.equal(world.tokenRequests().length, 1, 'the code is not asked for again')
      // A worker's own fetch, which is no navigation, never redeems a code.
      const next = await world.begin()
      const fetched = await world.ask(next, {
        headers: { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
      })
      assert.deepEqual([fetched.status, world.tokenRequests().length], [403, 1])
      await world.open(next)
      await isAt(world, '/reports')
    },
  },
]
