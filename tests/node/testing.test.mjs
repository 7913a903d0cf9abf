// landfall/testing: a session for end-to-end tests, and never one for a public host.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeStorageState } from '../../dist/testing.js'
import { makeApp, makeRequest } from './support/app.mjs'

const user = { provider: 'github', sub: '1', name: 'Ada' }

test('the cookies sign somebody in at the app', async () => {
  const origin = 'http://localhost:3000'
  const { auth } = makeApp({ origin, session: true })
  const { cookies, origins } = await makeStorageState(auth, { origin, user, data: { role: 'admin' } })
  assert.deepEqual(origins, [])
  const [{ name, value, expires, ...rest }] = cookies
  assert.deepEqual(rest, { domain: 'localhost', path: '/', httpOnly: true, secure: false, sameSite: 'Lax' })
  assert.ok(Math.abs(expires - Date.now() / 1000 - 7 * 86400) < 5)
  const { session } = auth.getSession(makeRequest(`${origin}/`, { cookie: `${name}=${value}` }))
  assert.deepEqual([session.user.name, session.data], ['Ada', { role: 'admin' }])
})

test('this machine by its number', async () => {
  const origin = 'http://127.0.0.1:3000'
  const { auth } = makeApp({ origin, session: true })
  const { cookies } = await makeStorageState(auth, { origin, user })
  assert.equal(cookies[0].domain, '127.0.0.1')
})

test('a host of a reserved name, with https', async () => {
  const origin = 'https://app.test'
  const { auth } = makeApp({ origin, session: { sameSite: 'strict' } })
  const { cookies } = await makeStorageState(auth, { origin, user })
  const [{ name, secure, sameSite }] = cookies
  assert.deepEqual([name, secure, sameSite], ['__Host-landfall-session', true, 'Strict'])
})

test('the origin of a public host is refused, whatever the test says', async () => {
  for (const [own, asked] of [
    ['https://app.com', 'http://localhost:3000'],
    ['https://app.com', 'https://app.com'],
    ['https://localhost.app.com', 'https://localhost.app.com'],
    [{ trustedHosts: ['app.com', 'localhost:3000'] }, 'https://app.com'],
    ['http://localhost:3000', 'nonsense'],
    ['http://localhost:3000', undefined],
  ]) {
    const { auth } = makeApp({ origin: own, session: true })
    const refused = { code: 'argument_invalid', message: /`origin`/ }
    await assert.rejects(makeStorageState(auth, { origin: asked, user }), refused, asked)
  }
})

test('somebody without a provider or a sub is nobody', async () => {
  const origin = 'http://localhost:3000'
  const { auth } = makeApp({ origin, session: true })
  for (const given of [undefined, {}, { sub: '1' }, { provider: 'github' }, { provider: 'a b', sub: '1' }])
    await assert.rejects(makeStorageState(auth, { origin, user: given }), {
      code: 'argument_invalid',
      message: /`user`/,
    })
})

test('an app without sessions is told so', async () => {
  const origin = 'http://localhost:3000'
  const { auth } = makeApp({ origin })
  await assert.rejects(makeStorageState(auth, { origin, user }), { code: 'session_off' })
})
