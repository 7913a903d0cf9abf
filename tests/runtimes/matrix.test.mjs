// The packed package in every runtime, as a server: sign-in, callback, errors, sign-out, by a provider and through Supabase.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { BrowserJar } from '../servers/browser-jar.mjs'
import { startOAuthProvider } from '../servers/oauth-provider.mjs'
import { startSupabaseAuth } from '../servers/supabase-auth.mjs'
import { makeProject } from './support/project.mjs'
import { RUNTIMES } from './support/runtimes.mjs'

const PEOPLE = 25
const COMPILES = /Node|Deno|Bun/

let project
let provider
let supabase
before(async () => {
  provider = await startOAuthProvider()
  supabase = await startSupabaseAuth({ allowList: ['http://127.0.0.1:*/**'] })
  const { url, key } = supabase
  project = await makeProject('sign-in.mjs', { provider: provider.origin, supabase: { url, key } })
})
after(async () => {
  project?.remove()
  await supabase?.close()
  await provider?.close()
})

for (const [name, start] of Object.entries(RUNTIMES)) {
  describe(name, () => {
    let app
    before(async () => {
      app = await start(project)
    })
    after(() => app?.stop())

    const ask = async (path) => (await fetch(app.origin + path)).json()
    const signInUrl = (next, at = 'work') =>
      `${app.origin}/auth/sign-in?${new URLSearchParams({ provider: at, next })}`
    const eventsSince = async (count) => (await ask('/seen')).events.slice(count)
    const countEvents = async () => (await ask('/seen')).events.length
    const tokenRequests = () => provider.requests.filter(({ endpoint }) => endpoint === 'token')

    test('sign-in, callback, sign-out', async () => {
      const jar = new BrowserJar()
      const before = await countEvents()
      const response = await jar.fetch(signInUrl('/welcome?from=work'), { from: `${app.origin}/` })
      assert.equal(jar.url, `${app.origin}/welcome?from=work#`)
      assert.equal(await response.json(), 'the page /welcome')
      const { form } = tokenRequests().at(-1)
      assert.equal(form.get('redirect_uri'), `${app.origin}/auth/callback`)
      assert.match(form.get('code_verifier'), /^[\w.~-]{43}$/)
      const callback = response.hops.at(-2)
      assert.equal(callback.status, 303)
      assert.equal(callback.location, '/welcome?from=work#')
      assert.equal(callback.headers.get('x-session'), 'kept')
      assert.equal(callback.headers.get('cache-control'), 'no-store')
      assert.equal(callback.headers.get('referrer-policy'), 'no-referrer')
      assert.equal(callback.setCookie.length, 2, 'each cookie in a header of its own')
      assert.ok(
        callback.setCookie.some((line) => /^landfall\S*=; .*Max-Age=0/.test(line)),
        'the transaction ends',
      )
      assert.deepEqual((await ask('/seen')).sessions.at(-1), { name: 'ada', next: '/welcome?from=work' })

      await jar.fetch(`${app.origin}/auth/sign-out`, { method: 'POST', from: jar.url })
      assert.equal(new URL(jar.url).pathname, '/')
      assert.equal(provider.requests.at(-1).endpoint, 'revoke')
      assert.deepEqual(await eventsSince(before), ['sign_in', 'callback', 'sign_out'])
    })

    test('the person says no; the answer is opened again; somebody else opens it', async () => {
      const jar = new BrowserJar()
      const before = await countEvents()
      const { headers } = await jar.fetch(signInUrl('/welcome'), { redirect: 'manual' })
      const response = await jar.fetch(`${headers.get('location')}&decision=deny`)
      assert.equal(new URL(jar.url).searchParams.get('error'), 'provider_access_denied')
      assert.match(await response.text(), /<!doctype html>/i)
      const callback = response.hops.find(({ url }) => url.includes('/auth/callback')).url
      await jar.fetch(callback)
      await new BrowserJar().fetch(callback)
      const [begin, ...failures] = await eventsSince(before)
      assert.equal(begin, 'sign_in')
      assert.equal(failures[0], 'provider_access_denied')
      assert.equal(failures.length, 3)
      for (const code of failures.slice(1)) assert.match(code, /^transaction_/)
    })

    test('a next that leaves is not followed', async () => {
      const jar = new BrowserJar()
      await jar.fetch(signInUrl('//other.example/'))
      assert.equal(jar.url, `${app.origin}/#`)
    })

    test('what only looks ahead, and what another site sends, changes nothing', async () => {
      const before = await countEvents()
      for (const init of [{ method: 'HEAD' }, { headers: { 'sec-purpose': 'prefetch' } }]) {
        const response = await fetch(signInUrl('/welcome'), { ...init, redirect: 'manual' })
        assert.equal(response.status, 204)
        assert.deepEqual(response.headers.getSetCookie(), [])
      }
      const jar = new BrowserJar()
      const foreign = { method: 'POST', from: 'https://other.example/' }
      const { status } = await jar.fetch(`${app.origin}/auth/sign-out`, { ...foreign, redirect: 'manual' })
      assert.equal(status, 403)
      assert.deepEqual(await eventsSince(before), ['csrf'])
    })

    test('the provider fails', async () => {
      const jar = new BrowserJar()
      provider.script(({ endpoint }) => (endpoint === 'token' ? { status: 500, body: 'broken' } : undefined))
      await jar.fetch(signInUrl('/welcome'))
      provider.script(null)
      const url = new URL(jar.url)
      assert.equal(url.pathname, '/auth/auth-code-error')
      assert.match(url.searchParams.get('error'), /^token_/)
      assert.ok((await ask('/seen')).events.includes(url.searchParams.get('error')))
    })

    test(`${PEOPLE} people at once, each in two tabs`, async () => {
      const visit = async (person) => {
        const jar = new BrowserJar()
        const tabs = ['/a', '/b'].map((tab) => `${tab}/${person}`)
        const starts = []
        for (const next of tabs) starts.push(await jar.fetch(signInUrl(next), { redirect: 'manual' }))
        const landed = []
        for (const { headers } of starts) {
          await jar.fetch(headers.get('location'))
          landed.push(jar.url)
        }
        assert.deepEqual(
          landed,
          tabs.map((next) => `${app.origin}${next}#`),
        )
      }
      await Promise.all(Array.from({ length: PEOPLE }, (_, person) => visit(person)))
    })

    test('through Supabase: sign-in, callback, sign-out', async () => {
      const jar = new BrowserJar()
      const before = await countEvents()
      await jar.fetch(signInUrl('/reports', 'bitbucket'), { from: `${app.origin}/` })
      assert.equal(jar.url, `${app.origin}/reports#`)
      const hasSession = () => /\bsb-127-auth-token/.test(jar.cookies.headerFor(new URL(app.origin)))
      assert.ok(hasSession())
      await jar.fetch(`${app.origin}/auth/sign-out`, { method: 'POST', from: jar.url })
      assert.ok(!hasSession())
      assert.deepEqual(await eventsSince(before), ['sign_in', 'callback', 'sign_out'])
    })

    test('what this runtime compiles', async () => {
      const bytes = COMPILES.test(name)
      assert.deepEqual(await ask('/can-make'), { text: bytes, bytes })
    })
  })
}
