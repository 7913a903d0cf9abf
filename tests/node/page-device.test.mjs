// The sign-in of an app on a device: its page has a scheme of its own, the system's browser goes to the provider, and a deep link
// comes back. Its page is simulated here by the few globals that a web view gives it; tests/browser has a real page with a deep link.
import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { createBrowserAuth } from '../../dist/browser.js'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'

const LINK = 'myapp://auth/callback'

let supabase
before(async () => {
  supabase = await startSupabaseAuth({ siteUrl: 'https://app.example', allowList: ['myapp://**'] })
})
after(() => supabase?.close())

const GLOBALS = ['document', 'location', 'history', 'localStorage']
afterEach(() => {
  for (const name of GLOBALS) delete globalThis[name]
})

/** Puts a page at an address. Web views keep no cookies for schemes of their own. @param {string} href */
const openPage = (href) => {
  const { protocol, host } = new URL(href)
  const storage = Object.create({
    getItem: (name) => storage[name] ?? null,
    removeItem: (name) => delete storage[name],
    setItem: (name, value) => {
      storage[name] = String(value)
    },
  })
  const page = {
    document: { cookie: '' },
    location: { href, origin: host ? `${protocol}//${host}` : 'null' },
    history: { replaceState: () => assert.fail('the address is not touched') },
    localStorage: storage,
  }
  Object.defineProperty(page.document, 'cookie', { get: () => '', set() {} })
  for (const [name, value] of Object.entries(page))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  return storage
}

const makeAuth = (more) => {
  const events = []
  const auth = createBrowserAuth({
    supabase: { url: supabase.url, key: supabase.key, storage: 'localStorage' },
    onEvent: (event) => events.push(event),
    ...more,
  })
  return { auth, events }
}

/** The system's browser, from the start of a sign-in to the link that opens the app. @param {string} url */
const openInBrowser = async (url) => {
  const jar = new BrowserJar()
  for (let next = url; ; ) {
    const response = await jar.fetch(next, { redirect: 'manual' })
    next = new URL(response.headers.get('location'), next).href
    if (next.startsWith('myapp:')) return next
  }
}

const begin = ({ auth }, options) =>
  auth.signInWithOAuth({
    provider: 'bitbucket',
    options: { redirectTo: LINK, skipBrowserRedirect: true, ...options },
  })

describe('a page of a scheme of its own', () => {
  for (const href of [
    'tauri://localhost/index.html',
    'capacitor://localhost/',
    'app://obsidian.md/a',
    'file:///C:/a.html',
  ])
    test(`${href}: a deep link finishes the sign-in`, async () => {
      const storage = openPage(href)
      const app = makeAuth()
      const started = await begin(app, { next: '/notes?x=1' })
      assert.equal(started.error, null)
      const link = await openInBrowser(started.data.url)
      assert.ok(link.startsWith(`${LINK}?`), link)
      const { data, error } = await app.auth.complete(link)
      assert.equal(error, null)
      assert.equal(data.next, '/notes?x=1')
      assert.ok(data.session.access_token)
      assert.deepEqual(JSON.parse(storage['sb-127-auth-token']).user, data.user)
      assert.deepEqual(Object.keys(storage).sort(), ['landfall-done', 'sb-127-auth-token'])
      assert.equal((await app.auth.signOut()).error, null)
      assert.deepEqual(Object.keys(storage), [])
    })

  test('its origin never becomes http: without redirectTo, it has nowhere to come back to', async () => {
    openPage('tauri://localhost/')
    const { data, error } = await begin(makeAuth(), { redirectTo: undefined })
    assert.equal(data.url, null)
    assert.equal(error.code, 'origin_required')
    const work = {
      clientId: 'c',
      authorizationEndpoint: 'https://as.example/a',
      tokenEndpoint: 'https://as.example/t',
    }
    const direct = makeAuth({ supabase: undefined, secret: 's'.repeat(32), providers: { work } })
    const { error: none } = await direct.auth.signInWithOAuth({ provider: 'work' })
    assert.equal(none.code, 'origin_required')
  })
})

describe('a deep link', () => {
  const complete = (url) => {
    openPage('tauri://localhost/')
    return makeAuth().auth.complete(typeof url === 'string' && url ? url : { url })
  }

  test('is not lost where the page looks at its own address at the same time, and is used once', async () => {
    openPage('tauri://localhost/')
    const { auth, events } = makeAuth()
    const started = await begin({ auth })
    const link = await openInBrowser(started.data.url)
    const asked = supabase.stats.count('token', 200)
    const [own, first, second] = await Promise.all([
      auth.complete(),
      auth.complete(link),
      auth.complete({ url: link }),
    ])
    assert.deepEqual([own.data.session, own.error], [null, null])
    assert.ok(first.data.session.access_token)
    assert.deepEqual(second, first)
    assert.equal(supabase.stats.count('token', 200), asked + 1)
    const wrong = await Promise.all([auth.complete(`${LINK}?error=x`), auth.complete(`${LINK}?error=x`)])
    assert.equal(wrong[0].error, wrong[1].error)
    assert.deepEqual(
      events.map(({ type, ok }) => [type, ok]),
      [
        ['sign_in', true],
        ['callback', true],
        ['callback', false],
      ],
    )
  })

  test('with an error is the error', async () => {
    const link = `${LINK}?error=access_denied&error_description=No`
    assert.equal((await complete(link)).error.code, 'provider_access_denied')
    assert.equal(
      (await complete(`${LINK}#error=access_denied&error_code=otp_expired`)).error.code,
      'otp_expired',
    )
  })

  test('of another sign-in redeems nothing', async () => {
    const asked = supabase.requests.length
    const code = '0f8fad5b-d9cb-469f-a165-70867728950e'
    assert.equal(
      (await complete(`${LINK}?code=${code}&sb_flow_id=abcdefgh`)).error.code,
      'transaction_cookies_blocked',
    )
    assert.equal(supabase.requests.length, asked)
  })

  test('without a response is none', async () => {
    for (const url of ['myapp://open', 'myapp://open?tab=1#part', 'myapp:', 'about:blank'])
      assert.deepEqual(await complete(url), {
        data: { session: null, user: null, next: null, redirectType: null },
        error: null,
      })
  })

  test('with tokens in its fragment is refused unless the app asks for them', async () => {
    const { error } = await complete(
      `${LINK}#access_token=a&refresh_token=b&expires_in=3600&token_type=bearer`,
    )
    assert.equal(error.code, 'response_type_unexpected')
  })

  test('that is no URL is a mistake of the caller', async () => {
    for (const url of ['', '/auth/callback?code=x', 'nothing', 1, {}])
      assert.equal((await complete(url)).error.code, 'argument_invalid', String(url))
  })
})
