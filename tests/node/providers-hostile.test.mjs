// Profiles that nobody should believe: each sign-in has a defined outcome, and no profile says more than the provider.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { HOSTILE } from './support/hostile-text.mjs'
import { ROWS } from './support/provider-client.mjs'
import { signIn, startWorld, withApp, withChanges } from './support/provider-sign-in.mjs'

const NAMES = Object.keys(ROWS)
const errors = JSON.parse(readFileSync(new URL('../../dist/errors.json', import.meta.url), 'utf8'))
const CODES = new Set(errors.map(({ code }) => code))
/** An answer of the provider is at fault, or Apple’s form is too large: never Landfall itself. */
const FAULT = /^(userinfo|id_token|token)_|^request_too_large$/
const IDS = new Set(['sub', 'id', 'uuid', 'oid', 'tid', 'object', 'type'])

let world
before(async () => {
  world = await startWorld()
})
after(() => world.stop())

/** What the person is, with every value but identifiers replaced. */
const spoil = (value, make, name = '') => {
  if (IDS.has(name)) return value
  if (Array.isArray(value)) return value.map((one) => spoil(one, make))
  if (typeof value !== 'object' || value === null) return make(value)
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spoil(one, make, key)]))
}

/** Signed in with a profile of the right types, or refused for the profile's sake. */
const assertDefined = ({ code, profile, said }, about = '') => {
  if (!profile) {
    assert.ok(CODES.has(code) && FAULT.test(code), `${about}: ${said}`)
    return
  }
  const { email_verified, ...texts } = profile
  assert.equal(typeof email_verified, 'boolean', about)
  for (const [member, value] of Object.entries(texts)) {
    assert.ok(value === null || typeof value === 'string', `${about}: ${member} is ${typeof value}`)
    assert.ok(value?.isWellFormed() ?? true, `${about}: ${member} is no Unicode`)
    assert.ok(!value?.includes('[object'), `${about}: ${member} is ${value}`)
  }
  if (profile.email === null) assert.equal(email_verified, false, `${about}: verified, and no address`)
}

const withPerson = (name, person, changes = {}) =>
  withChanges(world, changes, () =>
    withApp(world, name, { person, hasConsent: false }, () => signIn(world, name)),
  )

const OTHER_TYPES = {
  number: () => 7,
  null: () => null,
  true: () => true,
  object: () => ({ toString: 'x', length: 2 }),
  list: () => ['ada@example.test'],
  empty: () => '',
}
describe('members of other types', () => {
  for (const name of NAMES)
    test(name, async () => {
      for (const [type, make] of Object.entries(OTHER_TYPES)) {
        const outcome = await withPerson(name, spoil(ROWS[name].person, make))
        assertDefined(outcome, type)
        if (outcome.profile) assert.notEqual(outcome.profile.email, 'true', type)
      }
    })
})

describe('an address is verified by the documented values alone', () => {
  const FLAG = /"(email_verified|verified|is_confirmed|is_email_verified|is_email_valid)":(true|1)\b/g
  const VALUES = ['"yes"', '"TRUE"', '2', '-1', '0', '""', '{}', '[]', '[true]', 'null', '"false"']
  for (const name of NAMES.filter((one) => JSON.stringify(ROWS[one].person).match(FLAG)))
    test(name, async () => {
      for (const value of VALUES) {
        const text = JSON.stringify(ROWS[name].person).replace(FLAG, `"$1":${value}`)
        const outcome = await withPerson(name, JSON.parse(text))
        assertDefined(outcome, value)
        assert.notEqual(outcome.profile?.email_verified, true, value)
      }
    })
})

describe('text', () => {
  for (const name of NAMES)
    test(`${name}: markup, controls and lone surrogates`, async () => {
      for (const [kind, text] of Object.entries(HOSTILE)) {
        const person = spoil(ROWS[name].person, (usual) => (typeof usual === 'string' ? text : usual))
        assertDefined(await withPerson(name, person), kind)
      }
    })

  for (const name of NAMES)
    test(`${name}: huge`, async () => {
      for (const length of [1000, 30_000, 100_000, 2_000_000]) {
        const make = (usual) => (typeof usual === 'string' ? 'x'.repeat(length) : usual)
        assertDefined(await withPerson(name, spoil(ROWS[name].person, make)), length)
      }
    })
})

