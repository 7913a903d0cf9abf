// Which cookies and items of a page are of the session: by names alone, beside those of other programs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makePageCookies } from '../../dist/browser/cookies.js'

const BASE = 'sb-project-auth-token'
const FOREIGN = [`${BASE}-of-mine`, `my-${BASE}`, `${BASE}.x`, `${BASE}-flow-`, 'theme']
const VERIFIERS = [`${BASE}-code-verifier`, `${BASE}-flow-abc-code-verifier`, `${BASE}-flows-code-verifier`]

/** A page with these cookies and items, each with the value `v`. */
const open = (cookies, items) => {
  const document = { cookie: cookies.map((name) => `${name}=v`).join('; ') }
  const localStorage = Object.create({ getItem: (name) => localStorage[name] })
  for (const name of items) localStorage[name] = 'v'
  for (const [name, value] of Object.entries({ document, localStorage }))
    Object.defineProperty(globalThis, name, { value, configurable: true })
}

const namesOf = (header) =>
  header
    .split('; ')
    .map((pair) => pair.replace(/=.*/, ''))
    .sort()

test('in localStorage, an item with a name that only looks like one of ours is not read', () => {
  const ours = [BASE, ...VERIFIERS, 'landfall-abc', '__Host-landfall-abc']
  open(FOREIGN, [...FOREIGN, ...ours])
  const { read } = makePageCookies(BASE, 'localStorage')
  assert.deepEqual(namesOf(read()), [...FOREIGN, ...ours].sort())
})

test('in localStorage, a cookie with such a name is another client’s', () => {
  open([BASE, `${BASE}.0`, 'theme'], [])
  assert.equal(makePageCookies(BASE, 'localStorage').read(), 'theme=v')
})

for (const storage of ['cookies', 'localStorage'])
  test(`${storage}: a session is there, whole or in chunks; a verifier or anything else is none`, () => {
    for (const [names, isThere] of [
      [[], false],
      [FOREIGN, false],
      [VERIFIERS, false],
      [[BASE], true],
      [[`${BASE}.0`, `${BASE}.1`, ...FOREIGN], true],
    ]) {
      open(storage === 'cookies' ? names : [], storage === 'cookies' ? [] : names)
      assert.equal(makePageCookies(BASE, storage).hasSession(), isThere, names.join())
    }
  })
