// AWS Lambda and Lambda@Edge with Hono's adapters, and Azure Functions, in Node: a stand-in is in front of the handler, and hands the
// documented event to it. No cloud runs here.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createAuth } from '../../dist/index.js'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { startOAuthProvider } from '../../stand-ins/oauth-provider.mjs'
import * as azureFunctions from './apps/elsewhere/azure-functions.mjs'
import * as lambda from './apps/elsewhere/lambda.mjs'
import * as lambdaEdge from './apps/elsewhere/lambda-edge.mjs'
import { startGateway } from './support/cloud-gateways.mjs'

const PLACES = { lambda, 'lambda-edge': lambdaEdge, 'azure-functions': azureFunctions }

for (const [name, { makeHandler }] of Object.entries(PLACES))
  describe(name, () => {
    let provider
    let gateway
    let auth
    let handler
    before(async () => {
      provider = await startOAuthProvider()
      gateway = await startGateway(name, () => handler)
      auth = createAuth({
        origin: gateway.origin,
        secret: 's'.repeat(32),
        session: true,
        providers: {
          bitbucket: {
            clientId: 'demo-client',
            clientSecret: 'demo-secret',
            authorizationEndpoint: `${provider.origin}/site/oauth2/authorize`,
            tokenEndpoint: `${provider.origin}/site/oauth2/access_token`,
            userinfoEndpoint: `${provider.origin}/2.0/user`,
          },
        },
      })
      handler = makeHandler(auth)
    })
    after(() => Promise.all([gateway?.close(), provider?.close()]))

    /** The session that a browser's cookies have. @param {BrowserJar} jar */
    const sessionOf = (jar) => {
      const cookie = jar.cookies
        .matching(new URL(gateway.origin))
        .map(({ name, value }) => `${name}=${value}`)
        .join('; ')
      return auth.getSession(new Request(gateway.origin, { headers: { cookie } })).session
    }

    test('a sign-in, with all its cookies, and a sign-out by POST', async () => {
      const jar = new BrowserJar()
      const asked = new URLSearchParams({ provider: 'bitbucket', next: '/welcome?a=1' })
      await jar.fetch(`${gateway.origin}/auth/sign-in?${asked}`)
      assert.equal(jar.url.replace(/#$/, ''), `${gateway.origin}/welcome?a=1`)
      assert.equal(sessionOf(jar).user.provider, 'bitbucket')
      const headers = { origin: gateway.origin, 'content-type': 'application/x-www-form-urlencoded' }
      await jar.fetch(`${gateway.origin}/auth/sign-out`, { method: 'POST', headers, body: 'next=/bye' })
      assert.equal(sessionOf(jar), null)
    })

    test('the error page and its policy', async () => {
      const response = await new BrowserJar().fetch(
        `${gateway.origin}/auth/callback/bitbucket?error=access_denied&state=x`,
      )
      assert.match(response.headers.get('content-security-policy'), /default-src 'none'/)
      assert.match(await response.text(), /<html/)
    })
  })
