// From JavaScript to the core's memory: whatever a caller gives, nothing but text and bytes gets in, and the configuration stays.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { Core } from '../../dist/core.js'
import * as OPERATION from '../../dist/generated/messages/operation.js'
import * as START from '../../dist/generated/messages/start.js'
import { checkNext } from '../../dist/index.js'
import { getModule } from '../../dist/module.js'
import { callbackUrl, makeApp, makeRequest, PROVIDER, readStart } from './support/app.mjs'
import { ENTROPY, makeCore, requestFields, startFields } from './support/messages.mjs'
import { oddValues } from './support/odd-values.mjs'

const REFUSED = { name: 'LandfallError', code: 'argument_invalid' }

/** Somebody else signs in: the code and the client's name go to the configured token endpoint, and nowhere else. */
const signInAsBefore = async (app, about) => {
  app.sent.length = 0
  const { url, setCookie } = app.auth.start({ provider: 'main', next: '/mine' })
  assert.ok(url.startsWith(`${PROVIDER.authorizationEndpoint}?`), about)
  assert.equal(new URL(url).searchParams.get('client_id'), PROVIDER.clientId, about)
  const tx = readStart(new URL(url), setCookie)
  const response = await app.auth.callback(makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))
  assert.equal(response.headers.get('location'), '/mine#', about)
  assert.deepEqual(
    app.sent.map((sent) => sent.url),
    [PROVIDER.tokenEndpoint],
    about,
  )
}

describe('what a caller writes', () => {
  for (const [name, operation, makeFields] of [
    ['start', OPERATION.start, startFields],
    ['serve', OPERATION.serve, requestFields],
    ['get_session', OPERATION.get_session, requestFields],
  ])
    test(`${name}: in no field anything but text and bytes, and the configuration stays as it was`, () => {
      const core = makeCore()
      const wanted = core.call(operation, makeFields())
      for (const at of makeFields().keys())
        for (const [kind, value] of Object.entries({ ...oddValues(), undefined, null: null })) {
          const fields = makeFields()
          fields[at] = value
          assert.throws(() => core.call(operation, fields), REFUSED, `${kind} in field ${at}`)
          assert.deepEqual(core.call(operation, makeFields()), wanted, `${kind} in field ${at}`)
        }
    })

  test('a length of its own moves nothing, whatever it is', () => {
    const core = makeCore()
    const wanted = core.call(OPERATION.start, startFields())
    for (let length = -20_000; length <= 200; length++) {
      const fields = startFields()
      fields[START.NAMES.indexOf('next')] = { length }
      fields[START.NAMES.indexOf('url')] = 'https://evil.example/token'
      assert.throws(() => core.call(OPERATION.start, fields), REFUSED)
      if (length % 50 === 0) assert.deepEqual(core.call(OPERATION.start, startFields()), wanted, length)
    }
    assert.deepEqual(core.call(OPERATION.start, startFields()), wanted)
  })

  test('bytes are told by what they are, and as long as they are', () => {
    const core = makeCore()
    const wanted = core.call(OPERATION.start, startFields())
    class Longer extends Uint8Array {
      get length() {
        return -13402
      }
      get [Symbol.toStringTag]() {
        return 'File'
      }
    }
    const withOwn = Object.defineProperties(new Uint8Array(ENTROPY), {
      length: { value: -13402 },
      byteLength: { value: Number.NaN },
      [Symbol.iterator]: { value: () => assert.fail('nobody asks') },
    })
    const elsewhere = runInNewContext('(list) => new Uint8Array(list)')([...ENTROPY])
    for (const entropy of [new Longer(ENTROPY), withOwn, elsewhere, Buffer.from(ENTROPY)]) {
      const fields = startFields()
      fields[1] = entropy
      assert.deepEqual(core.call(OPERATION.start, fields), wanted)
    }
  })

  test('a length that 32 bits cannot hold is too large, not small', () => {
    const core = makeCore()
    const wanted = core.call(OPERATION.start, startFields())
    // What these take together is 4 GiB and a little; as a number of 32 bits, that little.
    const quarter = new Uint8Array(2 ** 30)
    const fields = startFields()
    for (const name of ['next', 'scopes', 'url', 'cookie']) fields[START.NAMES.indexOf(name)] = quarter
    assert.throws(() => core.call(OPERATION.start, fields), { code: 'request_too_large' })
    assert.deepEqual(core.call(OPERATION.start, startFields()), wanted)
  })

  test('text of every length and width arrives whole', () => {
    const core = new Core(getModule)
    const filler = 'x'.repeat(64)
    for (const letter of ['a', '\u00e9', '\u6771', '\u{1f600}', '\ud800'])
      for (let length = 0; length < 60; length++) {
        const next = `/${filler.slice(0, length)}${letter}${filler.slice(0, length % 7)}`
        assert.equal(
          core.checkNext(next, ''),
          encodeURI(next.toWellFormed?.() ?? next.replace('\ud800', '\ufffd')),
        )
      }
  })
})

