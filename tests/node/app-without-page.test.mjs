// The sign-in of an app without a page, such as one of React Native: it gives the storage of its client of supabase-js, and takes a link.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createClient } from '@supabase/supabase-js'
import * as wasm from '../../dist/browser.js'
import * as plain from '../../dist/plain-browser.js'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'

const LINK = 'myapp://auth/callback'
const SESSION = 'sb-127-auth-token'

let supabase
before(async () => {
  assert.ok(!('document' in globalThis), 'there is a page')
  supabase = await startSupabaseAuth({ siteUrl: 'https://app.example', allowList: ['myapp://**'] })
})
after(() => supabase?.close())

/** A storage that answers later, as AsyncStorage does. @param {Record<string, string>} [items] */
const makeStorage = (items = {}) => ({
  items: new Map(Object.entries(items)),
  async getItem(name) {
    await null
    return this.items.get(name) ?? null
  },
  async setItem(name, value) {
    await null
    this.items.set(name, value)
  },
  async removeItem(name) {
    await null
    this.items.delete(name)
  },
})

const makeApp = (storage = makeStorage(), { createBrowserAuth } = plain) => {
  const events = []
  const project = { url: supabase.url, key: supabase.key, storage }
  const auth = createBrowserAuth({ supabase: project, onEvent: (event) => events.push(event) })
  return { auth, storage, events }
}

const begin = ({ auth }, options) =>
  auth.signInWithOAuth({ provider: 'bitbucket', options: { redirectTo: LINK, ...options } })

/** The system's browser, from the start of a sign-in to the link that opens the app. @param {string} url */
const openInBrowser = async (url) => {
  const jar = new BrowserJar()
  for (let next = url; ; ) {
    const response = await jar.fetch(next, { redirect: 'manual' })
    next = new URL(response.headers.get('location'), next).href
    if (next.startsWith('myapp:')) return next
  }
}

for (const [name, entry] of Object.entries({ 'landfall/browser': wasm, 'landfall/plain/browser': plain }))
  test(`${name}: a link finishes the sign-in, Supabase’s client has the session, and a sign-out ends it`, async () => {
    const app = makeApp(makeStorage({ of: 'the app' }), entry)
    const started = await begin(app, { next: '/notes?x=1' })
    assert.equal(started.error, null)
    const { data, error } = await app.auth.complete(await openInBrowser(started.data.url))
    assert.equal(error, null)
    assert.equal(data.next, '/notes?x=1')
    assert.deepEqual([...app.storage.items.keys()].sort(), ['landfall', 'of', SESSION])
    const { storage } = app
    const client = createClient(supabase.url, supabase.key, {
      auth: { storage, autoRefreshToken: false, detectSessionInUrl: false },
      realtime: { transport: class {} }, // older versions of Node have no WebSocket
    })
    const found = await client.auth.getSession()
    assert.equal(found.data.session.access_token, data.session.access_token)
    assert.equal((await app.auth.signOut()).error, null)
    assert.deepEqual([...app.storage.items], [['of', 'the app']])
    assert.equal((await client.auth.getSession()).data.session, null)
  })

describe('an app without a page', () => {
  test('stays where it is, and starts two sign-ins at once: each link finishes its own', async () => {
    const app = makeApp()
    const [first, second] = await Promise.all([begin(app, { next: '/1' }), begin(app, { next: '/2' })])
    const links = [await openInBrowser(first.data.url), await openInBrowser(second.data.url)]
    assert.equal((await app.auth.complete(links[1])).data.next, '/2')
    assert.equal((await app.auth.complete(links[0])).data.next, '/1')
    assert.equal((await app.auth.complete(links[0])).error.code, 'transaction_used')
  })

  test('that restarts while the person is in the browser finishes the sign-in', async () => {
    const { auth, storage } = makeApp()
    const { data } = await begin({ auth })
    const link = await openInBrowser(data.url)
    assert.ok((await makeApp(storage).auth.complete(link)).data.session.access_token)
  })

  test('redeems no link of a sign-in that it did not start', async () => {
    const { data } = await begin(makeApp())
    const asked = supabase.requests.length
    const link = await openInBrowser(data.url)
    const isToken = ({ path }) => path.includes('/token')
    const { error } = await makeApp().auth.complete(link)
    assert.equal(error.code, 'transaction_cookies_blocked')
    assert.ok(!supabase.requests.slice(asked).some(isToken))
  })

  test('gives the link to `complete`, and says where a sign-in comes back to', async () => {
    const app = makeApp()
    const { error } = await app.auth.complete()
    assert.equal(error.code, 'argument_invalid')
    assert.match(error.message, /has to give the link/)
    assert.equal((await begin(app, { redirectTo: undefined })).error.code, 'origin_required')
  })

  test('keeps a few sign-ins that nobody ends, and no more', async () => {
    const app = makeApp()
    const count = () => Object.keys(JSON.parse(app.storage.items.get('landfall'))).length
    for (let i = 0; i < 12; i++) await begin(app)
    const kept = count()
    for (let i = 0; i < 12; i++) await begin(app)
    assert.equal(count(), kept)
  })

  test('signs in whatever stands in its item', async () => {
    for (const item of [
      '',
      'x',
      'null',
      '[1]',
      '{"landfall-a":1}',
      '{"a; sb-x":"y","landfall-b":"c; d=e"}',
    ]) {
      const app = makeApp(makeStorage({ landfall: item }))
      const { data } = await begin(app)
      const names = Object.keys(JSON.parse(app.storage.items.get('landfall')))
      assert.ok(
        names.length > 0 && names.every((name) => /^(landfall|sb)-[\w-]{9,}$/.test(name)),
        names.join(),
      )
      const completed = await app.auth.complete(await openInBrowser(data.url))
      assert.equal(completed.error, null, item)
    }
  })

  test('hears of a storage that fails, and the next sign-in works', async () => {
    const app = makeApp()
    const { setItem } = app.storage
    app.storage.setItem = async () => {
      throw new Error('the disk is full')
    }
    const { data, error } = await begin(app)
    assert.deepEqual([data.url, error.code], [null, 'internal_error'])
    assert.equal(app.events.at(-1).cause.message, 'the disk is full')
    app.storage.setItem = setItem
    assert.equal((await begin(app)).error, null)
  })
})

test('a `fetch` whose responses have no stream, such as React Native’s own, ends the sign-in with an error', async () => {
  const send = async (...asked) => {
    const { status, headers, redirected, url } = await fetch(...asked)
    return { status, headers, redirected, url }
  }
  const app = makeApp()
  const { data } = await begin(app)
  const link = await openInBrowser(data.url)
  const auth = plain.createBrowserAuth({
    supabase: { url: supabase.url, key: supabase.key, storage: app.storage },
    fetch: /** @type {any} */ (send),
  })
  const { error } = await auth.complete(link)
  assert.equal(error.code, 'token_json')
})

test('what is no storage is refused', async () => {
  for (const storage of [{}, null, { getItem() {} }, [], () => {}]) {
    const auth = plain.createBrowserAuth({ supabase: { url: supabase.url, key: supabase.key, storage } })
    await assert.rejects(auth.signInWithOAuth({ provider: 'bitbucket' }), { code: 'config_invalid' })
  }
})
