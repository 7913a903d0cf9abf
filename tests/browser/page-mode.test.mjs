// The sign-in without a server, in a page: the package there, and Supabase's own clients beside it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { collectComplaints, useBrowser } from './support/browser.mjs'
import {
  ask,
  complete,
  kept,
  leave,
  ready,
  realSession,
  signIn,
  signOut,
  visit,
  withoutProfile,
} from './support/in-page.mjs'
import { startPageApp } from './support/page-app.mjs'

const STORAGES = ['cookies', 'localStorage']
const NAME = 'sb-127-auth-token'
const OWN = '?tab=a%20b&empty#part'
const SETTLE_MILLISECONDS = 3000

const browser = useBrowser()
let app
before(async () => {
  app = await startPageApp()
})
after(() => app?.close())

/** A page in a profile of its own. */
async function open(storage = 'cookies', path = '/app') {
  const page = await browser.open()
  await page.addInitScript((value) => localStorage.setItem('test-storage', value), storage)
  await visit(page, app.origin + path)
  return page
}

/** What one tab writes into localStorage, another tab of Chromium reads a little later. @param {object} wanted */
const expectSession = async (page, wanted) => {
  for (const end = Date.now() + SETTLE_MILLISECONDS; Date.now() < end; await wait(20))
    if (isDeepStrictEqual(await realSession(page), wanted)) return
  assert.deepEqual(await realSession(page), wanted)
}

const local = (page) => page.url().slice(app.origin.length)
const isSession = (name) => name.replace(/\.\d+$/, '') === NAME
const emailOf = (session) => session?.user.email

