// The error page and the button behind an e-mail link in the app's own words, by the code of docs/languages.md.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { findForm, readAttributes } from '../../stand-ins/html-form.mjs'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'
import { codeOf, makeProject } from '../docs-checks/code.mjs'
import { readPage } from '../docs-checks/markdown.mjs'

const ORIGIN = 'https://app.example'
const EVIL = 'https://evil.example'
const HOSTILE = [
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  '</span></p></title><img src=x onerror=alert(1)>',
  '&quot;&gt;&lt;script&gt;',
  'javascript:alert(1)',
  '//evil.example',
  '/\\evil.example',
  `${EVIL}/`,
  '/\t/evil.example',
  '\r\nset-cookie: a=b',
  'constructor',
  '__proto__',
  'toString',
  '\u0000\ud800\u202e',
  'a'.repeat(10_000),
]
const page = readPage('docs/languages.md')

let supabase
let project
let app
before(async () => {
  supabase = await startSupabaseAuth({ siteUrl: ORIGIN })
  const env = { APP_ORIGIN: ORIGIN, SUPABASE_URL: supabase.url, SUPABASE_ANON_KEY: supabase.key }
  Object.assign(process.env, env)
  project = makeProject(codeOf([page]))
  const files = [...project.names.keys()].map((name) => join(project.folder, `${name}.js`))
  const [{ auth }, { showError, showLink }] = await Promise.all(files.map((file) => import(file)))
  app = { auth, pages: { '/sign-in-failed': showError, '/open': showLink } }
})
after(async () => {
  project?.remove()
  await supabase?.close()
})
beforeEach(() => {
  supabase.leg.outcome = 'approved'
})

const serve = async (request) =>
  (await app.auth.handle(request)) ??
  app.pages[new URL(request.url).pathname]?.(request) ??
  new Response('A page of the app')

const open = (language = 'de-AT,de;q=0.9,en;q=0.8') =>
  new BrowserJar({ sites: { [ORIGIN]: serve }, headers: { 'accept-language': language } })
