// What supabase-js's clients hear of the sign-ins and sign-outs of `landfall/browser`, in this page and in other tabs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import { complete, leave, ready, signIn, signOut, visit, withoutProfile } from './support/in-page.mjs'
import { startPageApp } from './support/page-app.mjs'

const STORAGES = ['cookies', 'localStorage']
/** Longer than a message takes from one channel to another. */
const QUIET_MILLISECONDS = 200

/** Playwright switches the back-forward cache off. */
const browser = useBrowser({ ignoreDefaultArgs: ['--disable-back-forward-cache'] })
let app
before(async () => {
  app = await startPageApp()
})
after(() => app?.close())

/** A page with a client that listens, in a profile of its own or as another tab. */
async function open(client, beside) {
  const page = beside ? await beside.context().newPage() : await browser.open()
  await page.addInitScript((name) => {
    localStorage.setItem('test-client', name)
    localStorage.setItem('test-storage', name === 'cookies' ? name : 'localStorage')
  }, client)
  await visit(page, `${app.origin}/app`)
  await listen(page)
  return page
}

/** The events that came, each with whose session it has; waits for one of that name. */
async function heard(page, last) {
  await page.waitForFunction((name) => globalThis.heard.some(({ event }) => event === name), last)
  const all = await page.evaluate(() => globalThis.heard)
  return all.map(({ event, session }) => (session ? `${event} ${session.user.email}` : event))
}

/** Makes the client, and waits until it is ready. */
async function listen(page) {
  await page.evaluate(() => globalThis.listen())
  return heard(page, 'INITIAL_SESSION')
}

const signInTo = async (page) => {
  await signIn(page, { redirectTo: `${app.origin}/app` })
  await listen(page)
}

/** Asks for a link with the client, and opens it. */
async function openLink(page, ask) {
  const sent = app.supabase.mails.length
  await page.evaluate(ask, `${app.origin}/app`)
  await leave(page, (link) => globalThis.location.assign(link), app.supabase.mails[sent].link)
}

const sendMagicLink = (emailRedirectTo) =>
  globalThis.client.auth.signInWithOtp({ email: 'ada@example.test', options: { emailRedirectTo } })

for (const client of STORAGES) {
  test(`${client}: SIGNED_IN fires once with the session, here and in another tab, and nobody asks for the user`, async () => {
    const page = await open(client)
    const other = await open(client, page)
    await signInTo(page)
    const asked = app.supabase.stats.count('user')
    const { data } = await complete(page)
    for (const tab of [page, other]) {
      assert.deepEqual(await heard(tab, 'SIGNED_IN'), ['INITIAL_SESSION', 'SIGNED_IN ada@example.test'])
      const session = await tab.evaluate(() => globalThis.heard.at(-1).session)
      assert.deepEqual(session, withoutProfile(data.session))
      assert.ok(session.provider_token)
    }
    assert.equal(app.supabase.stats.count('user'), asked)
  })

  test(`${client}: after a reload INITIAL_SESSION has the session`, async () => {
    const page = await open(client)
    await signInTo(page)
    const { data } = await complete(page)
    await page.reload()
    await ready(page)
    const all = await listen(page)
    assert.ok(all.includes('INITIAL_SESSION ada@example.test'), `${all}`)
    const session = await page.evaluate(() => globalThis.heard.at(-1).session)
    assert.deepEqual(session, withoutProfile(data.session))
  })

  test(`${client}: SIGNED_OUT fires here and in another tab, but where the session stays`, async () => {
    const page = await open(client)
    const other = await open(client, page)
    await signInTo(page)
    await complete(page)
    await heard(other, 'SIGNED_IN')
    assert.equal((await signOut(page, { scope: 'others' })).error, null)
    assert.equal((await signOut(page, { scope: 5 })).error.code, 'argument_invalid')
    assert.equal((await signOut(page)).error, null)
    for (const tab of [page, other]) {
      const all = await heard(tab, 'SIGNED_OUT')
      assert.deepEqual(all, ['INITIAL_SESSION', 'SIGNED_IN ada@example.test', 'SIGNED_OUT'])
    }
  })

  test(`${client}: a link of resetPasswordForEmail fires PASSWORD_RECOVERY`, async () => {
    const page = await open(client)
    await signInTo(page)
    await complete(page)
    await signOut(page)
    await heard(page, 'SIGNED_OUT')
    await openLink(page, (redirectTo) =>
      globalThis.client.auth.resetPasswordForEmail('ada@example.test', { redirectTo }),
    )
    await listen(page)
    const { data, error } = await complete(page)
    assert.deepEqual([error, data.redirectType], [null, 'recovery'])
    const all = await heard(page, 'PASSWORD_RECOVERY')
    assert.deepEqual(all, ['INITIAL_SESSION', 'PASSWORD_RECOVERY ada@example.test'])
  })
}

for (const client of STORAGES)
  test(`${client}: a magic link with PKCE comes back with a code, and SIGNED_IN fires`, async () => {
    const page = await open(client)
    await openLink(page, sendMagicLink)
    assert.match(page.url(), /[?]code=/)
    await listen(page)
    const { data, error } = await complete(page)
    assert.deepEqual([error, data.redirectType], [null, null])
    assert.deepEqual(await heard(page, 'SIGNED_IN'), ['INITIAL_SESSION', 'SIGNED_IN ada@example.test'])
  })

