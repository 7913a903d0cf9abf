// Landfall's own pages, read as a browser reads them: whatever an address, a form or the configuration says, no element, attribute or
// script is another one, and the headers keep it that way.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { LandfallError } from '../../dist/index.js'
import { makeApp, makeRequest, ORIGIN, PROVIDER } from './support/app.mjs'
import { HOSTILE } from './support/hostile-text.mjs'
import { assertSafe, attributeOf, findAll, shapeOf, textOf } from './support/html-tree.mjs'

const SUPABASE = { url: 'https://abcd.supabase.co', key: 'anon-key' }
const TYPES = ['signup', 'invite', 'magiclink', 'recovery', 'email_change', 'email']
const LOCAL = 'http://localhost:3000'
/** What no URL can hold as it is comes in the body of a form, or percent-encoded by hand. */
const encode = (query) => new URLSearchParams(query).toString()

const full = makeApp({ supabase: SUPABASE, providers: { main: PROVIDER } })
const unset = makeApp({
  origin: LOCAL,
  secret: undefined,
  supabase: { ...SUPABASE, key: undefined },
  providers: { main: { ...PROVIDER, clientId: undefined } },
})

/** The answer to a request, and the tree of its page. */
const load = async ({ auth }, path, query, about, init = {}) => {
  const response = await auth.handle(makeRequest(`${path}?${encode(query)}`, init))
  const html = await response.text()
  return { response, html, document: assertSafe(response, html, about) }
}

/** Where a page is, and what makes it one of its kind. */
const PAGES = [
  {
    path: '/auth/auth-code-error',
    query: {},
    names: ['error', 'provider', 'next', 'error_description', 'code', 'x'],
  },
  {
    path: '/auth/auth-code-error',
    query: { error: 'otp_expired', provider: 'main', next: '/x' },
    names: ['error_description', 'code', 'state', 'option', 'variable', 'retry', '{{code}}'],
  },
  { path: '/auth/callback', query: {}, names: ['provider', 'next', 'state', 'iss', 'sb_flow_id', 'x'] },
  ...TYPES.map((type) => ({
    path: '/auth/confirm',
    query: { token_hash: 'pkce_1', type, next: '/x' },
    names: ['token_hash', 'email', 'error', 'action', 'button', 'sentence', 'x'],
  })),
]

test('no words of a hook change the tree of a page', async () => {
  const refuse = async (message) => {
    const app = makeApp({ supabase: SUPABASE }, () =>
      Response.json({ code: 'unknown', message }, { status: 403 }),
    )
    const started = await app.auth.handle(makeRequest('/auth/sign-in?provider=bitbucket&next=/x'))
    const cookie = started.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ')
    const redirectTo = new URL(new URL(started.headers.get('location')).searchParams.get('redirect_to'))
    redirectTo.searchParams.set('code', '0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f')
    const response = await app.auth.handle(new Request(redirectTo, { headers: { cookie } }))
    const html = await response.text()
    const document = response.status === 403 ? assertSafe(response, html, message) : undefined
    return { response, html, document, events: app.events }
  }
  const plain = shapeOf((await refuse('words')).document)
  let shown = 0
  for (const [kind, hostile] of Object.entries(HOSTILE)) {
    const message = `Mit ü: ${hostile}`
    const { response, html, document, events } = await refuse(message)
    assert.match(events.at(-1).description, /^[\x20-\x7e]*$/, kind)
    // What is no plain text is not shown.
    if (response.status === 303) continue
    shown += 1
    assert.equal(response.status, 403, kind)
    assert.deepEqual(shapeOf(document), plain, kind)
    assert.ok(/^[\n\x20-\x7e]*$/.test(html), kind)
    assert.ok(textOf(document).includes(message.toWellFormed()), kind)
  }
  assert.ok(shown > 2, `${shown} shown`)
})

test('no value of a query changes the tree of a page', async () => {
  for (const { path, query, names } of PAGES) {
    const plain = shapeOf((await load(full, path, query, path)).document)
    for (const name of names)
      for (const [kind, hostile] of Object.entries(HOSTILE)) {
        const about = `${path} ${name}: ${kind}`
        const { auth } = full
        const response = await auth.handle(makeRequest(`${path}?${encode({ ...query, [name]: hostile })}`))
        // What is no token_hash is no page.
        if (name === 'token_hash' && response.status === 303) continue
        const html = await response.text()
        assert.deepEqual(shapeOf(assertSafe(response, html, about)), plain, about)
      }
  }
})

test('a next and a provider that the page keeps are addresses of the app, and come back as they were', async () => {
  for (const [kind, hostile] of Object.entries(HOSTILE))
    for (const next of [
      `/${hostile}`,
      `/x?a=${hostile}`,
      `/x#${hostile}`,
      hostile,
      `/${encodeURIComponent(hostile.toWellFormed?.() ?? '')}`,
    ]) {
      const about = `next: ${kind}`
      const query = { error: 'otp_expired', provider: 'main' }
      const error = await load(full, '/auth/auth-code-error', { ...query, next }, about)
      const plain = await load(full, '/auth/auth-code-error', query, about)
      assert.deepEqual(shapeOf(error.document), shapeOf(plain.document), about)
      const retry = findAll(error.document, 'a').map((link) => attributeOf(link, 'href'))
      assert.equal(new URL(retry[0], ORIGIN).pathname, '/auth/sign-in')
      const kept = new URL(retry[0], ORIGIN).searchParams.get('next')
      const confirm = await load(full, '/auth/confirm', { token_hash: 'pkce_1', type: 'email', next }, about)
      const fields = findAll(confirm.document, 'input').map((input) => [
        attributeOf(input, 'name'),
        attributeOf(input, 'value'),
      ])
      assert.equal(new Map(fields).get('next') ?? null, kept, about)
      if (kept !== null) assert.equal(new URL(kept, ORIGIN).origin, ORIGIN, about)
    }
})

