// Sign in with Apple: Landfall makes the client_secret of the app's key. The name comes once, in Apple's form.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { decodeJwt } from 'jose'
import { createAuth } from '../../dist/index.js'
import { ORIGIN, SECRET } from './support/app.mjs'
import { makeAppleKey } from './support/provider-client.mjs'
import { APPLE_KEY, signIn, startWorld, withApp, withChanges } from './support/provider-sign-in.mjs'

const DAY = 24 * 60 * 60
const SUB = '001234.0123456789abcdef0123456789abcdef.1234'

let world
before(async () => {
  world = await startWorld()
})
after(() => world.stop())

/**
 * A person whom Apple asks for the first time.
 * @param {Record<string, any>} [changes] of answers @param {object} [init] of signIn
 */
const first = (changes = {}, init = {}) =>
  withChanges(world, changes, () =>
    withApp(world, 'apple', { hasConsent: false }, () => signIn(world, 'apple', init)),
  )
const withUser = (...texts) => first({ 'apple user': () => texts })
const assertSignedIn = ({ profile, said }, name, about) => {
  assert.ok(profile, `${about}: ${said}`)
  assert.deepEqual([profile.sub, profile.name, profile.email], [SUB, name, 'ada@example.test'], about)
}

describe('the client_secret', () => {
  test('is a JWT of this app, for a short time', async () => {
    const { requests, said } = await first()
    const { form } = requests.find(({ kind }) => kind === 'token') ?? assert.fail(said)
    const { iss, sub, aud, iat, exp } = decodeJwt(form.get('client_secret'))
    assert.deepEqual([iss, sub, aud], ['TEAM123456', 'example.app.web', 'https://appleid.apple.com'])
    const now = Date.now() / 1000
    assert.ok(iat <= now + 1 && iat > now - 3601, 'it begins with the hour')
    assert.ok(exp > now + 3000 && exp - iat <= 180 * DAY)
  })

  test('a key in one line, as an environment variable has it', async () => {
    for (const privateKey of [
      APPLE_KEY.trim().replaceAll('\n', '\\n'),
      APPLE_KEY.replaceAll('\n', '\r\n'),
      APPLE_KEY.trim(),
      `\n${APPLE_KEY}\n`,
    ])
      assertSignedIn(await first({}, { options: { privateKey } }), 'Ada Lovelace', JSON.stringify(privateKey))
  })

  test('of another key, team or key id: token_invalid_client', async () => {
    const other = String(makeAppleKey().privateKey.export({ format: 'pem', type: 'pkcs8' }))
    for (const options of [{ privateKey: other }, { teamId: 'OTHERTEAM1' }, { keyId: 'OTHERKEY12' }]) {
      const { code, event, said } = await first({}, { options })
      assert.equal(code, 'token_invalid_client', said)
      assert.equal(event.blame, 'app')
    }
  })

  test('a key that is none is named, and never shown', async () => {
    const body = APPLE_KEY.split('\n')[1]
    const wrong = [
      'no key',
      '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----',
      `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`,
      APPLE_KEY.replaceAll('PRIVATE', 'PUBLIC'),
      APPLE_KEY.replace(body, `*${body.slice(1)}`),
    ]
    for (const privateKey of wrong) {
      let told
      try {
        const { said, session } = await first({}, { options: { privateKey } })
        assert.equal(session, undefined)
        told = said
      } catch (error) {
        assert.equal(error.code, 'config_invalid', String(error))
        told = error.message
        assert.ok(told.includes('providers.apple.privateKey'), told)
      }
      assert.ok(!told.includes(body.slice(1, 30)), 'the key is told')
    }
  })

  test('every part of it is required', () => {
    const all = { clientId: 'x', teamId: 'TEAM123456', keyId: 'KEY1234567', privateKey: APPLE_KEY }
    for (const name of Object.keys(all)) {
      const { [name]: _, ...apple } = all
      assert.throws(
        () => createAuth({ origin: ORIGIN, secret: SECRET, providers: { apple } }),
        ({ code, message }) => code === 'config_invalid' && message.includes(`providers.apple.${name}`),
        name,
      )
    }
  })
})

