// The small pages that Landfall serves itself, as text: what is in them, and what must never be.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { PAGE_SCRIPT } from '../../js-glue/server/page-script.js'
import { STYLE } from '../../js-glue/server/page-style.js'
import { confirmPage, errorPage, PAGE_POLICY } from '../../js-glue/server/pages.js'
import { makeApp, makeRequest } from './support/app.mjs'

const ROUTES = { retryUrl: '/auth/sign-in', callbackPath: '/auth/callback' }
const KNOWN = { code: 'otp_expired', message: 'This link has expired. Ask for `another` one.' }
const HOSTILE = [
  '"><script>alert(1)</script>',
  `' onfocus='alert(1)' x="`,
  '</title></style></noscript><img src=x onerror=alert(1)>',
  '&quot;&#34;<!--',
  '`</code><script>`',
  'javascript:alert(1)',
  '\0\r\n\u2028\ud800',
]
const TYPES = ['signup', 'invite', 'magiclink', 'recovery', 'email_change', 'email']

const error = (about) => errorPage({ ...ROUTES, ...about })
const confirm = (link) => confirmPage({ action: '/auth/confirm', tokenHash: 'pkce_1', ...link })
const links = (page) =>
  [...page.matchAll(/<a[^>]* href="([^"]*)">([^<]*)/g)].map(([, href, text]) => [text, href])
