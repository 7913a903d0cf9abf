// The sign-in without a server, where it does not succeed: every answer names what went wrong, and none is thrown.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import {
  ask,
  complete,
  kept,
  realSession,
  signIn,
  signOut,
  visit,
  withoutProfile,
} from './support/in-page.mjs'
import { startPageApp } from './support/page-app.mjs'
import { CASES, checkCase, checkThatItCanFail } from './support/page-cases.mjs'

const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e'
const NOTHING = { session: null, user: null, next: null, redirectType: null }

const browser = useBrowser()
let app
before(async () => {
  app = await startPageApp()
})
after(() => app?.close())

async function open(path = '/app', storage = 'cookies') {
  const page = await browser.open()
  await page.addInitScript((value) => localStorage.setItem('test-storage', value), storage)
  await visit(page, app.origin + path)
  return page
}

const local = (page) => page.url().slice(app.origin.length)
/** An address of the file, in this app. */
const here = (address) => address.replace('https://app.example', '')
const codesTold = (page) => page.evaluate(() => globalThis.events.map(({ code }) => code))
const tokenRequests = () => app.supabase.requests.filter(({ endpoint }) => endpoint === 'token').length
/** Without what a browser asks before it may ask. */
const tokensAsked = () =>
  app.supabase.requests.filter(({ endpoint, method }) => endpoint === 'token' && method === 'POST').length

for (const storage of ['cookies', 'localStorage']) {
  test(`${storage}: refused at the provider: an error with a code, the way back to next, and nothing kept`, async (t) => {
    t.after(() => {
      app.supabase.leg.outcome = 'approved'
    })
    for (const [outcome, code, left = 0] of [
      ['denied', 'provider_access_denied'],
      ['no_email', 'email_not_provided'],
      ['unconfirmed_email', 'provider_email_needs_verification'],
      // The answer of another tab at the same time may still sign in.
      ['token_error', 'supabase_exchange', 4],
    ]) {
      app.supabase.leg.outcome = outcome
      const page = await open('/app', storage)
      await signIn(page, { redirectTo: `${app.origin}/app?tab=1`, next: '/reports' })
      const { data, error } = await complete(page)
      assert.deepEqual(error, { name: 'LandfallError', code }, outcome)
      assert.deepEqual(data, { ...NOTHING, next: '/reports' })
      assert.equal(local(page), '/app?tab=1')
      const names = (await kept(page)).filter((name) => name !== 'landfall-done')
      assert.equal(names.length, left, names.join(', '))
      assert.deepEqual(await codesTold(page), [code])
      await page.context().close()
    }
  })
}

test('an error that is in the query, in both, or only in the fragment', async () => {
  const told = 'error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid'
  for (const [path, left] of [
    [`/app?${told}`, '/app'],
    [`/app?tab=1&${told}#${told}&sb=`, '/app?tab=1'],
    [`/app?tab=1#${told}&sb=`, '/app?tab=1'],
    [`/app#${told}`, '/app'],
    [`/app?error=server_error&${told}#part`, '/app#part'],
    [`/auth/callback?error=access_denied&error_code=otp_expired`, '/auth/callback'],
  ]) {
    const page = await open(path)
    const { data, error } = await complete(page)
    const isDoubled = path.includes('server_error')
    assert.equal(error.code, isDoubled ? 'param_duplicate' : 'otp_expired', path)
    assert.deepEqual(data, NOTHING)
    assert.equal(local(page), left)
    await page.context().close()
  }
})

test('half an e-mail change is told', async () => {
  const page = await open('/app#message=Confirmation+link+accepted&sb=')
  assert.equal((await complete(page)).error.code, 'email_change_half_confirmed')
  assert.equal(local(page), '/app')
})

test('what is no answer is left alone', async () => {
  for (const path of [
    '/app',
    '/auth/callback',
    '/app?tab=a%20b&empty#part',
    '/app?code=SUMMER10',
    '/app?error=1',
    '/app?message=hello&state=open',
    '/app?sb_flow_id=12345678',
    '/app#/route?error=1',
    '/app#message=hello',
    '/app#error',
  ]) {
    const page = await open(path)
    assert.deepEqual(await complete(page), { data: NOTHING, error: null }, path)
    assert.equal(local(page), path)
    assert.deepEqual(await codesTold(page), [])
    await page.context().close()
  }
})