test('a magic link of the implicit flow signs in with `implicit: true` alone', async () => {
  const page = await open('localStorage')
  for (const implicit of [false, true]) {
    await page.evaluate(() => {
      globalThis.client = globalThis.implicit()
    })
    await openLink(page, sendMagicLink)
    assert.match(page.url(), /#access_token=/)
    await listen(page)
    const { error } = await complete(page, { implicit })
    assert.equal(error?.code, implicit ? undefined : 'response_type_unexpected')
  }
  assert.deepEqual(await heard(page, 'SIGNED_IN'), ['INITIAL_SESSION', 'SIGNED_IN ada@example.test'])
})

test('two calls at once, and one later: SIGNED_IN fires once', async () => {
  const page = await open('localStorage')
  await signInTo(page)
  const before = app.supabase.stats.count('token', 200)
  await page.evaluate(() => Promise.all([globalThis.auth.complete(), globalThis.auth.complete()]))
  await page.evaluate(() => globalThis.auth.complete())
  await heard(page, 'SIGNED_IN')
  await page.waitForTimeout(QUIET_MILLISECONDS)
  assert.deepEqual(await heard(page, 'SIGNED_IN'), ['INITIAL_SESSION', 'SIGNED_IN ada@example.test'])
  assert.equal(app.supabase.stats.count('token', 200), before + 1)
})

test('two tabs sign in at once: each hears of both', async () => {
  const first = await open('localStorage')
  const second = await open('localStorage', first)
  await signInTo(first)
  await signInTo(second)
  for (const tab of [first, second]) assert.equal((await complete(tab)).error, null)
  for (const tab of [first, second]) {
    await tab.waitForFunction(() => globalThis.heard.length === 3)
    assert.deepEqual(await heard(tab, 'SIGNED_IN'), [
      'INITIAL_SESSION',
      ...new Array(2).fill('SIGNED_IN ada@example.test'),
    ])
  }
})

test('a browser without BroadcastChannel signs in and out, and a client finds the session', async () => {
  const page = await open('localStorage')
  await page.addInitScript(() => {
    delete globalThis.BroadcastChannel
  })
  await signIn(page, { redirectTo: `${app.origin}/app` })
  assert.equal((await complete(page)).error, null)
  const all = await listen(page)
  assert.ok(all.includes('INITIAL_SESSION ada@example.test'), `${all}`)
  assert.equal((await signOut(page)).error, null)
})

test('a client of supabase-js 2.45 hears it in another tab; made after `complete`, it finds the session', async () => {
  const page = await open('localStorage')
  const other = await open('older', page)
  await signIn(page, { redirectTo: `${app.origin}/app` })
  assert.equal((await complete(page)).error, null)
  await page.evaluate(() => localStorage.setItem('test-client', 'older'))
  const all = await listen(page)
  assert.ok(all.includes('INITIAL_SESSION ada@example.test'), `${all}`)
  await heard(other, 'SIGNED_IN')
  assert.equal((await signOut(page)).error, null)
  for (const tab of [page, other]) assert.equal((await heard(tab, 'SIGNED_OUT')).at(-1), 'SIGNED_OUT')
})

test('back from another page, out of the back-forward cache: the session is there, and nothing is left to finish', async () => {
  const page = await open('localStorage')
  await signInTo(page)
  const { data } = await complete(page)
  await heard(page, 'SIGNED_IN')
  await page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => {
      globalThis.isRestored = persisted
    })
    globalThis.location.assign('/elsewhere')
  })
  await page.waitForURL(/elsewhere/)
  await page.evaluate(() => globalThis.history.back())
  await page.waitForFunction(() => globalThis.isRestored)
  const found = await page.evaluate(async () => (await globalThis.client.auth.getSession()).data.session)
  assert.deepEqual(found, withoutProfile(data.session))
  const tokens = app.supabase.stats.count('token')
  assert.deepEqual((await complete(page)).data.session, null)
  assert.equal(app.supabase.stats.count('token'), tokens)
})

test('a page that speaks to its providers directly opens no channel', async () => {
  const page = await open('localStorage')
  const opened = await page.evaluate(async () => {
    const names = []
    globalThis.BroadcastChannel = class {
      constructor(name) {
        names.push(name)
      }
      postMessage() {}
      close() {}
    }
    const { createBrowserAuth } = await import('/dist/browser.js')
    const endpoints = { authorizationEndpoint: 'https://id.example/a', tokenEndpoint: 'https://id.example/t' }
    const providers = { work: { clientId: 'app', ...endpoints } }
    const outcomes = []
    for (const auth of [createBrowserAuth({ providers, secret: 's'.repeat(40) }), globalThis.auth]) {
      outcomes.push((await auth.signOut()).error)
      outcomes.push([...names])
    }
    return outcomes
  })
  assert.deepEqual(opened, [null, [], null, ['sb-127-auth-token']])
})
