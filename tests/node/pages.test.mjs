// The small pages that Landfall serves itself, as handlers send them: what is in them, and what must never be.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { makeApp, makeRequest, PROVIDER } from './support/app.mjs'

const SUPABASE = { url: 'https://abcd.supabase.co', key: 'anon-key' }
const TYPES = ['signup', 'invite', 'magiclink', 'recovery', 'email_change', 'email']
/** What a token_hash may be: printable ASCII. */
const HOSTILE = [
  '"><script>alert(1)</script>',
  `' onfocus='alert(1)' x="`,
  '</title></style></noscript><img src=x onerror=alert(1)>',
  '&quot;&#34;<!--',
  '`</code><script>`',
  '{{style}}{{{script}}}',
]

const app = makeApp({ supabase: SUPABASE, providers: { main: PROVIDER } })
/** @param {string} route @param {Record<string, string>} query */
const load = async (route, query) => {
  const path = { error: '/auth/auth-code-error', confirm: '/auth/confirm' }[route]
  const response = await app.auth[route](makeRequest(`${path}?${new URLSearchParams(query)}`))
  assert.equal(response.status, 200)
  return { policy: response.headers.get('content-security-policy'), page: await response.text() }
}
const error = async (about) => (await load('error', about)).page
const confirm = async (link) =>
  (await load('confirm', { token_hash: 'pkce_1', type: 'signup', ...link })).page
const links = (page) =>
  [...page.matchAll(/<a[^>]* href="([^"]*)">([^<]*)/g)].map(([, href, text]) => [text, href])
const decode = (text) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
const fields = (page) =>
  [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(([, name, value]) => [
    name,
    decode(value),
  ])
const inside = (page, tag) =>
  [...page.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, text]) => text)

/** The page's tags without any values, which is what must not depend on the input. */
const shapeOf = (page) =>
  page
    .replace(inside(page, 'script')[0], '')
    .replace(/(\w)="[^"]*"/g, '$1')
    .match(/<[^>]*>/g)
    .join('')

/** Every kind of page, for what holds for all of them. */
const pages = () =>
  Promise.all([
    load('error', {}),
    load('error', { error: 'otp_expired', provider: 'main', next: '/x' }),
    ...TYPES.map((type) => load('confirm', { token_hash: 'pkce_1', type, next: '/x' })),
  ])

test('a Cookie header that is too long for the core is no loop: the page itself says so', async () => {
  const { auth } = makeApp()
  const response = await auth.error(
    makeRequest('/auth/auth-code-error', { cookie: `a=${'x'.repeat(2_200_000)}` }),
  )
  assert.equal(response.status, 200)
  assert.match(await response.text(), /request_too_large/)
})

test('hostile values change no tag of a page, and the form sends back exactly what came', async () => {
  const plain = await confirm({})
  for (const hostile of HOSTILE) {
    const page = await confirm({ token_hash: hostile })
    assert.equal(shapeOf(page), shapeOf(plain), hostile)
    assert.deepEqual(fields(page), [
      ['token_hash', hostile],
      ['type', 'signup'],
    ])
    const next = `/${encodeURIComponent(hostile)}`
    assert.deepEqual(fields(await confirm({ next })).at(-1), ['next', next])
    // A code, a provider and a path that nobody knows stand nowhere in the page.
    assert.equal(await error({ error: hostile, provider: hostile, next: hostile }), await error({}))
  }
})

test('"Start again" keeps provider and next, and the start page is the other way on', async () => {
  const next = '/reports?a=1&b=%222%22#q3'
  const [[text, href], other, ...rest] = links(await error({ error: 'otp_expired', provider: 'main', next }))
  const { pathname, searchParams } = new URL(decode(href), 'https://app.example')
  assert.equal(text, 'Start again')
  assert.equal(pathname, '/auth/sign-in')
  assert.deepEqual(
    [...searchParams],
    [
      ['provider', 'main'],
      ['next', next],
    ],
  )
  assert.deepEqual(other, ['Go to the start page', '/'])
  assert.deepEqual(rest, [])
})

test('what a developer needs is folded away under the code, and only what is known', async () => {
  const detailsOf = (page) => /<details>(.*)<\/details>/.exec(page)?.[1]
  const summary = (code) => `<summary>Error code: <code>${code}</code></summary>`
  assert.equal(
    detailsOf(await error({ error: 'otp_expired' })),
    `${summary('otp_expired')}<div>Who must act: browser</div>`,
  )
  assert.equal(
    detailsOf(await error({ error: 'state_mismatch', provider: 'main' })),
    `${summary('state_mismatch')}<div>Provider: main</div><div>Who must act: browser</div><div>Specification: RFC 6749 10.12</div>`,
  )
  assert.equal(detailsOf(await error({ error: 'made_up_by_the_address' })), undefined)
})

test('a sign-in that cannot work is not offered', async () => {
  const start = [['Go to the start page', '/']]
  assert.deepEqual(links(await error({})), start)
  assert.deepEqual(links(await error({ error: 'otp_expired', next: '/x' })), start)
  for (const code of ['provider_unknown', 'sign_out_failed', 'revocation_failed'])
    assert.deepEqual(links(await error({ error: code, provider: 'main' })), start, code)
})

