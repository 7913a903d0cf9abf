// Known problems 18 to 24, 39 and 40: which address the app has, and where a sign-in may lead.
import assert from 'node:assert/strict'
import { createAuth } from '../../../dist/index.js'
import { cookiesOf, ERROR_PAGE, ORIGIN, openWorld } from './world.mjs'

const arrives = async (world) => {
  await world.signIn()
  assert.deepEqual([world.where().at, await world.isSignedIn()], ['/reports', true])
}
/** Where the Auth server was told to come back to. */
const redirectTo = (response) => new URL(response.headers.get('location')).searchParams.get('redirect_to')

/** What people put into `next` to lead others away. */
const HOSTILE =
  `//evil.example /\\evil.example \\/evil.example \\\\evil.example ///evil.example @evil.example .evil.example
  :80@evil.example https://evil.example https:evil.example javascript:alert(1) /%5cevil.example /..//evil.example /.//evil.example
  //evil.example%2f@app.example http://app.example.evil.example https://app.example@evil.example data:text/html,x`
    .split(/\s+/)
    .concat([
      '/\t/evil.example',
      '\t//evil.example',
      '/\n/evil.example',
      '/\r/evil.example',
      ' //evil.example',
      '\u0000//evil.example',
    ])

export const ADDRESS_PROBLEMS = [
  {
    number: 18,
    met: 'behind a balancer, the way back is the public address and not http://localhost:8080',
    thread: 'supabase/supabase#27614',
    async run(t) {
      const trusted = { origin: { trustedHosts: ['app.example'] } }
      const told = [
        { options: undefined, headers: {} },
        { options: trusted, headers: { 'x-forwarded-host': 'app.example', 'x-forwarded-proto': 'https' } },
        { options: trusted, headers: { forwarded: 'for=192.0.2.1;host=app.example;proto=https' } },
      ]
      for (const { options, headers } of told) {
        const proxy = { url: 'http://localhost:8080', headers }
        const world = await openWorld(t, { proxy, options })
        const start = await world.ask('/auth/sign-in?provider=bitbucket')
        assert.match(redirectTo(start), /^https:\/\/app\.example\/auth\/callback\?/)
        await arrives(world)
      }
      const proxy = { url: 'http://localhost:8080', headers: { 'x-forwarded-host': 'evil.example' } }
      const forged = await openWorld(t, { proxy, options: trusted })
      const response = await forged.ask('/auth/sign-in?provider=bitbucket')
      assert.deepEqual([response.status, ...forged.codes()], [400, 'host_untrusted'])
    },
  },
  {
    number: 19,
    met: 'in a container that listens on 0.0.0.0, nobody is ever sent there',
    thread: 'kortix-ai/suna#873, kortix-ai/suna PR#1391',
    async run(t) {
      for (const url of ['http://0.0.0.0:3000', 'http://[::]:3000']) {
        await arrives(await openWorld(t, { proxy: { url } }))
        const untold = await openWorld(t, { proxy: { url }, options: { origin: undefined } })
        const response = await untold.ask('/auth/sign-in?provider=bitbucket')
        assert.deepEqual([response.status, response.headers.get('location')], [400, null])
        assert.deepEqual([untold.events[0].blame, untold.events[0].parameter], ['app', 'host'])
        assert.match(untold.events[0].message, /`origin`/)
        assert.throws(
          () => createAuth({ supabase: { url: 'https://a.example', key: 'k' }, origin: url }),
          /origin/,
        )
      }
    },
  },
  {
    number: 20,
    met: 'started on www and sent back to the bare name: the code says that, and a shared cookie domain makes it work',
    thread: 'omshub/website PR#835, omshub/website PR#840',
    async run(t) {
      const at = 'https://www.app.example'
      const alone = await openWorld(t, { alsoAt: [at] })
      alone.jar.cookies.store('theme=dark; Path=/', ORIGIN)
      await alone.signIn('/reports', { at })
      assert.deepEqual([alone.where().at, alone.where().error], [ERROR_PAGE, 'transaction_wrong_host'])
      const { blame, message } = alone.events.at(-1)
      assert.equal(blame, 'app')
      assert.match(message, /www/)

      const cookieOptions = { domain: 'app.example' }
      const shared = await openWorld(t, { alsoAt: [at], supabase: { cookieOptions } })
      await shared.signIn('/reports', { at })
      assert.equal(shared.where().error, '')
      assert.equal(await shared.isSignedIn(), true)
      assert.equal(await shared.isSignedIn({ at }), true)
    },
  },
  {
    number: 21,
    met: 'started at localhost and sent back to 127.0.0.1: the code says that it is another host',
    thread: 'supabase/auth-helpers#688',
    async run(t) {
      const origin = 'http://localhost:3000'
      const other = 'http://127.0.0.1:3000'
      const settings = { origin, alsoAt: [other], options: { origin: undefined } }
      const world = await openWorld(t, settings)
      const address = (await world.begin()).replace(origin, other)
      const page = await world.open(address)
      assert.equal(new URL(world.jar.url).searchParams.get('error'), 'transaction_wrong_host')
      assert.match(await page.text(), /localhost instead of 127\.0\.0\.1/)
      assert.equal(world.tokenRequests().length, 0, 'the code is still good')
      await world.open(address.replace(other, origin))
      assert.deepEqual([world.where().at, await world.isSignedIn()], ['/reports', true])
    },
  },
  {
    number: 22,
    met: 'on http://localhost no cookie is Secure, which Safari would drop; on https every one is',
    thread: 'supabase/supabase PR#18459, supabase/auth-js#292',
    async run(t) {
      for (const origin of ['http://localhost:3000', ORIGIN]) {
        const world = await openWorld(t, { origin })
        const answers = [await world.ask('/auth/sign-in?provider=bitbucket')]
        answers.push(await world.ask(await world.begin()))
        answers.push(await world.ask('/auth/sign-out', { method: 'POST' }))
        for (const { name, attributes } of answers.flatMap(cookiesOf)) {
          const isSecure = origin.startsWith('https')
          assert.equal(/(^|; )secure(;|$)/.test(attributes), isSecure, name)
          if (!isSecure) assert.doesNotMatch(name, /^__/)
        }
        await arrives(world)
      }
    },
  },
  {
    number: 23,
    met: 'the Auth server takes the Site URL in place of the callback: the code at `/` is finished, and a warning says why',
    thread: 'supabase/supabase#48867, supabase/supabase#4540, supabase/auth-js#667',
    async run(t) {
      const siteUrl = `${ORIGIN}/`
      const world = await openWorld(t, { server: { externalRedirectUrl: siteUrl } })
      const address = await world.begin()
      assert.equal(new URL(address).pathname, '/')
      await world.open(address)
      assert.deepEqual([world.where().at, await world.isSignedIn()], ['/reports', true])
      assert.deepEqual(world.codes().filter(Boolean), ['redirect_to_replaced'])

      // The project's redirect URLs: one that ends in `?**`, or one that has to match exactly.
      const server = { siteUrl: 'https://elsewhere.example' }
      const callback = `${ORIGIN}/auth/callback`
      await arrives(await openWorld(t, { server: { ...server, allowList: [`${callback}?**`] } }))
      const exact = { server: { ...server, allowList: [callback] } }
      await arrives(await openWorld(t, { ...exact, supabase: { exactRedirectTo: true } }))
    },
  },
  {
    number: 24,
    met: 'an own `state` reaches nobody: ours travels in redirect_to, carries `next`, and a foreign one is refused',
    thread: 'supabase/auth#1548, supabase/auth#314, supabase/supabase#2671',
    async run(t) {
      const world = await openWorld(t)
      const address = await world.begin('/reports?page=2')
      const flowId = new URL(address).searchParams.get('sb_flow_id')
      assert.match(flowId, /^[\w-]{43}-/)
      const forged = `${flowId[0] === 'A' ? 'B' : 'A'}${flowId.slice(1)}`
      await world.open(address.replace(flowId, forged))
      assert.deepEqual([world.where().at, world.tokenRequests().length], [ERROR_PAGE, 0])
      await world.open(address)
      assert.deepEqual(
        [world.jar.url.split('#')[0], await world.isSignedIn()],
        [`${ORIGIN}/reports?page=2`, true],
      )

      // Somebody else's whole answer, which would sign the person in as them.
      const victim = await openWorld(t)
      const theirs = await victim.begin('/', { browser: victim.newBrowser() })
      await victim.begin()
      for (const trap of [
        theirs,
        theirs.replace(/sb_flow_id=[^&]*/, ''),
        theirs.replace(/sb_flow_id=/, 'x='),
      ]) {
        await victim.open(trap)
        assert.deepEqual([victim.where().at, await victim.isSignedIn()], [ERROR_PAGE, false])
      }
      const asked = { provider: 'bitbucket', queryParams: { state: 'mine' }, request: new Request(ORIGIN) }
      assert.throws(() => world.auth.start(asked), { code: 'config_invalid' })
    },
  },
  {
    number: 39,
    met: 'the project URL with http: no preflight can fail, because a sign-in is a navigation, and the option is refused',
    thread: 'supabase/supabase-js#653',
    async run(t) {
      const options = { supabase: { url: 'http://abcd.supabase.co', key: 'k' }, origin: ORIGIN }
      assert.throws(() => createAuth(options), /supabase\.url/)
      const world = await openWorld(t)
      await arrives(world)
      assert.deepEqual(
        world.server.requests.filter(({ method }) => method === 'OPTIONS'),
        [],
      )
      // A redirect to https, as a gateway answers: it is not followed, and has a name.
      world.server.script(({ endpoint, path }) =>
        endpoint === 'token' ? { status: 301, headers: { location: `https://127.0.0.1${path}` } } : undefined,
      )
      await world.open(await world.begin())
      assert.equal(world.where().error, 'token_redirect')
    },
  },
  {
    number: 40,
    met: 'a `next` that would lead to another site leads nowhere',
    thread:
      'open-mercato/cezar#119, Johngeorgesample/pgh-coffee PR#390, Significant-Gravitas/AutoGPT PR#13330',
    async run(t) {
      const world = await openWorld(t)
      const isHere = (response) =>
        new URL(response.headers.get('location'), `${ORIGIN}/auth/callback`).origin === ORIGIN
      for (const next of HOSTILE) {
        const own = await world.ask(await world.begin(next))
        const theirs = await world.ask(await world.beginWithLibrary(next))
        const out = await world.ask(`/auth/sign-out?${new URLSearchParams({ next })}`, { method: 'POST' })
        for (const response of [own, theirs, out]) assert.ok(isHere(response), JSON.stringify(next))
        const page = await (
          await world.ask(`${ERROR_PAGE}?${new URLSearchParams({ error: 'x', next, provider: 'bitbucket' })}`)
        ).text()
        assert.doesNotMatch(page, /href="[^"]*evil/)
      }
      assert.equal(world.sessions.length, 2 * HOSTILE.length)
    },
  },
]
