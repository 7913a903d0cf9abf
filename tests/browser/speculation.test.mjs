// Prefetch and prerender open addresses that nobody asked for: a callback is not redeemed by them (SECURITY: rule 8).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startOpenIdProvider } from '../../stand-ins/openid-provider.mjs'
import { startApp } from './support/app.mjs'
import { useBrowser } from './support/browser.mjs'
import { logIn, signInUrl, takeCallbackUrl } from './support/sign-in.mjs'

const DEADLINE_MILLISECONDS = 5000
const browser = useBrowser()
let provider
let app
before(async () => {
  app = await startApp(async (origin) => {
    const client = {
      client_id: 'app',
      client_secret: 'x'.repeat(40),
      redirect_uris: [`${origin}/auth/callback/openid`],
    }
    provider = await startOpenIdProvider({ clients: [client], remember: false })
    return {
      providers: { openid: { issuer: provider.issuer, clientId: 'app', clientSecret: client.client_secret } },
    }
  })
})
after(() => Promise.all([app?.close(), provider?.close()]))

/** The first request to `path` that came after `count` others. */
async function waitForRequest(path, count) {
  const end = Date.now() + DEADLINE_MILLISECONDS
  while (Date.now() < end) {
    const found = app.requests.slice(count).find((request) => request.path === path)
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`nobody asked for ${path}`)
}

const HINTS = {
  'link rel=prefetch': (url) => {
    const link = Object.assign(document.createElement('link'), { rel: 'prefetch', href: url })
    document.head.append(link)
  },
  'speculation rules: prefetch': (url) => {
    const rules = JSON.stringify({ prefetch: [{ urls: [url], eagerness: 'immediate' }] })
    document.head.append(
      Object.assign(document.createElement('script'), { type: 'speculationrules', textContent: rules }),
    )
  },
  'speculation rules: prerender': (url) => {
    const rules = JSON.stringify({ prerender: [{ urls: [url], eagerness: 'immediate' }] })
    document.head.append(
      Object.assign(document.createElement('script'), { type: 'speculationrules', textContent: rules }),
    )
  },
}

for (const [name, hint] of Object.entries(HINTS)) {
  test(`${name} of the callback redeems nothing, and the real visit does`, async () => {
    const page = await browser.open()
    await page.goto(signInUrl(app.origin, '/welcome'))
    await logIn(page)
    const url = await takeCallbackUrl(page)
    const [requests, tokens, events] = [
      app.requests.length,
      provider.stats.count('/token'),
      app.events.length,
    ]

    await page.goto(`${app.origin}/hub`)
    await page.evaluate(hint, url)
    const speculative = await waitForRequest('/auth/callback/openid', requests)
    assert.match(speculative.headers['sec-purpose'], /^prefetch/)
    assert.match(speculative.headers.cookie, /landfall-/)
    assert.equal(speculative.status, 204)
    assert.equal(provider.stats.count('/token'), tokens)
    assert.equal(app.events.length, events)

    await page.goto(url)
    assert.equal(new URL(page.url()).pathname, '/welcome')
    assert.equal(provider.stats.count('/token'), tokens + 1)
  })
}

test('speculation rules: prefetch of the start starts nothing', async () => {
  const page = await browser.open()
  const requests = app.requests.length
  await page.goto(`${app.origin}/hub`)
  await page.evaluate(HINTS['speculation rules: prefetch'], signInUrl(app.origin, '/welcome'))
  assert.equal((await waitForRequest('/auth/sign-in', requests)).status, 204)
  assert.deepEqual(await page.context().cookies(), [])
})
