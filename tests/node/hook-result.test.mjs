// What onSession and onSignOut may return: one rule for every host, and whatever else they return is refused by name.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { toNodeHandler } from '../../dist/node.js'
import { callbackUrl, makeApp, makeRequest, startSignIn } from './support/app.mjs'
import { read, refusal, signIn, signOut } from './support/hook.mjs'
import { ask, serve } from './support/node-servers.mjs'
import { oddValues } from './support/odd-values.mjs'
import { clears } from './support/outcome.mjs'

describe('the shape of an answer', () => {
  test('nothing, or a plain object of whatever realm', () => {
    const empty = { headers: [], redirect: '', provider: '', token: '', token_type_hint: '', data: '' }
    for (const answer of [undefined, null, {}, Object.create(null), { headers: undefined, redirect: null }])
      assert.deepEqual(read(answer), empty)
  })

  test('anything else is refused, and names the hook', () => {
    const odd = {
      ...oddValues(),
      response: new Response('x'),
      text: '/x',
      false: false,
      nothing: '',
      zero: 0,
    }
    const plain = ['an object with a negative length', 'an object of another realm', 'an object']
    for (const [kind, answer] of Object.entries(odd)) {
      if (kind === 'a proxy that throws') assert.throws(() => read(answer), { message: 'somebody looked' })
      else assert.throws(() => read(answer), refusal('onSession:'), kind)
    }
    for (const kind of plain) assert.throws(() => read(odd[kind]), refusal('it must not return'))
  })

  test('an unknown member is refused by its name, also one that nobody sees', () => {
    for (const name of [
      'header',
      'Redirect',
      'status',
      'cookies',
      'next',
      'then',
      'hook',
      'location',
      '__proto__',
    ])
      assert.throws(() => read(JSON.parse(`{"${name}":"x"}`)), refusal('onSession:', `\`${name}\``))
    assert.throws(() => read({ [Symbol('x')]: 1 }), refusal('`Symbol(x)`'))
    assert.throws(() => read(Object.defineProperty({}, 'status', { value: 1 })), refusal('`status`'))
    assert.throws(() => read({ data: 1 }, 'onSignOut'), refusal('onSignOut:', '`data`'))
    for (const name of ['provider', 'token', 'token_type_hint']) {
      assert.throws(() => read({ [name]: 'x' }), refusal('onSession:', `\`${name}\``))
      assert.equal(read({ [name]: 'x' }, 'onSignOut')[name], 'x')
      assert.throws(() => read({ [name]: ['x'] }, 'onSignOut'), refusal('onSignOut:', `\`${name}\``))
    }
  })

  test('what stands in a prototype is nobody’s answer', () => {
    try {
      Object.prototype.redirect = 'https://evil.example/'
      assert.equal(read({}).redirect, '')
    } finally {
      delete Object.prototype.redirect
    }
  })
})

