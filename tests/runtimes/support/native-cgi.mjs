// The CGI program of hosts/c behind a web server, with providers and a browser.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { BrowserJar } from '../../../stand-ins/browser-jar.mjs'
import { startHostileTokenEndpoint } from '../../../stand-ins/hostile-token-endpoint.mjs'
import { startOAuthProvider } from '../../../stand-ins/oauth-provider.mjs'
import { ALGORITHMS, startOpenIdProvider } from '../../../stand-ins/openid-provider.mjs'
import { answer as answerSigned, CANNOT_SIGN, signedOptions } from '../../hosts/support/signed-secret.mjs'
import { parseOutput, startCgi } from './cgi.mjs'

/** What may stand on the standard output; of a step's own fields, only these become headers. */
const HEADERS = [
  'cache-control',
  'content-security-policy',
  'content-type',
  'location',
  'referrer-policy',
  'set-cookie',
  'x-content-type-options',
]

/** @param {() => string} getProgram the built auth.cgi */
export const describeCgi = (getProgram) =>
  describe('hosts/c as a CGI program', () => {
    let site
    let plain
    let openid
    let signing
    before(async () => {
      site = await startCgi(getProgram())
      plain = await startOAuthProvider()
      signing = await startHostileTokenEndpoint(answerSigned)
      const redirect = (name) => [`${site.origin}/auth/callback/${name.toLowerCase()}`]
      openid = await startOpenIdProvider({
        clients: ALGORITHMS.map((alg) => ({
          client_id: alg,
          id_token_signed_response_alg: alg,
          redirect_uris: redirect(alg),
        })),
        remember: false,
      })
      const work = {
        clientId: 'demo-client',
        clientSecret: 'demo-secret',
        authorizationEndpoint: `${plain.origin}/site/oauth2/authorize`,
        tokenEndpoint: `${plain.origin}/site/oauth2/access_token`,
      }
      const form = { ...work, responseMode: 'form_post' }
      const openids = ALGORITHMS.map((alg) => [
        alg.toLowerCase(),
        { clientId: alg, issuer: openid.issuer, scopes: 'openid email', idTokenSignedResponseAlg: alg },
      ])
      const providers = { work, form, ...Object.fromEntries(openids), ...signedOptions(signing.origin) }
      const secret = 's'.repeat(32)
      site.env.LANDFALL_OPTIONS = JSON.stringify({ origin: site.origin, secret, providers, onSession: true })
    })
    after(() => Promise.all([site, plain, openid, signing].map((one) => one?.close())))

    /** Runs a visit; nothing but the lines of an answer may be printed in it. @param {(browser: BrowserJar) => Promise<void>} visit */
    const watch = async (visit) => {
      const first = site.outputs.length
      const before = site.readSessions().length
      await visit(new BrowserJar())
      const outputs = site.outputs.slice(first)
      const sessions = site.readSessions().slice(before)
      assert.ok(outputs.length > 0)
      for (const output of outputs) {
        const { status, headers } = parseOutput(output)
        assert.ok(status >= 200 && status < 500, output)
        for (const [name] of headers) assert.ok(HEADERS.includes(name.toLowerCase()), `${name} was printed`)
        for (const { access_token, id_token } of sessions)
          for (const secret of [access_token, id_token ?? access_token])
            assert.ok(!output.includes(secret), 'a token')
      }
      return { sessions, outputs }
    }

    const startUrl = (provider) => `${site.origin}/auth/sign-in?provider=${provider}&next=/welcome`

    /** Signs in up to the address of the callback, which is not opened. @param {BrowserJar} browser @param {string} provider */
    const getCallback = async (browser, provider) => {
      const start = await browser.fetch(startUrl(provider), { redirect: 'manual' })
      assert.equal(start.status, 303)
      const answer = await browser.fetch(start.headers.get('location'), {
        redirect: 'manual',
        from: browser.url,
      })
      return new URL(answer.headers.get('location'))
    }

    test('a whole sign-in', async () => {
      const { sessions } = await watch(async (browser) => {
        const answer = await browser.fetch(startUrl('work'))
        assert.equal(new URL(answer.url).pathname, '/welcome')
        assert.deepEqual(
          browser.cookies.names(),
          ['landfall-done'],
          'the transaction is over, and remembered',
        )
      })
      assert.equal(sessions.length, 1)
      assert.equal(sessions[0].provider, 'work')
    })

    for (const alg of ALGORITHMS)
      test(`an OpenID provider that signs with ${alg}`, async () => {
        const { sessions } = await watch(async (browser) => {
          const asked = await browser.fetch(startUrl(alg.toLowerCase()))
          const named = await browser.submit(await asked.text(), {
            fields: { username: 'ada', decision: 'sign-in' },
          })
          await browser.submit(await named.text(), { fields: { decision: 'allow' } })
          assert.equal(new URL(browser.url).pathname, '/welcome')
        })
        assert.equal(sessions.length, 1)
        assert.equal(sessions[0].claims.sub, 'ada')
      })

    test('a client secret that a key signs', async () => {
      const { sessions } = await watch((browser) => browser.fetch(startUrl('signed-well')))
      assert.equal(sessions[0]?.provider, 'signed-well')
    })

    for (const name of CANNOT_SIGN)
      test(`${name}: the secret cannot be signed`, async () => {
        const { url } = await new BrowserJar().fetch(startUrl(name))
        assert.match(url, /error=client_secret_unsigned/)
      })

    test('a callback that comes as a form', async () => {
      const { sessions } = await watch(async (browser) => {
        const { origin, pathname, searchParams } = await getCallback(browser, 'form')
        const init = { method: 'POST', body: searchParams, redirect: 'manual', from: plain.origin }
        const answer = await browser.fetch(origin + pathname, init)
        assert.equal(answer.headers.get('location'), '/welcome#')
      })
      assert.equal(sessions.length, 1)
    })

    test('a hook that the program does not have is refused, and is no session', async () => {
      const options = site.env.LANDFALL_OPTIONS
      site.env.LANDFALL_OPTIONS = JSON.stringify({ ...JSON.parse(options), onSignOut: true })
      try {
        const url = `${site.origin}/auth/sign-out`
        const init = { method: 'POST', from: `${site.origin}/`, redirect: 'manual' }
        const { sessions, outputs } = await watch((browser) => browser.fetch(url, init))
        assert.equal(sessions.length, 0)
        assert.match(outputs[0], /error=sign_out_failed/)
      } finally {
        site.env.LANDFALL_OPTIONS = options
      }
    })

    test('the answer of another browser redeems nothing', async () => {
      const before = plain.requests.filter(({ endpoint }) => endpoint === 'token').length
      const { sessions } = await watch(async (victim) => {
        const answer = await new BrowserJar().fetch(await getCallback(victim, 'work'), { redirect: 'manual' })
        assert.match(
          answer.headers.get('location'),
          /^\/auth\/auth-code-error\?error=transaction_cookies_blocked/,
        )
      })
      assert.equal(sessions.length, 0)
      assert.equal(plain.requests.filter(({ endpoint }) => endpoint === 'token').length, before)
    })

    test('a session that the app does not take is none', async () => {
      const { LANDFALL_SESSIONS } = site.env
      site.env.LANDFALL_SESSIONS = '/nowhere/at/all'
      try {
        const answer = await new BrowserJar().fetch(startUrl('work'))
        assert.match(answer.url, /auth-code-error\?error=session_refused/)
      } finally {
        site.env.LANDFALL_SESSIONS = LANDFALL_SESSIONS
      }
    })

    test('another site signs nobody out', async () => {
      const cross = {
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        origin: 'https://evil.example',
      }
      await watch(async () => {
        for (const headers of [
          cross,
          { 'sec-fetch-site': 'cross-site' },
          { origin: 'https://evil.example' },
        ]) {
          const answer = await fetch(`${site.origin}/auth/sign-out`, {
            method: 'POST',
            headers,
            redirect: 'manual',
          })
          assert.equal(answer.status, 403, JSON.stringify(headers))
          assert.match(await answer.text(), /^(csrf|fetch_metadata): /)
        }
        const own = { 'sec-fetch-site': 'same-origin', origin: site.origin }
        const answer = await fetch(`${site.origin}/auth/sign-out`, {
          method: 'POST',
          headers: own,
          redirect: 'manual',
        })
        assert.equal(answer.status, 303)
      })
    })

    test('what looks ahead begins and ends nothing', async () => {
      const { sessions } = await watch(async (browser) => {
        const callback = await getCallback(browser, 'work')
        const cookie = browser.cookies.names()
        const headers = { 'sec-purpose': 'prefetch' }
        for (const url of [callback.href, startUrl('work'), `${site.origin}/auth/sign-out`]) {
          const answer = await browser.fetch(url, { headers, redirect: 'manual' })
          assert.equal(answer.status, 204)
          assert.deepEqual(answer.headers.getSetCookie(), [])
        }
        assert.deepEqual(browser.cookies.names(), cookie)
        await browser.fetch(callback)
        assert.equal(new URL(browser.url).pathname, '/welcome')
      })
      assert.equal(sessions.length, 1)
    })

    test('the error page says what an address may say', async () => {
      const { outputs } = await watch(async (browser) => {
        const query = 'error=state_mismatch&provider=work&next=%2Fa%22%3E%3Cscript%3E'
        const html = await (await browser.fetch(`${site.origin}/auth/auth-code-error?${query}`)).text()
        assert.match(html, /does not belong to a sign-in of this browser/)
        // The page's own, which its policy names.
        assert.equal(html.split('<script').length, 2)
        assert.match(html, /href="\/auth\/sign-in\?provider=work&#38;next=%2Fa/)
        const forged = await browser.fetch(
          `${site.origin}/auth/auth-code-error?error=%3Cb%3Epay%20here%3C%2Fb%3E`,
        )
        assert.ok(!(await forged.text()).includes('pay here'))
      })
      assert.match(outputs[0], /frame-ancestors 'none'/)
    })

    test('only the routes of READY are ours', async () => {
      await watch(async () => {
        for (const path of [
          '/',
          '/auth/callback/nobody',
          '/auth/%63allback/work',
          '//auth/sign-in',
          '/auth/sign-in/x',
        ])
          assert.equal((await fetch(site.origin + path, { method: 'POST' })).status, 404, path)
      })
    })

    test('options that are refused answer nothing', async () => {
      const { LANDFALL_OPTIONS } = site.env
      site.env.LANDFALL_OPTIONS = '{"providers":'
      try {
        assert.equal((await fetch(startUrl('work'))).status, 500)
        assert.equal(site.outputs.at(-1), '')
      } finally {
        site.env.LANDFALL_OPTIONS = LANDFALL_OPTIONS
      }
    })
  })