const decode = (text) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
const fields = (page) =>
  [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(([, name, value]) => [
    name,
    decode(value),
  ])

/** The page's tags without any values, which is what must not depend on the input. */
const shapeOf = (page) =>
  page
    .replace(PAGE_SCRIPT, '')
    .replace(/(\w)="[^"]*"/g, '$1')
    .match(/<[^>]*>/g)
    .join('')

/** Every kind of page, for what holds for all of them. */
const pages = () => [
  error({}),
  error({ ...KNOWN, provider: 'bitbucket', next: '/x' }),
  ...TYPES.map((type) => confirm({ type, next: '/x' })),
]

test('a Cookie header that is too long for the core is no loop: the page itself says so', async () => {
  const { auth } = makeApp()
  const response = await auth.error(
    makeRequest('/auth/auth-code-error', { cookie: `a=${'x'.repeat(800_000)}` }),
  )
  assert.equal(response.status, 200)
  assert.match(await response.text(), /request_too_large/)
})

test('hostile values change no tag of a page', () => {
  const plain = {
    code: 'a',
    message: 'a',
    provider: 'a',
    next: 'a',
    retryUrl: 'a',
    callbackPath: 'a',
  }
  const link = { action: 'a', type: 'a', tokenHash: 'a', next: 'a' }
  for (const hostile of HOSTILE) {
    for (const name of Object.keys(plain)) {
      // A sentence in backquotes is the one thing that becomes a tag, and only with nothing of the input in it.
      const page = errorPage({ ...plain, [name]: hostile }).replace(/(<p>.*)<code>(.*)<\/code>/, '$1$2')
      assert.equal(shapeOf(page), shapeOf(errorPage(plain)), `${name}: ${hostile}`)
    }
    for (const name of Object.keys(link))
      assert.equal(
        shapeOf(confirmPage({ ...link, [name]: hostile })),
        shapeOf(confirmPage(link)),
        `${name}: ${hostile}`,
      )
  }
})

test('the form sends back exactly what came', () => {
  for (const hostile of HOSTILE) {
    const page = confirm({ type: hostile, tokenHash: hostile, next: hostile })
    assert.deepEqual(fields(page), [
      ['token_hash', hostile],
      ['type', hostile],
      ['next', hostile],
    ])
  }
  assert.deepEqual(fields(confirm({ type: 'signup' })), [
    ['token_hash', 'pkce_1'],
    ['type', 'signup'],
  ])
})

test('"Start again" keeps provider and next, and the start page is the other way on', () => {
  const next = '/reports?a=1&b="2"#q3'
  const [[text, href], other, ...rest] = links(error({ ...KNOWN, provider: 'bit&bucket', next }))
  const { pathname, searchParams } = new URL(decode(href), 'https://app.example')
  assert.equal(text, 'Start again')
  assert.equal(pathname, '/auth/sign-in')
  assert.deepEqual(
    [...searchParams],
    [
      ['provider', 'bit&bucket'],
      ['next', next],
    ],
  )
  assert.deepEqual(other, ['Go to the start page', '/'])
  assert.deepEqual(rest, [])
})

test('what a developer needs is folded away under the code, and only what is known', () => {
  const detailsOf = (page) => /<details>(.*)<\/details>/.exec(page)?.[1]
  const summary = '<summary>Error code: <code>otp_expired</code></summary>'
  assert.equal(detailsOf(error(KNOWN)), summary)
  assert.equal(
    detailsOf(error({ ...KNOWN, blame: 'browser', spec: 'RFC 6749 5.2', provider: 'bit<bucket' })),
    `${summary}<div>Provider: bit&#60;bucket</div><div>Has to act: browser</div><div>Specification: RFC 6749 5.2</div>`,
  )
  assert.equal(detailsOf(error({ code: 'made_up_by_the_address' })), undefined)
})

test('the page of a handler has its row of the error table', async () => {
  const { auth } = makeApp()
  const page = await (
    await auth.error(makeRequest('/auth/auth-code-error?error=state_mismatch&provider=main'))
  ).text()
  assert.match(
    page,
    /<code>state_mismatch<\/code><\/summary><div>Provider: main<\/div><div>Has to act: browser<\/div>/,
  )
  assert.match(page, /<div>Specification: RFC 6749 10\.12<\/div><\/details>/)
})

test('a sign-in that cannot work is not offered', () => {
  const start = [['Go to the start page', '/']]
  assert.deepEqual(links(error({})), start)
  assert.deepEqual(links(error({ ...KNOWN, next: '/x' })), start)
  for (const code of ['provider_unknown', 'sign_out_failed', 'revocation_failed'])
    assert.deepEqual(links(error({ code, message: 'No.', provider: 'x' })), start, code)
})

test('the sentence and the code of the error table are shown, and a code without a sentence is not', () => {
  const known = error(KNOWN)
  assert.match(known, /<p>This link has expired\. Ask for <code>another<\/code> one\.<\/p>/)
  assert.match(known, /Error code: <code>otp_expired<\/code>/)
  assert.doesNotMatch(known, /<noscript>/)
  const unknown = error({ code: 'call-0800-now' })
  assert.doesNotMatch(unknown, /0800|Error code/)
  assert.equal(unknown, error({ code: '' }))
  assert.match(unknown, /<noscript>/)
})

test('the heading is true for every code', () => {
  const heading = (code, message = 'A sentence.') => error({ code, message }).match(/<h1>(.*)<\/h1>/)[1]
  assert.equal(heading('otp_expired'), 'The sign-in did not finish')
  assert.equal(heading('sign_out_failed'), 'The sign-out did not finish')
  assert.equal(heading('transaction_used'), 'Already finished')
  assert.equal(heading('email_change_half_confirmed'), 'One more step')
  assert.equal(heading('constructor'), 'The sign-in did not finish')
})

test('every type of link has words of its own, and one button', () => {
  const words = TYPES.map((type) => {
    const page = confirm({ type })
    assert.equal(page.match(/<button/g).length, 1)
    assert.match(page, /<form method="post" action="\/auth\/confirm">/)
    return page
      .match(/<h1>(.*)<\/h1>[\s\S]*<button class="main">(.*)<\/button>/)
      .slice(1)
      .join(': ')
  })
  assert.deepEqual(words, [
    'Confirm your e-mail address: Confirm',
    'Accept the invitation: Accept',
    'Sign in: Sign in',
    'Reset your password: Reset the password',
    'Change your e-mail address: Confirm the change',
    'Confirm your e-mail address: Confirm and sign in',
  ])
  for (const type of ['constructor', undefined])
    assert.match(confirm({ type }), /<h1>Confirm your e-mail address<\/h1>/)
})

test('the policy allows the style and the script of the page, and no others', () => {
  const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const parts = PAGE_POLICY.split('; ')
  for (const page of pages()) {
    const inside = (tag) =>
      [...page.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, text]) => text)
    assert.deepEqual(inside('style'), [STYLE])
    assert.deepEqual(inside('script'), [PAGE_SCRIPT])
    assert.ok(parts.includes(`style-src ${hashOf(STYLE)}`))
    assert.ok(parts.includes(`script-src ${hashOf(PAGE_SCRIPT)}`))
  }
})

