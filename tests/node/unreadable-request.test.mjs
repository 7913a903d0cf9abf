// A request that throws when it is read: its own error reaches the caller, no event tells of it, and nothing is begun.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { proxyHandler } from '../../dist/next/handlers.js'
import { REPLY } from '../../dist/server/reply.js'
import { makeApp, ORIGIN, PROVIDER } from './support/app.mjs'

/** What frameworks throw is theirs: an Error with a digest, a promise, any value. */
const THROWN = [new Error('this route is dynamic'), Promise.resolve(), 'a text', null, undefined]
const FORM = new Headers({ 'content-type': 'application/x-www-form-urlencoded' })
const HANDLERS = ['signIn', 'callback', 'confirm', 'error', 'signOut', 'handle']

const makeFormApp = () => makeApp({ providers: { main: { ...PROVIDER, responseMode: 'form_post' } } })

const CALLBACK = {
  method: 'POST',
  url: `${ORIGIN}/auth/callback/main`,
  headers: FORM,
  body: null,
  bodyUsed: false,
}

/** A request of which one member throws. @param {string} member @param {unknown} thrown @param {object} [init] */
const makeUnreadable = (member, thrown, init) => {
  const get = () => {
    throw thrown
  }
  const request = { ...CALLBACK, ...init }
  if (member !== 'headers.get') return Object.defineProperty(request, member, { get })
  return { ...request, headers: { get } }
}

/** What a call throws, now or later. @param {() => unknown} call */
const thrownBy = async (call) => {
  try {
    await call()
  } catch (error) {
    return { error }
  }
  return {}
}

/** @param {(app: any, request: object) => unknown} call @param {string} member */
const check = async (call, member) => {
  for (const thrown of THROWN) {
    const app = makeFormApp()
    const result = await thrownBy(() => call(app, makeUnreadable(member, thrown)))
    assert.ok('error' in result, 'it throws')
    assert.equal(result.error, thrown)
    assert.deepEqual([app.events, app.sent, app.sessions], [[], [], []])
  }
}

for (const member of ['method', 'url', 'headers', 'headers.get'])
  describe(`\`${member}\``, () => {
    for (const name of HANDLERS) {
      test(`in ${name}`, () => check(({ auth }, request) => auth[name](request), member))
      test(`in what ${name} carries`, () => check(({ auth }, request) => auth[name]({ request }), member))
      test(`in the reply of ${name}`, () => check(({ auth }, request) => auth[name][REPLY](request), member))
    }
    test('in getSession', () => check(({ auth }, request) => auth.getSession(request), member))
    test('in the proxy', () => check(({ auth }, request) => proxyHandler(auth)(request), member))
  })

for (const member of ['body', 'bodyUsed'])
  describe(`\`${member}\`, which only a form needs`, () => {
    for (const name of ['callback', 'handle'])
      test(`in ${name}`, () => check(({ auth }, request) => auth[name](request), member))

    test('not of a request without a form', async () => {
      const app = makeFormApp()
      const init = { method: 'GET', url: `${ORIGIN}/auth/sign-in` }
      const request = makeUnreadable(member, new Error('not asked for'), init)
      assert.equal((await app.auth.signIn(request)).status, 303)
    })
  })
