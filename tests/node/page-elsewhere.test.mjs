// The sign-in of a page where there is no page: a framework renders it on a server, and nothing happens before it is used.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBrowserAuth } from '../../dist/browser.js'

const REFUSED = {
  name: 'LandfallError',
  code: 'config_invalid',
  message:
    'landfall: createBrowserAuth: there is no page here that could sign in; on a server, use createAuth of `landfall`, ' +
    'and in an app without a page, set `supabase.storage` to the storage of its client.',
}

for (const [kind, options] of [
  ['an object', { supabase: { url: 'https://a.supabase.co', key: 'a-key' } }],
  ['a wrong one', { onSession() {} }],
  ['a function', () => assert.fail('nobody asks')],
])
  test(`${kind} of options: it is made, and each use says what to use on a server`, async () => {
    const auth = createBrowserAuth(options)
    const refused = kind === 'a function' ? { name: 'AssertionError' } : REFUSED
    for (const name of ['signInWithOAuth', 'complete', 'signOut', 'ready'])
      await assert.rejects(auth[name](), refused, name)
    assert.throws(() => auth.check(), refused)
  })
