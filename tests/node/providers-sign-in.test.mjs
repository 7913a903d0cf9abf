// Each provider by name, with nothing but a client: the person is signed in, and every profile has the same members.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ROWS } from './support/provider-client.mjs'
import { signIn, startWorld, withApp, withChanges } from './support/provider-sign-in.mjs'

const PICTURE = 'https://pictures.example/ada.png'
const MEMBERS = ['provider', 'sub', 'name', 'email', 'email_verified', 'picture', 'username', 'locale']

/** What differs in the profile. Everywhere else it has Ada’s name and picture, and her address, verified. */
const PROFILES = {
  apple: { sub: '001234.0123456789abcdef0123456789abcdef.1234', picture: null },
  azure: { sub: [ROWS.azure.person.sub, ROWS.azure.person.oid], picture: null, email_verified: false },
  bitbucket: { sub: '{0c7f2c38-6d1a-4d3e-9d5f-3f7a5a1f0ada}', username: 'ada' },
  discord: {
    sub: '80351110224678912',
    picture: 'https://cdn.discordapp.com/avatars/80351110224678912/8342729096ea3675442027381ff50dfe.png',
    username: 'ada',
  },
  facebook: { sub: '10220000000000042', email_verified: false },
  figma: { sub: '1234567890123456789', email_verified: false },
  github: { sub: '583231', username: 'ada' },
  gitlab: { sub: '4242' },
  google: { sub: '108204268033311374519' },
  huggingface: { sub: '62f264b9f3c90f4b6514ada0', username: 'ada' },
  kakao: { sub: '4029384756201' },
  line: { sub: 'U4af4980629d3b1f0e6c2a7d8b9c0e1f2', email_verified: false },
  linkedin: { sub: '782bbtaQ-A' },
  notion: { sub: 'd40e767c-d7af-4b18-a86d-55c61f1e39a4', email_verified: false },
  reddit: {
    sub: '1w72ada',
    name: 'ada',
    email: null,
    email_verified: false,
    picture: `${PICTURE}?width=256&height=256&s=0ada`,
    username: 'ada',
  },
  slack: { sub: 'U0R7MFMJM' },
  spotify: { sub: 'ada', email_verified: false },
  twitch: { sub: '713936733', name: 'Ada' },
  twitter: { sub: '2244994945', username: 'ada' },
  vercel: { sub: '345e869043f1e55f8bdc837c', email_verified: false, username: 'ada' },
  workos: { sub: 'prof_01DMC79VCBZ0NY2099737PSVF1', email_verified: false },
  zoom: { sub: 'KdYKjnimT4KPd8FFgQt9FQ' },
}

let world
before(async () => {
  world = await startWorld()
})
after(() => world.stop())

/** A profile has all members and no other, each of its type. */
const assertShape = (profile) => {
  assert.ok(profile, 'the session has no profile')
  assert.deepEqual(Object.keys(profile).sort(), [...MEMBERS].sort())
  for (const [member, value] of Object.entries(profile)) {
    if (member === 'email_verified') assert.equal(typeof value, 'boolean')
    else assert.ok(value === null || typeof value === 'string', `${member}: ${value}`)
  }
}

test('the table of this test has every provider', () => {
  assert.deepEqual(Object.keys(PROFILES).sort(), Object.keys(ROWS).sort())
})

for (const [name, expected] of Object.entries(PROFILES)) {
  const row = ROWS[name]
  describe(name, () => {
    test('signed in, with the profile', async () => {
      const { session, profile, said, location } = await signIn(world, name)
      assert.ok(session, said)
      assert.equal(location, '/dashboard#')
      assert.equal(session.provider, name)
      assertShape(profile)
      assert.equal(profile.provider, name)
      assert.ok([expected.sub].flat().includes(profile.sub), profile.sub)
      assert.equal(profile.name, expected.name === undefined ? 'Ada Lovelace' : expected.name)
      assert.equal(profile.email, expected.email === undefined ? 'ada@example.test' : expected.email)
      assert.equal(profile.email_verified, expected.email_verified ?? true)
      assert.equal(profile.picture, expected.picture === undefined ? PICTURE : expected.picture)
      if (expected.username) assert.equal(profile.username, expected.username)
      assert.equal(profile.locale, null, 'none of them says it here')
    })

    test('PKCE and nonce as documented', async () => {
      const { url, requests, said } = await signIn(world, name)
      const { form, body } = requests.find(({ kind }) => kind === 'token') ?? assert.fail(said)
      const params = row.tokenBody === 'json' ? new URLSearchParams(JSON.parse(body)) : form
      const isSent = [url.searchParams.has('code_challenge'), params.has('code_verifier')]
      if (row.pkce === 'verified') assert.equal(isSent[0], isSent[1])
      else assert.deepEqual(isSent, Array(2).fill(row.pkce === 'required'))
      const scopes = (url.searchParams.get('scope') ?? '').split(' ')
      const hasIdToken = row.idToken && (row.idToken.isAlways || scopes.includes('openid'))
      const mayCheckNonce = Boolean(hasIdToken) && row.idToken.hasNonce !== false
      assert.equal(url.searchParams.has('nonce'), mayCheckNonce)
    })
  })
}

