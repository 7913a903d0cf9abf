// What every example has to do, over real HTTP: one app, and one stand-in for its Supabase project.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { BrowserJar } from '../../../stand-ins/browser-jar.mjs'
import { unescapeHtml } from '../../../stand-ins/html-form.mjs'
import { startSupabaseAuth } from '../../../stand-ins/supabase-auth.mjs'
import { startExample } from './example.mjs'

const EMAIL = 'ada@example.test'
const LIFETIME_SECONDS = 3601
const BUTTON = /<a\b[^>]*\bhref="([^"]+)"[^>]*>\s*Continue with Bitbucket/
const EVIL = [
  '//evil.example',
  '/\\evil.example',
  'https://evil.example/',
  '/\t/evil.example',
  '/%5cevil.example/..//',
]

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A session as anyone can write it into a cookie: all that it lacks is the Auth server's signature. */
const forgeSession = (url) => {
  const expires_at = Math.floor(Date.now() / 1000) + 3600
  const user = {
    id: '6f1c0f7e-0000-4000-8000-000000000000',
    aud: 'authenticated',
    email: EMAIL,
    app_metadata: {},
  }
  const claims = {
    iss: `${url}/auth/v1`,
    sub: user.id,
    aud: user.aud,
    email: EMAIL,
    exp: expires_at,
    role: user.aud,
  }
  const access_token = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}.${'A'.repeat(43)}`
  return { access_token, token_type: 'bearer', expires_in: 3600, expires_at, refresh_token: 'made-up', user }
}

/**
 * Tests one example: a home page with a link "Continue with Bitbucket", and a page behind it that shows the e-mail address.
 * @param {string} name of a folder in examples/
 * @param {object} [options] and those of startExample
 * @param {string} [options.title]
 * @param {string} [options.home] the path of the home page
 * @param {string} [options.page] the path of the other
 * @param {string} [options.routes] what the paths of Landfall's routes begin with
 */
export const testExample = (
  name,
  { title = name, home = '/', page = '/account', routes = '/auth', ...options } = {},
) =>
  describe(title, () => {
    let auth
    let app
    before(async () => {
      auth = await startSupabaseAuth({ allowList: ['http://127.0.0.1:*/**'] })
      app = await startExample(name, { supabase: auth, isTested: true, ...options })
    })
    after(() => Promise.all([app?.stop(), auth?.close()]))

    const at = (path) => app.origin + path
    const sessionCookies = (jar) => jar.cookies.names().filter((cookie) => cookie.startsWith('sb-'))

    const signInTo = (jar, next) =>
      jar.fetch(`${at(routes)}/sign-in?${new URLSearchParams({ provider: 'bitbucket', next })}`)

    /** As a person does it: the home page, and its button, be it a link or a form. */
    const signIn = async (jar) => {
      const html = await (await jar.fetch(at(home))).text()
      const href = BUTTON.exec(html)?.[1]
      return href === undefined ? jar.submit(html) : jar.click(unescapeHtml(href))
    }

    test('the button leads through Supabase and Bitbucket to the page that shows who is signed in', async () => {
      const jar = new BrowserJar()
      const response = await signIn(jar)
      assert.equal(response.status, 200)
      assert.equal(new URL(jar.url).origin + new URL(jar.url).pathname, at(page))
      assert.match(await response.text(), new RegExp(EMAIL))
      const origins = new Set(jar.hops.map(({ url }) => new URL(url).origin))
      assert.ok(origins.has(auth.leg.origin))
      assert.ok(sessionCookies(jar).length > 0)
    })

    test('without a session, that page is closed, and shows itself after a sign-in', async () => {
      const jar = new BrowserJar()
      const closed = await jar.fetch(at(page), { redirect: 'manual' })
      assert.ok([302, 303, 307].includes(closed.status), `${closed.status}`)
      assert.doesNotMatch(await closed.text(), new RegExp(EMAIL))
      const opened = await jar.fetch(at(page))
      assert.equal(new URL(jar.url).pathname, page)
      assert.match(await opened.text(), new RegExp(EMAIL))
    })

    test('a session that somebody made up is none', async () => {
      const jar = new BrowserJar()
      jar.cookies.store(`sb-127-auth-token=base64-${encode(forgeSession(auth.url))}; Path=/`, app.origin)
      const response = await jar.fetch(at(page), { redirect: 'manual' })
      assert.ok([302, 303, 307].includes(response.status), `${response.status}`)
      assert.doesNotMatch(await response.text(), new RegExp(EMAIL))
    })

    test('an hour later, the page is there at once', async () => {
      const jar = new BrowserJar()
      auth.clock.advance(-3601)
      await signInTo(jar, home)
      auth.clock.advance(3601)
      const response = await jar.fetch(at(page))
      assert.equal(new URL(jar.url).pathname, page)
      assert.match(await response.text(), new RegExp(EMAIL))
      assert.equal(response.hops.length, 1)
    })

    for (const next of EVIL) {
      test(`next=${JSON.stringify(next)} stays in the app`, async () => {
        const jar = new BrowserJar()
        await signInTo(jar, next)
        assert.equal(new URL(jar.url).origin, app.origin)
        assert.ok(sessionCookies(jar).length > 0)
      })
    }

    test('who refuses at Bitbucket gets an error page that says so', async () => {
      const jar = new BrowserJar()
      auth.leg.outcome = 'denied'
      const response = await signIn(jar)
      auth.leg.outcome = 'approved'
      const { origin, pathname, searchParams } = new URL(jar.url)
      assert.equal(origin + pathname, at(`${routes}/auth-code-error`))
      assert.equal(searchParams.get('error'), 'provider_access_denied')
      assert.match(await response.text(), /provider_access_denied/)
      assert.deepEqual(sessionCookies(jar), [])
    })

    test('sign-out ends the session, here and at Supabase', async () => {
      const jar = new BrowserJar()
      const before = auth.sessions.rows.size
      const signedIn = await signIn(jar)
      assert.equal(auth.sessions.rows.size, before + 1)
      const response = await jar.submit(await signedIn.text(), { action: `${routes}/sign-out` })
      assert.equal(response.status, 200)
      assert.deepEqual(sessionCookies(jar), [])
      assert.equal(auth.sessions.rows.size, 0)
      const closed = await jar.fetch(at(page), { redirect: 'manual' })
      assert.ok([302, 303, 307].includes(closed.status), `${closed.status}`)
    })

    test('a session that has expired is renewed, once, by the page that needs it', async () => {
      const jar = new BrowserJar()
      const isSession = (line) => line.startsWith('sb-') && !line.includes('Max-Age=0')
      auth.clock.advance(-LIFETIME_SECONDS)
      await jar.fetch(`${at(routes)}/sign-in?${new URLSearchParams({ provider: 'bitbucket', next: home })}`)
      auth.clock.advance(LIFETIME_SECONDS)
      const renewed = await jar.fetch(at(page), { redirect: 'manual' })
      assert.match(await renewed.text(), new RegExp(EMAIL))
      assert.ok(renewed.headers.getSetCookie().some(isSession))
      assert.match(renewed.headers.get('cache-control'), /no-store/)
      const again = await jar.fetch(at(page), { redirect: 'manual' })
      assert.match(await again.text(), new RegExp(EMAIL))
      assert.deepEqual(again.headers.getSetCookie().filter(isSession), [])
    })

    test('any other path is not found', async () => {
      const { status } = await new BrowserJar().fetch(at(`${home}nothing-here`))
      assert.equal(status, 404)
    })
  })