test('nothing needs a wider policy: no handler inside, nothing loaded from anywhere', () => {
  for (const page of pages()) {
    assert.match(page, /<script data-callback="[^"]*">/)
    const html = page.replace(PAGE_SCRIPT, '')
    assert.doesNotMatch(html, /<[^>]* (?:on\w+|style|src)\s*=/)
    assert.doesNotMatch(html, /https?:|@import|url\(/)
  }
  assert.doesNotMatch(PAGE_POLICY, /unsafe|\*|https?:|self/)
  for (const part of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
    assert.ok(PAGE_POLICY.split('; ').includes(part), part)
})

test('an error in the fragment goes to the callback of Supabase, and nowhere where there is none', async () => {
  const callbackOf = async (options) => {
    const { auth } = makeApp(options)
    const response = await auth.error(makeRequest('/auth/auth-code-error'))
    assert.equal(response.headers.get('content-security-policy'), `${PAGE_POLICY}; form-action 'none'`)
    return decode(/<script data-callback="([^"]*)">/.exec(await response.text())[1])
  }
  const supabase = { url: 'https://abcd.supabase.co', key: 'anon-key' }
  assert.equal(await callbackOf({ supabase }), '/auth/callback')
  assert.equal(await callbackOf({ supabase, paths: { callback: '/login/back' } }), '/login/back')
  assert.equal(await callbackOf({}), '')
  assert.match(confirm({}), /<script data-callback="">/)
})

test('no address answers with a script', async () => {
  const app = makeApp({ supabase: { url: 'https://abcd.supabase.co', key: 'anon-key' } })
  for (const path of ['/auth/callback', '/auth/callback/main', '/auth/sign-in', '/auth/auth-code-error', '/'])
    for (const query of ['?script', '?script=', '?provider=main&x=?script']) {
      const response = await app.auth.handle(makeRequest(path + query))
      if (path === '/') assert.equal(response, undefined)
      else assert.doesNotMatch(response.headers.get('content-type') ?? '', /javascript/, path + query)
      assert.match(response?.headers.get('cache-control') ?? 'no-store', /no-store/, path + query)
    }
})

test('each page has its language, title, one first heading, and keeps its address to itself', () => {
  for (const page of pages()) {
    assert.match(page, /^<!doctype html>\n<html lang="en">\n<meta charset="utf-8">/)
    assert.equal(page.match(/<title>(.*)<\/title>/)[1], page.match(/<h1>(.*)<\/h1>/)[1])
    assert.equal(page.match(/<h1|<main>/g).length, 2)
    assert.match(page, /<meta name="robots" content="noindex">/)
    assert.match(page, /<meta name="referrer" content="(?:no-referrer|strict-origin)">/)
  }
})

test('the script is one, for browsers since 2017, and writes nothing into a page', () => {
  assert.doesNotThrow(() => new Function(PAGE_SCRIPT))
  // Nothing in it ends the element that it stands in.
  assert.doesNotMatch(PAGE_SCRIPT, /<[/!]|[^\n -~]/)
  assert.doesNotMatch(PAGE_SCRIPT, /innerHTML|textContent|document\.(?!currentScript)|\?\.|\?\?|eval|fetch/)
})