test('a page about settings names them and nothing else, whatever the address says', async () => {
  const init = { headers: [['host', 'localhost:3000']] }
  for (const [path, query] of [
    [`${LOCAL}/auth/sign-in`, { provider: 'main' }],
    [`${LOCAL}/auth/callback/main`, { code: 'c', state: 's' }],
    [`${LOCAL}/auth/sign-in`, { provider: 'bitbucket' }],
    [`${LOCAL}/auth/confirm`, { token_hash: 'h', type: 'email' }],
  ]) {
    const plain = await load(unset, path, query, path, init)
    assert.equal(plain.response.status, 500, path)
    for (const name of ['next', 'code', 'option', 'variable', 'error'])
      for (const [kind, hostile] of Object.entries(HOSTILE)) {
        const about = `${path} ${name}: ${kind}`
        const { document } = await load(unset, path, { ...query, [name]: hostile }, about, init)
        assert.deepEqual(shapeOf(document), shapeOf(plain.document), about)
        assert.equal(textOf(findAll(document, 'main')[0]), textOf(findAll(plain.document, 'main')[0]), about)
      }
  }
})

test('a hostile text in the configuration is refused, or is text in the page', async () => {
  const query = { error: 'otp_expired', provider: 'main', next: '/x' }
  const shapes = await Promise.all(
    PAGES.map(async (one) => shapeOf((await load(full, one.path, one.query, one.path)).document)),
  )
  let taken = 0
  const check = async (
    about,
    options,
    error = '/auth/auth-code-error',
    confirm = '/auth/confirm',
    provider = 'main',
  ) => {
    let app
    try {
      app = makeApp({ supabase: SUPABASE, providers: { main: PROVIDER }, ...options })
    } catch (refused) {
      assert.ok(refused instanceof LandfallError, about)
      assert.match(refused.message, /^[\x20-\x7e]+$/, about)
      return
    }
    taken++
    for (const [path, page, at] of [
      [error, { ...query, provider }, 1],
      [confirm, PAGES.at(-1).query, PAGES.length - 1],
    ]) {
      const method = path === error ? 'error' : 'confirm'
      const response = await app.auth[method](makeRequest(`${path === error ? '/e' : '/c'}?${encode(page)}`))
      const html = await response.text()
      assert.deepEqual(shapeOf(assertSafe(response, html, about)), shapes[at], about)
    }
  }
  for (const [kind, hostile] of Object.entries(HOSTILE))
    for (const text of [hostile, `/${hostile}`, `/${encodeURI(hostile.toWellFormed?.() ?? 'a')}`]) {
      for (const name of ['signIn', 'callback', 'confirm', 'error', 'afterSignIn'])
        await check(`paths.${name}: ${kind}`, { paths: { [name]: text } })
      await check(`providers: ${kind}`, { providers: { [text]: PROVIDER } }, undefined, undefined, text)
      await check(`supabase.providers: ${kind}`, { supabase: { ...SUPABASE, providers: { [text]: {} } } })
    }
  for (const path of ['/a&b', "/a'b", '/a=b;c', '/(x)!$*', '/a;b@c:d'])
    for (const name of ['signIn', 'callback', 'confirm'])
      await check(`${name} ${path}`, { paths: { [name]: path } })
  assert.ok(taken > 10, `${taken} were taken`)
})

test('an answer in text is nothing but text', async () => {
  for (const [kind, hostile] of Object.entries(HOSTILE))
    for (const [path, init] of [
      ['/auth/sign-in', { method: 'POST' }],
      ['/auth/confirm', { method: 'POST', headers: [['origin', 'https://evil.example']] }],
      ['/auth/sign-out', { method: 'POST', headers: [['origin', 'https://evil.example']] }],
      ['/auth/callback/main', { method: 'PUT' }],
      [
        '/auth/sign-in',
        {
          headers: [
            ['sec-fetch-site', 'cross-site'],
            ['sec-fetch-dest', 'image'],
          ],
        },
      ],
    ]) {
      const query = { error: hostile, provider: hostile, next: hostile, [hostile]: hostile }
      const { status, headers, ...more } = await full.auth
        .handle(makeRequest(`${path}?${encode(query)}`, init))
        .then(async (response) => ({
          status: response.status,
          headers: response.headers,
          text: await response.text(),
        }))
      const about = `${init.method ?? 'GET'} ${path}: ${kind}`
      assert.ok(status >= 400, about)
      assert.match(more.text, /^[a-z_]+: [\x20-\x7e]+\n$/, about)
      assert.equal(headers.get('content-type'), 'text/plain; charset=utf-8', about)
      assert.equal(headers.get('x-content-type-options'), 'nosniff', about)
      assert.equal(
        headers.get('content-security-policy'),
        "default-src 'none'; frame-ancestors 'none'",
        about,
      )
    }
})

test('the demo and its page make no markup of a text', () => {
  const root = new URL('../../', import.meta.url)
  const folders = ['web-demo/', 'web-demo/page/', 'js-glue/browser/']
  const files = folders.flatMap((folder) =>
    readdirSync(new URL(folder, root))
      .filter((name) => /\.m?js$/.test(name))
      .map((name) => folder + name),
  )
  assert.ok(files.length > 25)
  for (const file of files)
    assert.doesNotMatch(
      readFileSync(new URL(file, root), 'utf8'),
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|HTMLUnsafe|createContextualFragment|srcdoc|\beval\(|new Function/,
      file,
    )
})