assert.ok(CASES.length > 0)
for (const theCase of CASES)
  test(`${theCase.id} ${theCase.comment}`, async () => {
    const { url, redirectTo } = theCase.request
    const before = tokensAsked()
    const page = await open(url ? here(url) : '/auth/callback')
    if (redirectTo) {
      await signIn(page, { redirectTo: app.origin + here(redirectTo) })
      assert.match(page.url(), /\?code=.*#code=/)
    }
    const { data, error } = await complete(page)
    if (!data.session) assert.deepEqual(data, NOTHING)
    const outcome = {
      class: error ? 'error' : data.session ? 'ok' : 'ignore',
      code: error?.code,
      tokenRequests: tokensAsked() - before,
      session: (await realSession(page)) !== null,
      kept: await kept(page),
      address: local(page),
    }
    checkCase(outcome, theCase.expect)
    checkThatItCanFail(outcome, theCase.expect)
  })

test('a code that this browser never asked for, and one from another browser', async () => {
  const stranger = await open(`/app?code=${UUID}`)
  assert.equal((await complete(stranger)).error.code, 'transaction_cookies_blocked')
  assert.equal(local(stranger), '/app')
  await stranger.context().addCookies([{ name: 'theme', value: 'dark', url: app.origin }])
  await visit(stranger, `${app.origin}/app?code=${UUID}`)
  assert.equal((await complete(stranger)).error.code, 'code_verifier_missing')

  const page = await open()
  await signIn(page, { redirectTo: `${app.origin}/app` })
  const before = tokenRequests()
  await visit(stranger, page.url())
  const { error } = await complete(stranger)
  assert.ok(error.code)
  assert.equal(tokenRequests(), before)
  assert.equal((await complete(page)).error, null)
})

test('the code used twice: the second time says so, and the session stays', async () => {
  const page = await open()
  await signIn(page, { redirectTo: `${app.origin}/app` })
  const address = page.url()
  const { data } = await complete(page)
  await visit(page, address)
  assert.equal((await complete(page)).error.code, 'transaction_used')
  assert.deepEqual(await realSession(page), withoutProfile(data.session))
})

test('the five minutes of Supabase Auth are over', async () => {
  const page = await open()
  await signIn(page, { redirectTo: `${app.origin}/app` })
  for (const row of app.supabase.flowStates.rows.values()) row.created_at -= 301_000
  assert.equal((await complete(page)).error.code, 'flow_state_expired')
})

test('a gateway that fails in passing is asked again; one that goes on is an error', async (t) => {
  t.after(() => app.supabase.script(null))
  for (const [failures, code] of [
    [1, undefined],
    [9, 'token_status'],
  ]) {
    const page = await open()
    await signIn(page, { redirectTo: `${app.origin}/app` })
    let left = failures
    app.supabase.script(({ endpoint, method }) =>
      endpoint === 'token' && method === 'POST' && left-- > 0 ? { status: 503, body: 'busy' } : undefined,
    )
    const { data, error } = await complete(page)
    assert.equal(error?.code, code)
    assert.equal(data.session === null, code !== undefined)
    app.supabase.script(null)
  }
})

test('a session in the fragment that is none', async () => {
  for (const [fragment, code] of [
    ['access_token=a.b.c&refresh_token=d&expires_in=3600&token_type=bearer', 'token_status'],
    ['access_token=a.b.c', 'token_shape'],
  ]) {
    const page = await open(`/app#${fragment}`)
    const { data, error } = await complete(page, { implicit: true })
    assert.equal(error.code, code)
    assert.equal(data.session, null)
    assert.deepEqual(await kept(page), [])
    assert.equal(local(page), '/app')
    assert.deepEqual(await codesTold(page), [code])
  }
})

test('whatever is asked, nothing is thrown', async () => {
  const page = await open()
  const start = (asked) => globalThis.auth.signInWithOAuth(asked)
  for (const [asked, code] of [
    [undefined, 'provider_unknown'],
    [null, 'provider_unknown'],
    [{}, 'provider_unknown'],
    ['bitbucket', 'argument_invalid'],
    [{ provider: { length: -13402 } }, 'argument_invalid'],
    [{ provider: 'bitbucket', options: 5 }, 'argument_invalid'],
    [{ provider: 'bitbucket', options: { redirectTo: ['/'] } }, 'argument_invalid'],
    [{ provider: 'bitbucket', options: { next: { length: 1e9 } } }, 'argument_invalid'],
    [{ provider: '', options: null }, 'provider_unknown'],
    [{ provider: 'a b' }, 'provider_unknown'],
    [{ provider: 'bitbucket', options: { queryParams: { code_challenge: 'x' } } }, 'config_invalid'],
  ]) {
    const { data, error } = await ask(page, start, asked)
    assert.deepEqual(error, { name: 'LandfallError', code }, JSON.stringify(asked))
    assert.equal(data.url, null)
  }
  assert.deepEqual(await complete(page, null), { data: NOTHING, error: null })
  assert.equal((await complete(page, { implicit: 'yes' })).error.code, 'argument_invalid')
  assert.equal(local(page), '/app')
  assert.deepEqual(await signOut(page, { scope: 'everywhere' }), { data: undefined, error: null })
  const { error } = await signOut(page, { scope: { length: -1 } })
  assert.deepEqual(error, { name: 'LandfallError', code: 'argument_invalid' })
})

test('a sign-out that Supabase Auth does not confirm', async (t) => {
  t.after(() => app.supabase.script(null))
  const page = await open()
  await signIn(page, { redirectTo: `${app.origin}/app` })
  await complete(page)
  app.supabase.script(({ endpoint, method }) =>
    endpoint === 'logout' && method === 'POST' ? { status: 503, body: 'busy' } : undefined,
  )
  const { error } = await signOut(page)
  assert.equal(error.name, 'LandfallError')
  assert.ok(await page.evaluate((code) => globalThis.events.some((event) => event.code === code), error.code))
})
