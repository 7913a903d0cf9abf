// One app under two names: cookies belong to one of them, and a sign-in that changes the name on its way is explained.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startOAuthProvider } from '../../stand-ins/oauth-provider.mjs'
import { startApp } from './support/app.mjs'
import { useBrowser } from './support/browser.mjs'

const browser = useBrowser()
let provider
let app
let trusting
const providers = () => ({
  work: {
    clientId: 'demo-client',
    clientSecret: 'demo-secret',
    authorizationEndpoint: `${provider.origin}/site/oauth2/authorize`,
    tokenEndpoint: `${provider.origin}/site/oauth2/access_token`,
  },
})
before(async () => {
  provider = await startOAuthProvider()
  app = await startApp(() => ({ providers: providers() }))
  trusting = await startApp((origin) => {
    const { host, port } = new URL(origin)
    return { providers: providers(), origin: { trustedHosts: [host, `localhost:${port}`] } }
  })
})
after(() => Promise.all([app?.close(), trusting?.close(), provider?.close()]))

const start = (origin) => `${origin}/auth/sign-in?provider=work&next=/welcome`
const underLocalhost = ({ port }) => `http://localhost:${port}`

test('opened at localhost while the app is 127.0.0.1: the wrong host is named', async () => {
  const page = await browser.open()
  await page.goto(start(underLocalhost(app)))
  const { origin, pathname, searchParams } = new URL(page.url())
  assert.equal(origin, app.origin)
  assert.equal(pathname, '/auth/auth-code-error')
  assert.equal(searchParams.get('error'), 'transaction_wrong_host')
  const { code, message } = app.events.at(-1)
  assert.equal(code, 'transaction_wrong_host')
  assert.match(message, /localhost instead of 127\.0\.0\.1/)
  assert.equal(app.sessions.length, 0)

  await page.goto(start(app.origin))
  assert.equal(page.url(), `${app.origin}/welcome#`)
  assert.equal(app.sessions.length, 1)
})

test('an app that trusts both names signs in under either', async () => {
  for (const origin of [underLocalhost(trusting), trusting.origin]) {
    const page = await browser.open()
    await page.goto(start(origin))
    assert.equal(page.url(), `${origin}/welcome#`)
  }
  assert.equal(trusting.sessions.length, 2)
})
