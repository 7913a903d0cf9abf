// Known problems 1 to 7: the code_verifier that is somewhere else.
import assert from 'node:assert/strict'
import { createClient } from '@supabase/supabase-js'
import { inPage } from './page.mjs'
import { ERROR_PAGE, encodeCookie, KEY, newest, openWorld } from './world.mjs'

const VERIFIER = 'v'.repeat(112)

/** localStorage for supabase-js. */
const storageOf = (map) => ({
  getItem: (name) => map.get(name) ?? null,
  setItem: (name, value) => void map.set(name, value),
  removeItem: (name) => void map.delete(name),
})

/** Begins a sign-in as createClient does: with the verifier in localStorage. */
async function beginInLocalStorage(world, map, next) {
  const { auth } = createClient(world.server.url, world.server.key, {
    auth: { flowType: 'pkce', storage: storageOf(map), autoRefreshToken: false },
  })
  const redirectTo = `${world.origin}/auth/callback?${new URLSearchParams({ next })}`
  const { data } = await auth.signInWithOAuth({
    provider: 'bitbucket',
    options: { redirectTo, skipBrowserRedirect: true },
  })
  return world.returnAddress(data.url)
}

/** An e-mail link as supabase-js asks for one: where it leads. */
async function askForLink(world) {
  let challenge
  world.server.script(({ path, body }) => {
    if (!path.endsWith('/otp')) return undefined
    challenge = JSON.parse(body).code_challenge
    return { status: 200, body: {} }
  })
  const { error } = await world.client().auth.signInWithOtp({ email: 'ada@example.test' })
  assert.equal(error, null)
  world.server.script(null)
  const token = world.server.issueTokenHash({ type: 'magiclink', codeChallenge: challenge })
  const redirect_to = `${world.origin}/auth/callback?next=/reports`
  const query = new URLSearchParams({ token, type: 'magiclink', redirect_to })
  return `${world.server.url}/auth/v1/verify?${query}`
}

