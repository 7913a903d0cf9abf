// What every runtime has to do as a server with a plain OAuth provider, and through Supabase.
import assert from 'node:assert/strict'
import { BrowserJar } from '../../../stand-ins/browser-jar.mjs'

const PEOPLE = 500
/** So many token requests wait for each other: they are under way at the same time. Bun has at most 256. */
const TOGETHER = 200

const tokenRequests = ({ provider }) => provider.requests.filter(({ endpoint }) => endpoint === 'token')

const inAndOut = async ({ app, provider, ...world }) => {
  const jar = new BrowserJar()
  const before = (await world.seen()).events.length
  const response = await jar.fetch(world.signInUrl('/welcome?from=work'), { from: `${app.origin}/` })
  assert.equal(jar.url, `${app.origin}/welcome?from=work#`)
  assert.equal(await response.json(), 'the page /welcome')
  const { form } = tokenRequests({ provider }).at(-1)
  assert.equal(form.get('redirect_uri'), `${app.origin}/auth/callback/work`)
  assert.match(form.get('code_verifier'), /^[\w.~-]{43}$/)
  const callback = response.hops.at(-2)
  assert.equal(callback.status, 303)
  assert.equal(callback.location, '/welcome?from=work#')
  assert.equal(callback.headers.get('x-session'), '/welcome?from=work')
  assert.equal(callback.headers.get('cache-control'), 'no-store')
  assert.equal(callback.headers.get('referrer-policy'), 'no-referrer')
  assert.equal(callback.setCookie.length, 2, 'each cookie in a header of its own')
  assert.ok(
    callback.setCookie.some((line) => /^landfall\S*=; .*Max-Age=0/.test(line)),
    'the transaction ends',
  )
  assert.deepEqual((await world.seen()).sessions.at(-1), { name: 'ada', next: '/welcome?from=work' })

  await jar.fetch(`${app.origin}/auth/sign-out`, { method: 'POST', from: jar.url })
  assert.equal(new URL(jar.url).pathname, '/')
  assert.equal(provider.requests.at(-1).endpoint, 'revoke')
  assert.deepEqual((await world.seen()).events.slice(before), ['sign_in', 'callback', 'sign_out'])
}

const refusals = async ({ seen, signInUrl }) => {
  const jar = new BrowserJar()
  const before = (await seen()).events.length
  const { headers } = await jar.fetch(signInUrl('/welcome'), { redirect: 'manual' })
  const response = await jar.fetch(`${headers.get('location')}&decision=deny`)
  assert.equal(new URL(jar.url).searchParams.get('error'), 'provider_access_denied')
  assert.match(await response.text(), /<!doctype html>/i)
  const callback = response.hops.find(({ url }) => url.includes('/auth/callback')).url
  await jar.fetch(callback)
  await new BrowserJar().fetch(callback)
  const [begin, ...failures] = (await seen()).events.slice(before)
  assert.equal(begin, 'sign_in')
  assert.equal(failures[0], 'provider_access_denied')
  assert.equal(failures.length, 3)
  for (const code of failures.slice(1)) assert.match(code, /^transaction_/)
}

const leavingNext = async ({ app, signInUrl }) => {
  const jar = new BrowserJar()
  await jar.fetch(signInUrl('//other.example/'))
  assert.equal(jar.url, `${app.origin}/#`)
}

const foreign = async ({ app, seen, signInUrl }) => {
  const before = (await seen()).events.length
  for (const init of [{ method: 'HEAD' }, { headers: { 'sec-purpose': 'prefetch' } }]) {
    const response = await fetch(signInUrl('/welcome'), { ...init, redirect: 'manual' })
    assert.equal(response.status, 204)
    assert.deepEqual(response.headers.getSetCookie(), [])
  }
  const other = { method: 'POST', from: 'https://other.example/', redirect: 'manual' }
  const { status } = await new BrowserJar().fetch(`${app.origin}/auth/sign-out`, other)
  assert.equal(status, 403)
  assert.deepEqual((await seen()).events.slice(before), ['csrf'])
}

const brokenProvider = async ({ provider, seen, signInUrl }) => {
  const jar = new BrowserJar()
  provider.script(({ endpoint }) => (endpoint === 'token' ? { status: 500, body: 'broken' } : undefined))
  await jar.fetch(signInUrl('/welcome'))
  provider.script(null)
  const url = new URL(jar.url)
  assert.equal(url.pathname, '/auth/auth-code-error')
  assert.match(url.searchParams.get('error'), /^token_/)
  assert.ok((await seen()).events.includes(url.searchParams.get('error')))
}

const twoTabs = async ({ app, signInUrl }) => {
  const jar = new BrowserJar()
  const tabs = ['/first', '/second']
  const starts = []
  for (const next of tabs) starts.push(await jar.fetch(signInUrl(next), { redirect: 'manual' }))
  for (const tab of [1, 0]) {
    await jar.fetch(starts[tab].headers.get('location'))
    assert.equal(jar.url, `${app.origin}${tabs[tab]}#`)
  }
}

const crowd = async ({ app, provider, seen, signInUrl }) => {
  const people = Array.from({ length: PEOPLE }, (_, i) => ({ jar: new BrowserJar(), next: `/person/${i}` }))
  const begin = ({ jar, next }) => jar.fetch(signInUrl(next), { redirect: 'manual' })
  const starts = await Promise.all(people.map(begin))
  const before = (await seen()).sessions.length
  let waiting = 0
  let goOn
  const together = new Promise((resolve) => {
    goOn = resolve
  })
  provider.script(async ({ endpoint }) => {
    if (endpoint !== 'token') return
    if (++waiting === TOGETHER) goOn()
    await together
  })
  const finish = ({ jar }, index) => jar.fetch(starts[index].headers.get('location'))
  const answers = await Promise.all(people.map(finish))
  provider.script(null)
  for (const [index, { hops }] of answers.entries()) {
    const { jar, next } = people[index]
    assert.equal(jar.url, `${app.origin}${next}#`)
    assert.equal(hops.at(-2).headers.get('x-session'), next)
  }
  const finished = (await seen()).sessions.slice(before).map(({ next }) => next)
  assert.deepEqual(finished.sort(), people.map(({ next }) => next).sort())
}

const throughSupabase = async ({ app, seen, signInUrl }) => {
  const jar = new BrowserJar()
  const before = (await seen()).events.length
  await jar.fetch(signInUrl('/reports', 'bitbucket'), { from: `${app.origin}/` })
  assert.equal(jar.url, `${app.origin}/reports#`)
  const hasSession = () => /\bsb-127-auth-token/.test(jar.cookies.headerFor(new URL(app.origin)))
  assert.ok(hasSession())
  await jar.fetch(`${app.origin}/auth/sign-out`, { method: 'POST', from: jar.url })
  assert.ok(!hasSession())
  assert.deepEqual((await seen()).events.slice(before), ['sign_in', 'callback', 'sign_out'])
}

/** By column of the table. @type {Record<string, Record<string, (world: object) => Promise<void>>>} */
export const SIGN_IN_CASES = {
  'sign-in, callback, sign-out': { 'in and out': inAndOut },
  errors: {
    'the person says no; the answer is opened again; somebody else opens it': refusals,
    'a next that leaves is not followed': leavingNext,
    'what only looks ahead, and what another site sends, changes nothing': foreign,
    'the provider fails': brokenProvider,
  },
  'two tabs': { 'the second finished first': twoTabs },
  [`${PEOPLE} people at once`]: { 'each gets their own session': crowd },
  Supabase: { 'in and out': throughSupabase },
}