for (const storage of STORAGES) {
  test(`${storage}: to the provider, back, and Supabase’s client has the session`, async () => {
    const page = await open(storage)
    const complaints = collectComplaints(page)
    const options = {
      redirectTo: `${app.origin}/app${OWN}`,
      scopes: 'account repository',
      queryParams: { prompt: 'consent' },
      next: '/reports?q=1#top',
    }
    await signIn(page, options)
    const { query } = app.supabase.requests.findLast(({ endpoint }) => endpoint === 'authorize')
    assert.equal(query.get('provider'), 'bitbucket')
    assert.equal(query.get('scopes'), 'account repository')
    assert.equal(query.get('prompt'), 'consent')
    assert.match(page.url(), /code=/)

    const { data, error } = await complete(page)
    assert.equal(error, null)
    assert.equal(data.next, '/reports?q=1#top')
    assert.equal(data.redirectType, null)
    assert.deepEqual(data.user, data.session.user)
    assert.ok(data.session.provider_token)
    assert.deepEqual(await realSession(page), withoutProfile(data.session))
    const names = (await kept(page)).filter((name) => name !== 'landfall-done')
    assert.deepEqual([...new Set(names.map((name) => name.replace(/\.\d+$/, '')))], [NAME])
    const isInCookies = (await page.context().cookies()).some(({ name }) => name.startsWith(NAME))
    assert.equal(isInCookies, storage === 'cookies')

    const refreshed = await ask(page, () => globalThis.real().auth.refreshSession())
    assert.equal(refreshed.error, null)
    assert.notEqual(refreshed.data.session.refresh_token, data.session.refresh_token)
    assert.equal(emailOf(await realSession(page)), data.user.email)
    assert.deepEqual(complaints, [])
    const told = await page.evaluate(() => globalThis.events.map(({ type, ok }) => ({ type, ok })))
    assert.deepEqual(told, [{ type: 'callback', ok: true }])
  })

  test(`${storage}: what Supabase’s client started is finished, with and without the id of the flow`, async () => {
    for (const appendPkceFlowIdToRedirects of [false, true]) {
      const page = await open(storage)
      const start = ({ redirectTo, experimental }) =>
        void globalThis
          .real({ experimental })
          .auth.signInWithOAuth({ provider: 'bitbucket', options: { redirectTo } })
      const experimental = { appendPkceFlowIdToRedirects }
      await leave(page, start, { redirectTo: `${app.origin}/app?next=%2Fhome`, experimental })
      assert.equal(page.url().includes('sb_flow_id='), appendPkceFlowIdToRedirects)
      const { data, error } = await complete(page)
      assert.equal(error, null)
      assert.equal(data.next, '/home')
      assert.deepEqual(await realSession(page), withoutProfile(data.session))
      const names = (await kept(page)).filter((name) => name.endsWith('-code-verifier'))
      assert.deepEqual(names, [])
    }
  })

  test(`${storage}: what was started here, Supabase’s client finishes`, async () => {
    const page = await open(storage)
    await signIn(page, { redirectTo: `${app.origin}/app` })
    const { data, error } = await ask(page, () => {
      const code = new URLSearchParams(globalThis.location.search).get('code')
      return globalThis.real().auth.exchangeCodeForSession(code)
    })
    assert.equal(error, null)
    assert.equal(emailOf(await realSession(page)), data.user.email)
  })

  test(`${storage}: signed out, for everyone, here, or elsewhere`, async () => {
    for (const scope of [undefined, 'global', 'local', 'others']) {
      const page = await open(storage)
      await signIn(page, { redirectTo: `${app.origin}/app` })
      const { data } = await complete(page)
      assert.deepEqual(await signOut(page, scope && { scope }), { data: undefined, error: null })
      const { query } = app.supabase.requests.findLast(({ endpoint }) => endpoint === 'logout')
      assert.equal(query.get('scope'), scope ?? 'global')
      const isOut = scope !== 'others'
      assert.equal((await realSession(page)) === null, isOut)
      assert.equal((await kept(page)).some(isSession), !isOut)
      const refresh = { refresh_token: data.session.refresh_token }
      const answer = await ask(page, (session) => globalThis.real().auth.refreshSession(session), refresh)
      assert.equal(answer.error?.code, isOut ? 'refresh_token_not_found' : undefined)
      assert.deepEqual(await signOut(page, { scope: 'local' }), { data: undefined, error: null })
    }
  })

  test(`${storage}: two tabs sign in at once, and each finishes its own`, async () => {
    const first = await open(storage)
    const second = await first.context().newPage()
    await second.addInitScript((value) => localStorage.setItem('test-storage', value), storage)
    await visit(second, `${app.origin}/app`)
    await signIn(first, { redirectTo: `${app.origin}/app`, next: '/first' })
    await signIn(second, { redirectTo: `${app.origin}/app`, next: '/second' }, 'github')
    for (const [tab, next] of [
      [first, '/first'],
      [second, '/second'],
    ]) {
      const { data, error } = await complete(tab)
      assert.equal(error, null)
      assert.equal(data.next, next)
      for (const each of [first, second]) await expectSession(each, withoutProfile(data.session))
    }
    assert.deepEqual(
      (await kept(first)).filter((name) => name.endsWith('-code-verifier')),
      [],
    )
  })

  test(`${storage}: tokens in the fragment are taken only when asked for`, async () => {
    const page = await open(storage)
    const start = (redirectTo) =>
      void globalThis.implicit().auth.signInWithOAuth({ provider: 'bitbucket', options: { redirectTo } })
    const redirectTo = `${app.origin}/app${OWN}`
    await leave(page, start, redirectTo)
    assert.match(page.url(), /#part#access_token=/)
    const refused = await complete(page)
    assert.equal(refused.error.code, 'response_type_unexpected')
    assert.equal(refused.data.session, null)
    assert.equal(local(page), `/app${OWN}`)
    assert.equal(await realSession(page), null)

    await leave(page, start, redirectTo)
    const { data, error } = await complete(page, { implicit: true })
    assert.equal(error, null)
    assert.ok(data.user.email)
    assert.equal(local(page), `/app${OWN}`)
    assert.deepEqual(await realSession(page), withoutProfile(data.session))
  })
}

test('the address loses the answer and keeps the rest; nothing of it is in the history', async () => {
  for (const path of [
    '/app',
    '/app?x',
    `/app${OWN}`,
    '/app?a=%C3%A9+b&a=2&next=%2Fx#/route?x=1',
    '/auth/callback',
  ]) {
    const page = await open('cookies', path)
    await signIn(page, { redirectTo: app.origin + path })
    const back = new URL(page.url())
    const { data } = await complete(page)
    assert.ok(data.session)
    const own = back.search
      .slice(1)
      .split('&')
      .filter((pair) => !/^(code|sb_flow_id)=/.test(pair))
      .join('&')
    assert.equal(local(page), `${back.pathname}${own && `?${own}`}${new URL(path, app.origin).hash}`)
    await page.goto(`${app.origin}/elsewhere`)
    await page.goBack()
    assert.doesNotMatch(page.url(), /code|flow/)
    const cdp = await page.context().newCDPSession(page)
    const { entries } = await cdp.send('Page.getNavigationHistory')
    assert.doesNotMatch(JSON.stringify(entries.map(({ url }) => url)), /[?&](code|sb_flow_id)=/)
    await page.context().close()
  }
})

test('finished twice at the same time, once is asked and both get the session; later there is nothing', async () => {
  const page = await open()
  await signIn(page, { redirectTo: `${app.origin}/app` })
  const before = app.supabase.stats.count('token', 200)
  const ids = await page.evaluate(async () => {
    const { auth } = globalThis
    const both = await Promise.all([auth.complete(), auth.complete()])
    return both.map(({ data }) => data.session.refresh_token)
  })
  assert.equal(ids[0], ids[1])
  assert.equal(app.supabase.stats.count('token', 200), before + 1)
  const none = { session: null, user: null, next: null, redirectType: null }
  assert.deepEqual(await complete(page), { data: none, error: null })
})

test('the URL alone, for a page that goes there itself', async () => {
  const page = await open()
  const { data, error } = await ask(page, () =>
    globalThis.auth.signInWithOAuth({ provider: 'github', options: { skipBrowserRedirect: true } }),
  )
  assert.equal(error, null)
  assert.equal(local(page), '/app')
  const { searchParams, origin, pathname } = new URL(data.url)
  assert.equal(origin + pathname, `${app.supabase.url}/auth/v1/authorize`)
  assert.equal(searchParams.get('redirect_to'), `${app.origin}/auth/callback?sb_flow_id=${data.flowId}`)
  assert.equal(data.provider, 'github')
  await page.goto(data.url)
  await ready(page)
  assert.ok((await complete(page)).data.session)
  assert.equal(local(page), '/auth/callback')
})

test('in localStorage, what another client keeps in cookies is neither read nor changed', async () => {
  const page = await open('localStorage')
  const foreign = {
    'sb-127-auth-token': 'base64-eyJhIjoxfQ',
    'sb-127-auth-token-code-verifier': 'base64-Im5vIg',
  }
  const url = app.origin
  await page.context().addCookies(Object.entries(foreign).map(([name, value]) => ({ name, value, url })))
  await leave(
    page,
    (redirectTo) => {
      void globalThis.real().auth.signInWithOAuth({ provider: 'bitbucket', options: { redirectTo } })
    },
    `${app.origin}/app`,
  )
  const { data, error } = await complete(page)
  assert.equal(error, null)
  assert.deepEqual(await realSession(page), withoutProfile(data.session))
  await signOut(page)
  const cookies = Object.fromEntries((await page.context().cookies()).map(({ name, value }) => [name, value]))
  for (const [name, value] of Object.entries(foreign)) assert.equal(cookies[name], value)
})