export const VERIFIER_PROBLEMS = [
  {
    number: 1,
    met: 'a sign-in begun in a page, with its verifier in localStorage, is named as that or finished in the page',
    thread: 'supabase/auth-helpers#545',
    async run(t) {
      const world = await openWorld(t)
      world.jar.cookies.store('theme=dark; Path=/', world.origin)
      const map = new Map()
      await world.open(await beginInLocalStorage(world, map, '/reports'))
      assert.deepEqual(world.where(), { at: ERROR_PAGE, error: 'code_verifier_missing', next: '/reports' })
      assert.match(world.events.at(-1).message, /outside the cookies/)
      assert.equal(world.tokenRequests().length, 0)

      const address = await beginInLocalStorage(world, map, '/reports')
      const page = inPage(address, map)
      const { data, error } = await page.complete({
        supabase: { url: world.server.url, key: world.server.key, storage: 'localStorage' },
      })
      assert.equal(error, null)
      assert.equal(data.user.email, 'ada@example.test')
      assert.doesNotMatch(page.address(), /code=/)
      assert.ok(map.has(KEY))
    },
  },
  {
    number: 2,
    met: 'an e-mail link that fails says why: every cause has a code of its own',
    thread: 'supabase/auth-js#678',
    async run(t) {
      const world = await openWorld(t)
      const visitor = world.newBrowser()
      visitor.cookies.store('theme=dark; Path=/', world.origin)
      await world.open(await askForLink(world), { browser: visitor })
      assert.equal(world.where(visitor).error, 'code_verifier_missing')

      await world.open(await askForLink(world), { browser: world.newBrowser() })
      // Another sign-in took the place of the verifier, as it does where there is only one.
      const replaced = await askForLink(world)
      for (const name of world.verifierCookies()) if (/-flow/.test(name)) world.jar.cookies.delete(name)
      world.jar.cookies.store(`${KEY}-code-verifier=${encodeCookie(VERIFIER)}; Path=/`, world.origin)
      await world.open(replaced)
      await world.open(
        `${world.server.url}/auth/v1/verify?token=pkce_old&type=magiclink&redirect_to=${world.origin}/auth/callback`,
      )
      assert.deepEqual(world.codes(), [
        'code_verifier_missing',
        'transaction_cookies_blocked',
        'bad_code_verifier',
        'otp_expired',
      ])

      await world.open(await askForLink(world))
      assert.deepEqual([world.where().at, await world.isSignedIn()], ['/reports', true])
    },
  },
  {
    number: 3,
    met: 'the app sees http://localhost:3000 behind its public name, and the sign-in still finds its cookies',
    thread: 'supabase/supabase#28342',
    async run(t) {
      const proxy = { url: 'http://localhost:3000', headers: { host: 'app.example' } }
      const world = await openWorld(t, { proxy })
      await world.signIn()
      assert.deepEqual([world.where().at, await world.isSignedIn()], ['/reports', true])

      const untold = await openWorld(t, { proxy, options: { origin: undefined } })
      const response = await untold.ask('/auth/sign-in?provider=bitbucket')
      assert.deepEqual([response.status, ...untold.codes()], [400, 'origin_required'])
    },
  },
  {
    number: 4,
    met: 'a link opened in another browser ends on a page with a way to start again there',
    thread: 'supabase/auth-js#782, supabase/supabase#17251',
    async run(t) {
      const world = await openWorld(t, { supabase: { providers: { bitbucket: {} } } })
      const other = world.newBrowser()
      const page = await world.open(await world.beginWithLibrary(), { browser: other })
      assert.deepEqual(world.where(other), {
        at: ERROR_PAGE,
        error: 'transaction_cookies_blocked',
        next: '/reports',
      })
      const href = /<a class="main" href="([^"]+)">Start again/.exec(await page.text())?.[1]
      assert.ok(href, 'no "Start again" on the error page')
      const again = new URL(href.replaceAll('&#38;', '&'), world.origin)
      await world.open(await world.returnAddress(again, { browser: other }), { browser: other })
      const isSignedIn = await world.isSignedIn({ browser: other })
      assert.deepEqual([world.where(other).at, isSignedIn], ['/reports', true])
    },
  },
  {
    number: 5,
    met: 'two Supabase URLs, or two cookie names, for one project: the event says so, and one name for both works',
    thread: 'supabase/supabase-js#950, supabase/supabase-js PR#1931',
    async run(t) {
      const world = await openWorld(t)
      const startedAt = { ...world.server, url: world.server.url.replace('127.0.0.1', 'localhost') }
      await world.open(await world.beginWithLibrary('/reports', { startedAt }))
      const { code, blame, message } = world.events.at(-1)
      assert.deepEqual([code, blame], ['verifier_other_project', 'app'])
      assert.match(message, /`supabase\.url`/)

      const cookieOptions = { name: 'sb-project' }
      const named = await openWorld(t, { supabase: { cookieOptions } })
      const elsewhere = { ...named.server, url: named.server.url.replace('127.0.0.1', 'localhost') }
      const clientOptions = { cookieOptions }
      await named.open(await named.beginWithLibrary('/reports', { startedAt: elsewhere, clientOptions }))
      assert.deepEqual([named.where().at, await named.isSignedIn({ clientOptions })], ['/reports', true])
    },
  },
  {
    number: 6,
    met: 'two tabs sign in at once by our route, and both arrive; by supabase-js, the one that started last',
    thread: 'supabase/supabase-js#2557, supabase/supabase-js PR#2569',
    async run(t) {
      assert.ok(newest.hasFlows)
      for (const [begin, first] of [
        ['begin', '/first'],
        // Without a flow id nothing says which of its verifiers it is, and a code is tried with one.
        ['beginWithLibrary', ERROR_PAGE],
      ]) {
        for (const order of [
          [0, 1],
          [1, 0],
        ]) {
          const world = await openWorld(t)
          const tabs = [await world[begin]('/first'), await world[begin]('/second')]
          const ends = []
          for (const tab of order) {
            await world.open(tabs[tab])
            ends[tab] = world.where().at
          }
          const wanted = begin === 'beginWithLibrary' && order[0] === 1 ? '/first' : first
          assert.deepEqual([begin, ...ends], [begin, wanted, '/second'])
          assert.equal(await world.isSignedIn(), true)
          if (wanted === '/first') assert.deepEqual(world.verifierCookies(), [])
        }
      }
    },
  },
  {
    number: 7,
    met: "an evicted slot's cookie is swept",
    thread: 'supabase/ssr PR#275',
    async run(t) {
      const world = await openWorld(t)
      const orphan = `${KEY}-flow-${'0'.repeat(32)}-code-verifier`
      world.jar.cookies.store(`${orphan}=${encodeCookie(VERIFIER)}; Path=/`, world.origin)
      for (let count = 0; count < 7; count++) await world.beginWithLibrary()
      await world.begin()
      assert.ok(!world.jar.cookies.names().includes(orphan))
      const slots = world.verifierCookies().filter((name) => /-flow-/.test(name))
      assert.ok(slots.length <= 5, `${slots.length} slots`)
      for (let count = 0; count < 9; count++) await world.begin()
      assert.equal(world.verifierCookies().length, 7, 'five slots, the index and the legacy cookie')
      await world.signIn()
      assert.deepEqual([world.where().at, await world.isSignedIn()], ['/reports', true])
    },
  },
]
