// A provider by name whose row asks for no ID Token, with the scope `openid`: where it is an OpenID Provider, the row has what
// checks the ID Token; where it is none, the configuration says what is missing.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createAuth } from '../../dist/index.js'
import { isOpenid, readProviders } from '../../tools/providers.mjs'
import { ORIGIN, SECRET } from './support/app.mjs'
import { ROWS } from './support/provider-client.mjs'
import { signIn, startWorld, withChanges } from './support/provider-sign-in.mjs'

/**
 * Their scopes with `openid`, the address of the row's own profile, of the one that OpenID Connect describes,
 * and what the ID Token alone says.
 */
const PROVIDERS = {
  discord: {
    scopes: ['openid', 'identify', 'email'],
    profile: 'https://discord.com/api/users/@me',
  },
  figma: {
    scopes: ['openid', 'current_user:read'],
    profile: 'https://api.figma.com/v1/me',
    userinfo: 'https://api.figma.com/v1/oauth/userinfo',
  },
  kakao: {
    scopes: ['openid', 'account_email', 'profile_nickname', 'profile_image'],
    profile: 'https://kapi.kakao.com/v2/user/me',
    userinfo: 'https://kapi.kakao.com/v1/oidc/userinfo',
    inIdToken: { username: 'Ada Lovelace' },
  },
}

let world
before(async () => {
  world = await startWorld()
})
after(() => world.stop())

const rows = readProviders()

test('the rows with keys that they do not need by default are those of this test', () => {
  const names = rows.filter((row) => row.columns.jwks_uri && !isOpenid(row)).map(({ name }) => name)
  assert.deepEqual(names.sort(), Object.keys(PROVIDERS))
})

for (const [name, { scopes, profile: address, userinfo, inIdToken }] of Object.entries(PROVIDERS))
  describe(name, () => {
    const options = { scopes }
    const { person } = ROWS[name]

    test('signed in with a verified ID Token, and the profile is that of the sign-in without one', async () => {
      const plain = await signIn(world, name)
      assert.equal(plain.session.claims, undefined)
      const { session, profile, url, requests, said } = await signIn(world, name, { options })
      assert.ok(session, said)
      assert.deepEqual([session.claims.sub, profile.sub], [String(person.id), String(person.id)])
      assert.equal(session.claims.nonce, url.searchParams.get('nonce'))
      assert.deepEqual(profile, { ...plain.profile, ...inIdToken })
      assert.deepEqual(
        requests.map(({ kind }) => kind),
        ['token', 'keys', 'api'],
      )
    })

    test('an ID Token of another person, issuer, client or sign-in', async () => {
      for (const [change, code] of [
        [{ sub: 'another' }, 'userinfo_sub'],
        [{ iss: 'https://evil.example' }, 'id_token_iss'],
        [{ aud: 'another' }, 'id_token_aud'],
        [{ nonce: 'another' }, 'id_token_nonce'],
        [{ nonce: undefined }, 'id_token_nonce'],
      ]) {
        const changes = { [`${name} claims`]: (claims) => ({ ...claims, ...change }) }
        const { said } = await withChanges(world, changes, () => signIn(world, name, { options }))
        assert.ok(said.includes(`"code":"${code}"`), `${JSON.stringify(change)} ${said}`)
      }
    })

    test('keys of another: the signature is not good', async () => {
      const changes = {
        [ROWS[name].keys]: ({ keys }) => ({ keys: keys.map((key) => ({ ...key, kid: 'other' })) }),
      }
      const { said } = await withChanges(world, changes, () => signIn(world, name, { options }))
      assert.match(said, /"code":"id_token_key"/)
    })

    test('a profile of another person, or of nobody', async () => {
      for (const change of [
        { id: 'another' },
        { id: undefined },
        { id: null },
        { id: true },
        { id: [String(person.id)] },
        { sub: 'another' },
        { sub: null },
        { sub: Number(person.id) },
      ]) {
        const changes = { [address]: (usual) => ({ ...usual, ...change }) }
        const { said } = await withChanges(world, changes, () => signIn(world, name, { options }))
        assert.match(said, /"code":"userinfo_sub"/, JSON.stringify(change))
      }
    })

    test('an id that the profile says twice', async () => {
      const changes = { [address]: (usual) => JSON.stringify(usual).replace('{', '{"id":"another",') }
      const { said } = await withChanges(world, changes, () => signIn(world, name, { options }))
      assert.match(said, /"code":"userinfo_invalid"/)
    })

    if (userinfo)
      test('the userinfo endpoint of OpenID Connect takes the place of the profile', async () => {
        const own = { scopes, userinfoEndpoint: userinfo }
        const { session, profile, said } = await signIn(world, name, { options: own })
        assert.ok(session, said)
        assert.deepEqual([session.userinfo.sub, profile.sub], [String(person.id), String(person.id)])
      })

    test('without a profile request: the ID Token alone', async () => {
      const own = { scopes, userinfo: false }
      const { session, profile, said } = await signIn(world, name, { options: own })
      assert.ok(session, said)
      assert.deepEqual([session.userinfo, profile.sub], [undefined, String(person.id)])
    })
  })