test('the sentence and the code of the error table are shown, and an unknown code is not', async () => {
  const known = await error({ error: 'discovery_required' })
  assert.match(known, /<p>[^<]*<code>auth\.ready\(\)<\/code>[^<]*<\/p>/)
  assert.match(known, /Error code: <code>discovery_required<\/code>/)
  assert.doesNotMatch(known, /<noscript>/)
  const unknown = await error({ error: 'call-0800-now' })
  assert.doesNotMatch(unknown, /0800|Error code/)
  assert.equal(unknown, await error({ error: '' }))
  assert.match(unknown, /<noscript>/)
})

test('the heading is true for every code', async () => {
  const heading = async (code) => (await error({ error: code })).match(/<h1>(.*)<\/h1>/)[1]
  assert.equal(await heading('otp_expired'), 'The sign-in did not finish')
  assert.equal(await heading('sign_out_failed'), 'The sign-out did not finish')
  assert.equal(await heading('transaction_used'), 'Already finished')
  assert.equal(await heading('email_change_half_confirmed'), 'One more step')
  assert.equal(await heading('constructor'), 'The sign-in did not finish')
})

test('every type of link has words of its own, and one button', async () => {
  const words = []
  for (const type of TYPES) {
    const page = await confirm({ type })
    assert.equal(page.match(/<button/g).length, 1)
    assert.match(page, /<form method="post" action="\/auth\/confirm">/)
    words.push(
      page
        .match(/<h1>(.*)<\/h1>[\s\S]*<button class="main">(.*)<\/button>/)
        .slice(1)
        .join(': '),
    )
  }
  assert.deepEqual(words, [
    'Confirm your e-mail address: Confirm',
    'Accept the invitation: Accept',
    'Sign in: Sign in',
    'Reset your password: Reset the password',
    'Change your e-mail address: Confirm the change',
    'Confirm your e-mail address: Confirm and sign in',
  ])
})

test('the policy allows the style and the script of the page, and no others', async () => {
  const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  for (const { page, policy } of await pages()) {
    const [style, ...styles] = inside(page, 'style')
    const [script, ...scripts] = inside(page, 'script')
    assert.deepEqual([...styles, ...scripts], [])
    const parts = policy.split('; ')
    assert.ok(parts.includes(`style-src ${hashOf(style)}`))
    assert.ok(parts.includes(`script-src ${hashOf(script)}`))
    for (const part of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      assert.ok(parts.includes(part), part)
    assert.equal(parts.includes("form-action 'none'"), !page.includes('<form'))
    assert.doesNotMatch(policy, /unsafe|\*|https?:|self/)
  }
})

test('nothing needs a wider policy: no handler inside, nothing loaded from anywhere', async () => {
  for (const { page } of await pages()) {
    assert.match(page, /<script data-callback="[^"]*">/)
    const html = page.replace(inside(page, 'script')[0], '')
    assert.doesNotMatch(html, /<[^>]* (?:on\w+|style|src)\s*=/)
    assert.doesNotMatch(html, /https?:|@import|url\(/)
  }
})

test('an error in the fragment goes to the callback of Supabase, and nowhere where there is none', async () => {
  const callbackOf = async (options) => {
    const { auth } = makeApp(options)
    const response = await auth.error(makeRequest('/auth/auth-code-error'))
    return decode(/<script data-callback="([^"]*)">/.exec(await response.text())[1])
  }
  assert.equal(await callbackOf({ supabase: SUPABASE }), '/auth/callback')
  assert.equal(await callbackOf({ supabase: SUPABASE, paths: { callback: '/login/back' } }), '/login/back')
  assert.equal(await callbackOf({}), '')
  assert.match(await confirm({}), /<script data-callback="">/)
})

test('no address answers with a script', async () => {
  const { auth } = makeApp({ supabase: SUPABASE })
  for (const path of ['/auth/callback', '/auth/callback/main', '/auth/sign-in', '/auth/auth-code-error', '/'])
    for (const query of ['?script', '?script=', '?provider=main&x=?script']) {
      const response = await auth.handle(makeRequest(path + query))
      if (path === '/') assert.equal(response, undefined)
      else assert.doesNotMatch(response.headers.get('content-type') ?? '', /javascript/, path + query)
      assert.match(response?.headers.get('cache-control') ?? 'no-store', /no-store/, path + query)
    }
})

test('each page has its language, title, one first heading, and keeps its address to itself', async () => {
  for (const { page } of await pages()) {
    assert.match(page, /^<!doctype html>\n<html lang="en">\n<meta charset="utf-8">/)
    assert.equal(page.match(/<title>(.*)<\/title>/)[1], page.match(/<h1>(.*)<\/h1>/)[1])
    assert.equal(page.match(/<h1|<main>/g).length, 2)
    assert.match(page, /<meta name="robots" content="noindex">/)
    assert.match(page, /<meta name="referrer" content="(?:no-referrer|strict-origin)">/)
  }
})

test('the script is the one of the repository, for browsers since 2017, and writes nothing into a page', async () => {
  const scripts = new Set((await pages()).map(({ page }) => inside(page, 'script')[0].trim()))
  const [script] = scripts
  assert.equal(scripts.size, 1)
  const source = readFileSync(new URL('../../wasm/pages/page.js', import.meta.url), 'utf8')
  const lines = source.split('\n').filter((line) => line !== '' && !line.startsWith('//'))
  assert.equal(script, lines.map((line) => line.trim()).join('\n'))
  assert.doesNotThrow(() => new Function(script))
  // Nothing in it ends the element that it stands in.
  assert.doesNotMatch(script, /<[/!]|[^\n -~]/)
  assert.doesNotMatch(script, /innerHTML|textContent|document\.(?!currentScript)|\?\.|\?\?|eval|fetch/)
})