describe('headers', () => {
  const wanted = [
    ['set-cookie', 'a=1'],
    ['set-cookie', 'b=2'],
    ['x-app', 'caf\u00e9'],
  ]
  const forms = {
    'a Headers': new Headers(wanted),
    'a list of pairs': wanted,
    'a Map with a list of cookies': new Map([
      ['Set-Cookie', ['a=1', 'b=2']],
      ['X-App', 'caf\u00e9'],
    ]),
    'an object with a list of cookies': { 'Set-Cookie': ['a=1', 'b=2'], 'X-App': 'caf\u00e9' },
    'what gives pairs': (function* () {
      yield* wanted
    })(),
  }
  for (const [form, headers] of Object.entries(forms))
    test(`${form}`, () => assert.deepEqual(read({ headers }).headers, wanted))

  test('no cookies at all is an empty list', () =>
    assert.deepEqual(read({ headers: { 'set-cookie': [] } }).headers, []))

  test('anything else is refused by name', () => {
    const odd = Object.entries({ ...oddValues(), text: 'a: b', true: true })
    for (const [kind, headers] of odd) {
      // Their own iterators throw, and that is the cause then.
      if (['a proxy that throws', 'a proxy of bytes', 'what inherits from bytes'].includes(kind)) continue
      // An object of strings, and what gives pairs, though none.
      if (kind !== 'an object' && kind !== 'a form')
        assert.throws(() => read({ headers }), refusal('onSession:', '`headers`'), kind)
      assert.throws(
        () => read({ headers: { 'x-app': kind === 'text' ? 'a\nb' : headers } }),
        refusal('`x-app`'),
        kind,
      )
      if (kind !== 'a list' && kind !== 'text')
        assert.throws(() => read({ headers: { 'set-cookie': headers } }), refusal('`set-cookie`'), kind)
    }
    assert.throws(() => read({ headers: { 'x-app': ['a', 'b'] } }), refusal('`x-app`'))
    for (const pair of [[], ['a'], ['a', 'b', 'c'], 'ab', [1, 'b'], [['a'], 'b'], null, { 0: 'a', 1: 'b' }])
      assert.throws(() => read({ headers: [pair] }), refusal('`headers`'))
  })

  test('names and values that are none', () => {
    for (const name of ['', ' ', 'a b', 'a:', 'a\n', '\u00e9', 'a"', 'a,b'])
      assert.throws(() => read({ headers: { [name]: 'x' } }), refusal('`headers`'), JSON.stringify(name))
    for (const value of ['a\r\nb', 'a\nb', 'a\rb', '\0', '\x7f', '\u0100', '\ud800', '\u2028'])
      for (const name of ['x-app', 'set-cookie'])
        assert.throws(
          () => read({ headers: { [name]: value } }),
          refusal(`\`${name}\``),
          JSON.stringify(value),
        )
  })

  const OURS = ['location', 'cache-control', 'referrer-policy']
  const FRAMING = [
    'content-length',
    'transfer-encoding',
    'connection',
    'keep-alive',
    'upgrade',
    'te',
    'trailer',
  ]
  for (const name of [...OURS, ...FRAMING, 'content-encoding', 'Proxy-Connection', 'HTTP2-Settings'])
    test(`${name} is not the app’s to set`, async () => {
      for (const headers of [{ [name]: '/x' }, [[name.toUpperCase(), '/x']], new Headers([[name, '/x']])]) {
        const signedIn = await signIn({ headers })
        assert.equal(signedIn.code, 'session_refused')
        refusal('onSession:', `\`${name.toLowerCase()}\``)(signedIn.event.cause)
        assert.ok(clears(signedIn, signedIn.tx.name))
        const signedOut = await signOut({ headers })
        assert.equal(signedOut.code, 'sign_out_failed')
        refusal('onSignOut:', `\`${name.toLowerCase()}\``)(signedOut.event.cause)
      }
    })
})

test('Node and a Response say the same: several cookies are several lines, and there is one target', async (t) => {
  const answer = {
    headers: { 'set-cookie': ['a=1; Path=/', 'b=2'], 'x-app': 'caf\u00e9' },
    redirect: '/\u00e9',
  }
  const app = makeApp({ onSession: () => answer })
  const servers = await Promise.all(['http', 'h2c'].map((kind) => serve(t, toNodeHandler(app.auth), kind)))
  const hosts = [
    (url, cookie) => app.auth.callback(makeRequest(url, { cookie })),
    ...servers.map((server) => (url, cookie) => ask(server, url, { headers: { cookie } })),
  ]
  for (const host of hosts) {
    const tx = await startSignIn(app)
    const { headers } = await host(callbackUrl(tx.state), tx.cookie)
    const own = headers.getSetCookie().filter((line) => /^[ab]=/.test(line))
    assert.deepEqual(own, ['a=1; Path=/', 'b=2'])
    assert.equal(headers.get('location'), '/%C3%A9#')
    assert.equal(headers.get('x-app'), 'caf\u00e9')
  }
})