describe('the name', () => {
  test('is in the profile at the first consent, and null later', async () => {
    await withApp(world, 'apple', { hasConsent: false }, async () => {
      assertSignedIn(await signIn(world, 'apple'), 'Ada Lovelace', 'first')
      assertSignedIn(await signIn(world, 'apple'), null, 'second')
    })
  })

  test('of one part', async () => {
    assertSignedIn(await withUser('{"name":{"firstName":"Ada"}}'), 'Ada', 'first name')
    assertSignedIn(await withUser('{"name":{"lastName":"Lovelace"}}'), 'Lovelace', 'last name')
    assertSignedIn(await withUser('{"name":{"firstName":"","lastName":""}}'), null, 'none')
  })

  const NOTHING = {
    'no JSON': ['Ada Lovelace'],
    empty: [''],
    'cut off': ['{"name":{"firstName":"Ada"'],
    'a list': ['[{"name":{"firstName":"Ada"}}]'],
    'a number': ['7'],
    null: ['null'],
    'a text': ['"Ada"'],
    'a name that is text': ['{"name":"Ada"}'],
    'a name of lists': ['{"name":{"firstName":["Ada"],"lastName":{"x":1}}}'],
    'a name of numbers': ['{"name":{"firstName":1,"lastName":true}}'],
    'another case': ['{"Name":{"FirstName":"Ada"}}'],
    'a member twice': ['{"name":{"firstName":"Ada","firstName":"Eve"}}'],
    'the name twice': ['{"name":{"firstName":"Ada"},"name":{"firstName":"Eve"}}'],
    'too deep': [`{"name":${'['.repeat(5000)}${']'.repeat(5000)}}`],
    huge: [JSON.stringify({ name: { firstName: 'x'.repeat(50_000), lastName: 'y' } })],
    'the field twice': ['{"name":{"firstName":"Ada"}}', '{"name":{"firstName":"Eve"}}'],
    'a zero byte': ['{"name":{"firstName":"A\0da"}}'],
  }
  for (const [about, texts] of Object.entries(NOTHING))
    test(`${about}: null, and the sign-in succeeds`, async () => {
      assertSignedIn(await withUser(...texts), null, about)
    })

  test('markup stays text, a lone surrogate becomes Unicode', async () => {
    assertSignedIn(await withUser('{"name":{"firstName":"<b>"}}'), '<b>', 'markup')
    const { profile, said } = await withUser('{"name":{"firstName":"\\ud800x"}}')
    assert.ok(profile, said)
    assert.ok(profile.name?.isWellFormed() ?? true)
  })

  test('the form’s address, identifier and flag count for nothing', async () => {
    const evil = { sub: 'evil', email: 'evil@example.test', email_verified: true }
    const user = JSON.stringify({ ...evil, name: { firstName: 'Eve', ...evil } })
    assertSignedIn(await withUser(user), 'Eve', 'evil')
  })

  test('a form that is larger than any form: defined, and no name', async () => {
    const outcome = await withUser(JSON.stringify({ name: { firstName: 'x'.repeat(100_000) } }))
    assert.equal(outcome.code, 'request_too_large', outcome.said)
  })
})

describe('the ID Token', () => {
  const withClaims = (change) => first({ 'apple claims': (usual) => ({ ...usual, ...change }) })

  for (const [value, isVerified] of [
    ['true', true],
    [true, true],
    ['false', false],
    [false, false],
    ['TRUE', false],
    ['yes', false],
    [1, false],
    [null, false],
    [['true'], false],
  ])
    test(`email_verified ${JSON.stringify(value)}: ${isVerified}`, async () => {
      const { profile, said } = await withClaims({ email_verified: value })
      assert.equal(profile?.email_verified, isVerified, said)
    })

  test('both issuers that Apple’s metadata named', async () => {
    assertSignedIn(await withClaims({ iss: 'https://account.apple.com' }), 'Ada Lovelace', 'account')
    assert.equal((await withClaims({ iss: 'https://appleid.apple.com.evil.example' })).code, 'id_token_iss')
  })

  test('without an address: null, and not verified', async () => {
    const { profile } = await withClaims({ email: undefined })
    assert.deepEqual([profile?.email, profile?.email_verified], [null, false])
  })
})

test('a person who cancels: provider_access_denied', async () => {
  const { code, event, requests } = await first({}, { choice: 'deny' })
  assert.deepEqual([code, event.detail], ['provider_access_denied', 'user_cancelled_authorize'])
  assert.deepEqual(requests, [])
})

test('an answer in the address, where a form was asked for, is refused', async () => {
  const meanwhile = ({ url, body }) => ({ method: 'GET', url: `${url}?${body}` })
  const { code, requests } = await first({}, { meanwhile })
  assert.equal(code, 'response_mode_unexpected')
  assert.deepEqual(requests, [])
})