const WHY =
  'the scope `openid` asks for an ID Token, and Landfall checks it with `issuer` and `jwksUri`. ' +
  'Set both next to `authorizationEndpoint`, or leave the scope out.'

describe('a row of plain OAuth 2.0', () => {
  const plain = rows.filter((row) => row.columns.token_endpoint && !isOpenid(row) && !row.columns.jwks_uri)
  const fill = (address) => address.replace('{host}', 'github.example')
  const make = ({ name, columns }, more) =>
    createAuth({
      origin: ORIGIN,
      secret: SECRET,
      providers: {
        [name]: {
          clientId: 'client-1',
          clientSecret: 's'.repeat(40),
          ...(columns.token_endpoint.includes('{host}') && { host: 'github.example' }),
          ...more,
        },
      },
    })

  for (const row of plain)
    test(`${row.name} with openid: refused, and what the sentence says helps`, () => {
      const { name, columns } = row
      const missing = columns.issuer ? 'jwksUri' : 'issuer'
      assert.throws(() => make(row, { scopes: ['openid', 'email'] }), {
        code: 'config_invalid',
        message: `landfall: createAuth: \`providers.${name}.${missing}\` is missing: ${WHY}`,
      })
      const authorizationEndpoint = fill(columns.authorization_endpoint)
      const issuer = 'https://login.example'
      assert.throws(
        () => make(row, { scopes: ['openid'], issuer, authorizationEndpoint }),
        new RegExp(`${name}\\.jwksUri. is missing: the scope`),
      )
      const given = { scopes: ['openid'], issuer, authorizationEndpoint, jwksUri: `${issuer}/keys` }
      const url = new URL(make(row, given).start({ provider: name }).url)
      assert.equal(url.origin + url.pathname, authorizationEndpoint)
      assert.deepEqual([url.searchParams.get('scope'), url.searchParams.has('nonce')], ['openid', true])
    })

  test('addresses of the app’s own with openid: the same', () => {
    const authorizationEndpoint = 'https://login.example/authorize'
    const tokenEndpoint = 'https://login.example/token'
    const acme = { name: 'acme', columns: { token_endpoint: '' } }
    const own = { authorizationEndpoint, tokenEndpoint, scopes: ['openid'] }
    for (const [more, missing] of [
      [{}, 'issuer'],
      [{ issuer: 'https://login.example' }, 'jwksUri'],
    ])
      assert.throws(() => make(acme, { ...own, ...more }), {
        message: `landfall: createAuth: \`providers.acme.${missing}\` is missing: ${WHY}`,
      })
    assert.throws(() => make(acme, {}), /`providers\.acme\.issuer` is missing\.$/)
  })
})

describe('iss of a provider whose row has no issuer', () => {
  const ISS = 'https://www.facebook.com'
  const endpoint = 'https://www.facebook.com/v24.0/dialog/oauth'
  const withIss = (iss) => (back) => ({ ...back, url: `${back.url}&${new URLSearchParams({ iss })}` })

  test('it is told, and the warning’s own advice compares it from then on', async () => {
    const warned = await signIn(world, 'facebook', { meanwhile: withIss(ISS) })
    assert.ok(warned.session, warned.said)
    assert.deepEqual(warned.codes, ['iss_unchecked'])
    const options = { issuer: ISS, authorizationEndpoint: endpoint }
    const compared = await signIn(world, 'facebook', { options, meanwhile: withIss(ISS) })
    assert.ok(compared.session, compared.said)
    assert.deepEqual(compared.codes, [])
    assert.deepEqual(compared.profile, warned.profile)
    const refused = await signIn(world, 'facebook', { options, meanwhile: withIss('https://evil.example') })
    assert.match(refused.said, /"code":"iss_mismatch"/)
  })

  test('an issuer alone is another server, as for every name', async () => {
    await assert.rejects(signIn(world, 'facebook', { options: { issuer: ISS } }), /no sign-in began/)
  })
})
