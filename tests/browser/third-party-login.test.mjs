// A portal on another site starts a sign-in (OpenID Connect Core 4): by a link, by a form that it posts, and in a frame.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, beforeEach, describe, test } from 'node:test'
import { startOAuthProvider } from '../../stand-ins/oauth-provider.mjs'
import { startApp } from './support/app.mjs'
import { useBrowser } from './support/browser.mjs'

const CLIENT = { clientId: 'demo-client', clientSecret: 'demo-secret' }
/** Another site than the app's, on this machine. */
const elsewhere = (origin) => origin.replace('127.0.0.1', 'localhost')

const browser = useBrowser()
let app
let portal
let provider
let html

const startPortal = async () => {
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end(`<!doctype html>${html}`),
  )
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: elsewhere(`http://127.0.0.1:${server.address().port}`),
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  }
}

before(async () => {
  provider = await startOAuthProvider(CLIENT)
  portal = await startPortal()
  app = await startApp(() => {
    const issuer = elsewhere(provider.origin)
    const [authorizationEndpoint, tokenEndpoint] = ['authorize', 'access_token'].map(
      (path) => `${issuer}/site/oauth2/${path}`,
    )
    const work = { ...CLIENT, issuer, authorizationEndpoint, tokenEndpoint, scopes: 'account' }
    return { secret: 'x'.repeat(40), providers: { other: { ...work, issuer: 'https://op.example' }, work } }
  })
})
after(() => Promise.all([app?.close(), portal?.close(), provider?.close()]))
beforeEach(() => {
  app.sessions.length = 0
})

/** The portal's page: a form to the app's sign-in, which its script sends. */
const formOf = (method, target = '_self') => `
  <form method="${method}" target="${target}" action="${app.origin}/auth/sign-in">
    <input name="iss" value="${elsewhere(provider.origin)}"><input name="target_link_uri" value="${app.origin}/orders?id=7">
  </form><script>document.forms[0].submit()</script>`

describe('a portal on another site', () => {
  for (const method of ['get', 'post'])
    test(`${method}: the person is signed in, on the page of its choice`, async () => {
      html = formOf(method)
      const page = await browser.open()
      await page.goto(portal.origin)
      await page.waitForURL(({ href }) => href === `${app.origin}/orders?id=7#`)
      assert.equal(app.sessions.length, 1)
      assert.equal(app.sessions[0].provider, 'work')
      const first = app.requests.findLast(({ path }) => path === '/auth/sign-in')
      assert.equal(first.headers['sec-fetch-site'], 'cross-site')
    })

  test('in a frame: nothing starts', async () => {
    html = `<iframe name="frame"></iframe>${formOf('post', 'frame')}`
    const page = await browser.open()
    const answered = page.waitForResponse(`${app.origin}/auth/sign-in`)
    await page.goto(portal.origin)
    const headers = await (await answered).allHeaders()
    assert.equal(headers['set-cookie'], undefined)
    assert.equal(app.events.at(-1).code, 'fetch_metadata')
    assert.deepEqual(await page.context().cookies(app.origin), [])
    assert.equal(app.sessions.length, 0)
  })
})
