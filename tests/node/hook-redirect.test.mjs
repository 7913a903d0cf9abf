// Where onSession and onSignOut may lead: a path of the app, or an absolute address that is safe; anything else is refused by name.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { read, refusal, signIn, signOut } from './support/hook.mjs'
import { oddValues } from './support/odd-values.mjs'

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