describe('the public functions', () => {
  test('start: another person still signs in at the right token endpoint', async () => {
    const app = makeApp()
    for (const member of ['provider', 'next', 'scopes', 'queryParams', 'request'])
      for (const [kind, value] of Object.entries(oddValues())) {
        const about = `${kind} as ${member}`
        try {
          app.auth.start({ [member]: value })
        } catch (error) {
          assert.ok(error.name === 'LandfallError' || error.message === 'somebody looked', about)
        }
        await signInAsBefore(app, about)
      }
  })

  test('start with the JSON of an attacker, over the whole range of a configuration', async () => {
    const app = makeApp()
    for (let length = -16_000; length < 0; length += 1)
      assert.throws(() => app.auth.start(JSON.parse(`{"next":{"length":${length}}}`)), REFUSED)
    await signInAsBefore(app, 'after all of them')
  })

  test('a request whose members are no text has an outcome', async () => {
    const app = makeApp()
    for (const [kind, value] of Object.entries(oddValues()))
      for (const handler of ['signIn', 'callback', 'confirm', 'error', 'signOut']) {
        const request = { method: 'GET', url: 'https://app.example/auth/x', headers: { get: () => value } }
        const { status } = await app.auth[handler](request)
        assert.ok([200, 303, 400, 403, 405, 500].includes(status), `${handler}, ${kind}: ${status}`)
        if (kind === 'an object') await signInAsBefore(app, `${handler}, ${kind}`)
      }
    await signInAsBefore(app, 'after all of them')
  })

  test('getSession with headers that are no text', () => {
    const { auth } = makeApp()
    for (const value of Object.values(oddValues()))
      assert.throws(
        () => auth.getSession({ method: 'GET', url: 'https://app.example/', headers: { get: () => value } }),
        REFUSED,
      )
  })
})

describe('a handler takes a request', () => {
  const handlers = ['signIn', 'callback', 'confirm', 'error', 'handle', 'getSession', 'require']

  test('or what carries one under `request`, and names it otherwise', async () => {
    const { auth } = makeApp()
    const request = makeRequest('/auth/sign-in?provider=main')
    for (const input of [
      request,
      { request },
      { request, headers: { get: () => null } },
      { request, headers: {} },
    ])
      assert.equal((await auth.signIn(input)).status, 303)
    const half = { method: 'GET', headers: new Headers() }
    const odd = [
      undefined,
      null,
      {},
      half,
      { request: half },
      { request: null },
      { request: 'x' },
      'x',
      1,
      request.url,
    ]
    for (const name of handlers)
      for (const input of odd)
        await assert.rejects(
          async () => auth[name](input),
          (error) => {
            assert.equal(error.code, 'argument_invalid', name)
            return error.message.includes('`request`')
          },
        )
  })

  test('and what was looked at is what it uses; a hook gets the request itself', async () => {
    /** A request of which each member is there once. */
    const makeOnce = (path, headers) => {
      const request = { body: null, bodyUsed: false }
      for (const [name, value] of Object.entries({
        method: 'POST',
        url: `https://app.example${path}`,
        headers,
      })) {
        let reads = 0
        const get = () => (reads++ === 0 ? value : assert.fail(`${name} is read twice`))
        Object.defineProperty(request, name, { get })
      }
      return request
    }
    const seen = []
    const { auth } = makeApp({ onSignOut: ({ request }) => void seen.push(request) })
    const headers = new Headers({ origin: 'https://app.example' })
    for (const name of ['signOut', 'handle']) {
      const request = makeOnce('/auth/sign-out', headers)
      assert.equal((await auth[name](request)).status, 303)
      assert.equal(seen.at(-1), request)
    }
    assert.equal((await auth.signOut(makeOnce('/auth/sign-out', { get: () => 7 }))).status, 400)
    assert.equal(auth.getSession(makeOnce('/', headers)).session, null)
  })

  test('a `request` that throws is not asked for', async () => {
    const { auth } = makeApp()
    const { method, url, headers } = makeRequest('/auth/sign-in?provider=main')
    const request = { method, url, headers }
    Object.defineProperty(request, 'request', { get: () => assert.fail('asked') })
    assert.equal((await auth.signIn(request)).status, 303)
  })
})

test('checkNext by itself takes text alone', () => {
  for (const [kind, value] of Object.entries(oddValues())) assert.equal(checkNext(value), null, kind)
  assert.equal(checkNext('/x'), '/x')
})