/** Each place where a row tells about the person. */
const placesOf = (name) => {
  const { apis = {}, idToken, tokens, token } = ROWS[name]
  const isInToken = /\bperson\b/.test(String(tokens))
  return [...Object.keys(apis), ...(idToken ? [`${name} claims`] : []), ...(isInToken ? [token] : [])]
}
const PROTOCOL = new Set(['iss', 'aud', 'nonce', 'access_token', 'refresh_token', 'token_type', 'exp', 'iat'])
const EVIL = { string: '"evil"', number: '666', boolean: 'true' }

/** JSON in which each member about the person comes twice. @param {any} value @param {boolean} isFirst the wrong one */
const double = (value, isFirst) => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((one) => double(one, isFirst))}]`
  const members = Object.entries(value).flatMap(([name, one]) => {
    const evil = PROTOCOL.has(name) ? undefined : EVIL[typeof one]
    const both = [evil, double(one, isFirst)].filter(Boolean)
    return (isFirst ? both : both.reverse()).map((text) => `${JSON.stringify(name)}:${text}`)
  })
  return `{${members}}`
}

describe('members that come twice', () => {
  for (const name of NAMES)
    test(name, async () => {
      for (const isFirst of [true, false]) {
        for (const place of placesOf(name)) {
          const changes = { [place]: (body) => double(body, isFirst) }
          const outcome = await withPerson(name, ROWS[name].person, changes)
          assertDefined(outcome, place)
          assert.doesNotMatch(JSON.stringify(outcome.profile ?? null), /evil|666/, place)
        }
      }
    })
})

describe('an answer of another shape', () => {
  const SHAPES = [
    '[]',
    '{}',
    'null',
    '"x"',
    '7',
    '',
    '<html>',
    '{',
    '[[[[]]]]',
    '{"data":[]}',
    '{"values":{}}',
  ]
  for (const name of NAMES)
    test(name, async () => {
      for (const shape of SHAPES)
        for (const place of Object.keys(ROWS[name].apis ?? {}))
          assertDefined(await withPerson(name, ROWS[name].person, { [place]: () => shape }), shape)
    })
})

describe('who it is', () => {
  const numbered = {
    github: 'https://api.github.com/user',
    kakao: 'https://kapi.kakao.com/v2/user/me',
  }
  for (const [name, place] of Object.entries(numbered)) {
    const withId = (id) =>
      withPerson(name, ROWS[name].person, {
        [place]: (body) => JSON.stringify(body).replace(/"id":\d+/, `"id":${id}`),
      })

    test(`${name}: a number keeps its digits, also beyond a double`, async () => {
      for (const id of ['1', '9007199254740993', '18446744073709551615']) {
        const { profile, said } = await withId(id)
        assert.equal(profile?.sub, id, said)
      }
    })

    test(`${name}: no identifier is made up`, async () => {
      for (const id of ['null', 'true', '{}', '[]', '""', '[583231]', '{"id":1}']) {
        const outcome = await withId(id)
        assertDefined(outcome, id)
        assert.equal(outcome.profile?.sub ?? null, null, id)
      }
    })
  }

  test('GitHub: more addresses, none of them primary, or several', async () => {
    const one = (email, primary, verified) => ({ email, primary, verified, visibility: null })
    const lists = [
      [one('a@example.test', false, true), one('b@example.test', false, true)],
      [one('a@example.test', true, false), one('b@example.test', true, true)],
      Array.from({ length: 2000 }, (_, index) => one(`a${index}@example.test`, index === 1999, true)),
    ]
    for (const emails of lists) {
      const outcome = await withPerson('github', { ...ROWS.github.person, emails })
      assertDefined(outcome, emails.length)
      const { email, email_verified } = outcome.profile ?? { email: null, email_verified: false }
      const told = emails.find((each) => each.email === email)
      if (email_verified) assert.ok(told?.primary && told.verified, 'the flag is that of the address')
    }
  })
})