/** A provider says of the address that it is not verified, in its own way, or it has none. */
const UNVERIFIED = {
  bitbucket: (person) => Object.assign(person.emails[1], { is_confirmed: false }),
  discord: (person) => Object.assign(person, { verified: false }),
  github: (person) => Object.assign(person.emails[1], { verified: false }),
  gitlab: (person) => Object.assign(person, { email_verified: false }),
  google: (person) => Object.assign(person, { email_verified: false }),
  huggingface: (person) => Object.assign(person, { email_verified: false }),
  linkedin: (person) => Object.assign(person, { email_verified: false }),
  slack: (person) => Object.assign(person, { email_verified: false }),
  twitch: (person) => Object.assign(person, { email_verified: false }),
  zoom: (person) => Object.assign(person, { verified: 0 }),
  kakao: ({ kakao_account }) => Object.assign(kakao_account, { is_email_verified: false }),
}
const withPerson = (name, change, run) => {
  const person = structuredClone(ROWS[name].person)
  change(person)
  return withApp(world, name, { person }, run)
}

describe('an address', () => {
  for (const [name, change] of Object.entries(UNVERIFIED))
    test(`${name}: not verified`, async () => {
      const { profile, said } = await withPerson(name, change, () => signIn(world, name))
      assert.ok(profile, said)
      assert.deepEqual([profile.email, profile.email_verified], ['ada@example.test', false])
    })

  test('Kakao: verified once, and no longer valid', async () => {
    const change = ({ kakao_account }) => Object.assign(kakao_account, { is_email_valid: false })
    const { profile } = await withPerson('kakao', change, () => signIn(world, 'kakao'))
    assert.equal(profile.email_verified, false)
  })

  test('none: no address, and not verified', async () => {
    const changes = {
      facebook: (person) => delete person.email,
      twitter: (person) => delete person.confirmed_email,
      github: (person) => person.emails.splice(0),
      bitbucket: (person) => person.emails.splice(0),
      discord: (person) => Object.assign(person, { email: null, verified: true }),
      google: (person) => delete person.email,
      huggingface: (person) => delete person.email,
      line: (person) => delete person.email,
      vercel: (person) => delete person.email,
      kakao: ({ kakao_account }) => delete kakao_account.email,
      zoom: (person) => delete person.email,
    }
    for (const [name, change] of Object.entries(changes)) {
      const { profile, said } = await withPerson(name, change, () => signIn(world, name))
      assert.ok(profile, `${name}: ${said}`)
      assert.deepEqual([profile.email, profile.email_verified], [null, false], name)
    }
  })

  test('GitHub: the public address of the profile does not count', async () => {
    const change = (person) => person.emails.splice(1)
    const { profile } = await withPerson('github', change, () => signIn(world, 'github'))
    assert.notEqual(profile.email, 'public@example.test')
  })
})

describe('what an app sets', () => {
  test('Google, with the issuer that has no https://', async () => {
    const changes = { 'google claims': (claims) => ({ ...claims, iss: 'accounts.google.com' }) }
    const { profile, said } = await withChanges(world, changes, () => signIn(world, 'google'))
    assert.equal(profile?.sub, '108204268033311374519', said)
  })

  test('a name of its own for the row of a provider', async () => {
    const app = { redirectUri: 'https://app.example/auth/callback/hub' }
    const run = () => signIn(world, 'github', { as: 'hub', options: { use: 'github' } })
    const { session, profile, said } = await withApp(world, 'github', app, run)
    assert.ok(session, said)
    assert.deepEqual([session.provider, profile.provider, profile.sub], ['hub', 'hub', '583231'])
  })

  test('parameters of the link: those of the row, those that the app allows, and no other', async () => {
    const link = {
      prompt: 'login',
      hd: 'example.test',
      login_hint: 'ada@example.test',
      organization: 'org_1',
    }
    const sent = async (name, more = {}, also = {}) => {
      const { url, said } = await signIn(world, name, { link: { ...link, ...also }, options: more })
      assert.ok(url, said)
      return Object.keys(link).filter((param) => url.searchParams.get(param) === link[param])
    }
    assert.deepEqual(await sent('google'), ['prompt', 'hd', 'login_hint'])
    assert.deepEqual(await sent('workos'), ['login_hint', 'organization'])
    assert.deepEqual(await sent('spotify'), ['login_hint'])
    assert.deepEqual(await sent('spotify', { allow: ['organization'] }), ['login_hint', 'organization'])
    const { url } = await signIn(world, 'google', {
      link: { state: 'x', redirect_uri: 'https://evil.example' },
    })
    assert.equal(url.searchParams.getAll('redirect_uri').join(), 'https://app.example/auth/callback/google')
    assert.equal(url.searchParams.getAll('state').length, 1)
  })
})
