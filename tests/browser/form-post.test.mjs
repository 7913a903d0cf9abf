// response_mode=form_post: the provider's page posts the answer to the callback, from the same site and from another one.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startOpenIdProvider } from '../../stand-ins/openid-provider.mjs'
import { startApp } from './support/app.mjs'
import { useBrowser } from './support/browser.mjs'
import { answerConsent, logIn, signInUrl } from './support/sign-in.mjs'

const browser = useBrowser()

for (const host of ['127.0.0.1', 'localhost']) {
  describe(`a form_post provider at ${host}`, () => {
    let provider
    let app
    before(async () => {
      app = await startApp(async (origin) => {
        const secret = 'x'.repeat(40)
        const client = {
          client_id: 'app',
          client_secret: secret,
          redirect_uris: [`${origin}/auth/callback/openid`],
        }
        provider = await startOpenIdProvider({ clients: [client], remember: false, host })
        const openid = {
          issuer: provider.issuer,
          clientId: 'app',
          clientSecret: secret,
          responseMode: 'form_post',
        }
        return { providers: { openid } }
      })
    })
    after(() => Promise.all([app?.close(), provider?.close()]))

    const posts = () => app.requests.filter(({ path }) => path === '/auth/callback/openid')

    test('signs in and lands on the asked page', async () => {
      const page = await browser.open()
      await page.goto(signInUrl(app.origin, '/orders?id=7#total'))
      const [cookie] = await page.context().cookies(app.origin)
      assert.equal(cookie.sameSite, 'None')
      assert.equal(cookie.secure, true)
      await logIn(page)
      await answerConsent(page)
      await page.waitForURL(`${app.origin}/orders?id=7#total`)
      assert.equal(app.sessions.length, 1)
      assert.equal(
        posts().at(-1).headers['sec-fetch-site'],
        host === 'localhost' ? 'cross-site' : 'same-site',
      )
    })

    test('a refused consent is told apart', async () => {
      const page = await browser.open()
      await page.goto(signInUrl(app.origin, '/orders'))
      await logIn(page)
      await answerConsent(page, 'Deny')
      await page.waitForURL((url) => url.pathname === '/auth/auth-code-error')
      const { searchParams } = new URL(page.url())
      assert.equal(searchParams.get('error'), 'provider_access_denied')
      assert.equal(searchParams.get('next'), '/orders')
      assert.equal(app.sessions.length, 1)
    })

    test('an answer in the query is refused: it was asked for as a form', async () => {
      const page = await browser.open()
      await page.goto(signInUrl(app.origin, '/orders'))
      const state = await stateOf(page, app.origin)
      await page.goto(`${app.origin}/auth/callback/openid?code=abc&state=${state}`)
      assert.equal(new URL(page.url()).searchParams.get('error'), 'response_mode_unexpected')
      assert.equal(app.sessions.length, 1)
    })
  })
}

/** The state of the one sign-in under way, as its cookie has it. */
async function stateOf(page, origin) {
  const [cookie] = await page.context().cookies(origin)
  return cookie.value.split('.')[2]
}