const at = (jar) => jar.url.replace(ORIGIN, '').replace(/#$/, '')
const isSignedIn = (jar) => {
  const request = new Request(ORIGIN, { headers: { cookie: jar.cookies.headerFor(ORIGIN) } })
  return app.auth.getSession(request).session !== null
}
const signIn = (jar) => jar.fetch(`${ORIGIN}/auth/sign-in?provider=bitbucket&next=%2Faccount%3Ftab%3D1`)
const linkOf = (html) => readAttributes(/<a\b[^>]*>/.exec(html)[0]).href
/** What the markup of a page is, whatever its words and values are; and no value has a tag's beginning. */
const tagsOf = (html) => ({
  tags: html.replace(/"[^"]*"/g, '""').match(/<[^>]*>/g),
  beginnings: html.split('<').length,
})
/** The link of the documented e-mail. */
const [template] = page.blocks.filter(({ language }) => language === 'html')
const openLink = (jar, change = {}) => {
  const url = new URL(readAttributes(template.code).href.replace('{{ .SiteURL }}', ORIGIN))
  url.searchParams.set('token_hash', supabase.issueTokenHash({ type: 'magiclink' }))
  for (const [name, value] of Object.entries({ type: 'magiclink', ...change }))
    url.searchParams.set(name, value)
  return jar.fetch(url)
}

test('a sign-in lands on next; a cancelled one has the app’s words, and starts again with provider and next', async () => {
  const jar = open()
  await signIn(jar)
  assert.deepEqual([at(jar), isSignedIn(jar)], ['/account?tab=1', true])

  const other = open()
  supabase.leg.outcome = 'denied'
  const html = await (await signIn(other)).text()
  const { pathname, searchParams } = new URL(other.url)
  assert.deepEqual([pathname, searchParams.get('error')], ['/sign-in-failed', 'provider_access_denied'])
  assert.match(html, /<html lang="de" dir="ltr">/)
  assert.match(html, /<p>Sie haben die Anmeldung abgebrochen\.<\/p>/)
  supabase.leg.outcome = 'approved'
  await other.click(linkOf(html))
  assert.deepEqual([at(other), isSignedIn(other)], ['/account?tab=1', true])
})

test('right to left; a code without words of the app has the English sentence, marked as English', async () => {
  const jar = open('xx, ar-EG;q=0.9, de;q=0.8')
  const html = await (await jar.fetch(`${ORIGIN}/sign-in-failed?error=otp_expired`)).text()
  assert.match(html, /<html lang="ar" dir="rtl">/)
  assert.match(html, /<span lang="en" dir="ltr">This link is expired or used\. Request a new one\.<\/span>/)
  assert.equal(linkOf(html), '/')
  for (const language of ['', 'fr', 'den', 'd', '__proto__', ',;=-', '*']) {
    const other = await open(language).fetch(`${ORIGIN}/sign-in-failed?error=provider_access_denied`)
    assert.match(await other.text(), /<html lang="en" dir="ltr">[\s\S]*<p>You pressed Cancel\.<\/p>/)
  }
})

test('opening the link of the e-mail redeems nothing, and the button signs in', async () => {
  const jar = open('ar')
  const before = supabase.stats.count('verify')
  const response = await openLink(jar)
  const html = await response.text()
  assert.match(html, /<html lang="ar" dir="rtl">/)
  assert.equal(response.headers.get('referrer-policy'), 'same-origin')
  assert.deepEqual([supabase.stats.count('verify'), isSignedIn(jar)], [before, false])
  await jar.submit(html)
  assert.deepEqual([at(jar), isSignedIn(jar)], ['/welcome', true])
  await jar.fetch(`${ORIGIN}/open`)
  await jar.submit(html)
  assert.equal(new URL(jar.url).searchParams.get('error'), 'otp_expired')
})

test('the same form on a page of another site signs nobody in', async () => {
  const jar = open()
  const html = await (await openLink(jar)).text()
  const stranger = open()
  stranger.url = `${EVIL}/`
  const { status } = await stranger.submit(html.replace('action="', `action="${ORIGIN}`))
  assert.deepEqual([status, isSignedIn(stranger)], [403, false])
})

test('no hostile error, provider or next brings markup or another site into the error page', async () => {
  const known = { error: 'otp_expired', provider: 'bitbucket', next: '/a' }
  const show = async (jar, query) =>
    (await jar.fetch(`${ORIGIN}/sign-in-failed?${new URLSearchParams({ ...known, ...query })}`)).text()
  const tags = tagsOf(await show(open(), {}))
  for (const name of Object.keys(known)) {
    for (const value of HOSTILE) {
      const jar = open()
      const html = await show(jar, { [name]: value })
      assert.deepEqual(tagsOf(html), tags, `${name}=${value}`)
      const link = new URL(linkOf(html), jar.url)
      assert.equal(link.origin + link.pathname, `${ORIGIN}/auth/sign-in`)
      const hops = jar.hops.length
      await jar.click(link)
      for (const { url } of jar.hops.slice(hops)) assert.notEqual(new URL(url).hostname, 'evil.example')
      if (name === 'next') assert.equal(isSignedIn(jar), true)
    }
  }
})

test('no hostile token_hash, type or next brings markup or another site into the page of the link', async () => {
  const tags = tagsOf(await (await openLink(open())).text())
  for (const name of ['token_hash', 'type', 'next']) {
    for (const value of HOSTILE) {
      const jar = open()
      const html = await (await openLink(jar, { [name]: value })).text()
      assert.deepEqual(tagsOf(html), tags, `${name}=${value}`)
      const form = findForm(html)
      assert.deepEqual(
        [form.action, Object.keys(form.fields)],
        ['/auth/confirm', ['token_hash', 'type', 'next']],
      )
      await jar.submit(html)
      assert.equal(new URL(jar.url).origin, ORIGIN)
      assert.equal(isSignedIn(jar), name === 'next')
    }
  }
})
