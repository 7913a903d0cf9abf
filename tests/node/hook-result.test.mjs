// What onSession and onSignOut may return: one rule for every host, and whatever else they return is refused by name.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { toNodeHandler } from '../../dist/node.js'
import { readHookResult } from '../../dist/server/hook-result.js'
import { callbackUrl, makeApp, makeRequest, ORIGIN, startSignIn } from './support/app.mjs'
import { ask, serve } from './support/node-servers.mjs'
import { oddValues } from './support/odd-values.mjs'
import { clears, readOutcome } from './support/outcome.mjs'

const read = (answer, hook = 'onSession') => readHookResult(hook, answer)

/** A refusal whose message names all of these. */
const refusal =
  (...names) =>
  (error) => {
    assert.equal(error.name, 'LandfallError')
    assert.equal(error.code, 'argument_invalid')
    for (const name of names) assert.ok(error.message.includes(name), `${error.message}: ${name}`)
    return true
  }

const signIn = async (answer) => {
  const app = makeApp({ onSession: () => answer })
  const tx = await startSignIn(app)
  const response = await app.auth.callback(makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))
  return { tx, response, ...(await readOutcome(response, app.events[1])) }
}
const signOut = async (answer) => {
  const app = makeApp({ onSignOut: () => answer })
  const request = makeRequest('/auth/sign-out', { method: 'POST', headers: [['origin', ORIGIN]] })
  return readOutcome(await app.auth.signOut(request), app.events[0])
}

describe('the shape of an answer', () => {
  test('nothing, or a plain object of whatever realm', () => {
    const empty = { headers: [], redirect: '', provider: '', token: '', token_type_hint: '' }
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
    for (const kind of plain) assert.throws(() => read(odd[kind]), refusal('is nothing that it may return'))
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

describe('redirect', () => {
  const ACCEPTED = {
    '/': '/#',
    '/a?b=c': '/a?b=c#',
    '/a#b': '/a#b',
    '/caf\u00e9 x': '/caf%C3%A9%20x#',
    'https://admin.example/x?y=1': 'https://admin.example/x?y=1#',
    'HTTPS://Admin.example/x#y': 'https://admin.example/x#y',
    'https://b\u00fccher.example/\u00e9 x': 'https://xn--bcher-kva.example/%C3%A9%20x#',
    'http://localhost:3000/x': 'http://localhost:3000/x#',
    'http://app.localhost/x': 'http://app.localhost/x#',
    'http://127.0.0.1:5173/': 'http://127.0.0.1:5173/#',
    'http://[::1]/': 'http://[::1]/#',
  }
  for (const [redirect, location] of Object.entries(ACCEPTED))
    test(`${JSON.stringify(redirect)} leads to ${location}`, async () => {
      for (const outcome of [await signIn({ redirect }), await signOut({ redirect })]) {
        assert.equal(outcome.location, location)
        assert.equal(outcome.response?.status ?? 303, 303)
      }
    })

  const REFUSED = [
    '',
    ' ',
    'x',
    '?x',
    '#x',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    'JaVaScRiPt://app.example/%0aalert(1)',
    'data:text/html,x',
    'blob:https://app.example/x',
    'file:///etc/passwd',
    'ftp://admin.example/',
    'http://admin.example/',
    'http://localhost.evil.example/',
    'http://127.0.0.1.evil.example/',
    'http://evil.example#localhost',
    'https:admin.example',
    'https:/admin.example',
    'https:///admin.example',
    'https:\\\\admin.example',
    'https://admin.example\\x',
    'https://user@admin.example/',
    'https://user:password@admin.example/',
    'https://admin.example:99999/',
    'https://',
    'https://a b/',
    ' https://admin.example/',
    'https://admin.example/\r\nset-cookie: a=b',
    'https://admin.example/\tx',
    'https://admin.example/?q={}',
    'https://admin.example/?q=a|b',
    '/x\r\nset-cookie: a=b',
    `/${'x'.repeat(40_000)}`,
  ]
  for (const redirect of REFUSED)
    test(`${JSON.stringify(redirect.slice(0, 60))} is refused by name`, async () => {
      const signedIn = await signIn({ redirect })
      assert.equal(signedIn.code, 'session_refused')
      refusal('onSession:', '`redirect`')(signedIn.event.cause)
      const signedOut = await signOut({ redirect })
      assert.equal(signedOut.code, 'sign_out_failed')
      refusal('onSignOut:', '`redirect`')(signedOut.event.cause)
    })

  test('what is no string is refused by name', () => {
    for (const redirect of [...Object.values(oddValues()), new URL('https://admin.example/'), true])
      assert.throws(() => read({ redirect }), refusal('onSession:', '`redirect`'))
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
