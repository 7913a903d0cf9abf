// What one stand-in of a provider checks and no other: Apple's secret, a tenant, a permission, a parameter of its own.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { decodeJwt } from 'jose'
import { REFUSALS } from '../../stand-ins/providers/answers.mjs'
import { startProviders } from '../../stand-ins/providers/server.mjs'
import {
  askToken,
  fill,
  getCode,
  makeAppleKey,
  makeAuthorization,
  ROWS,
  readBack,
  signAppleSecret,
} from './support/provider-client.mjs'

const key = makeAppleKey()
let world
before(async () => {
  world = await startProviders()
  const { apple } = world.apps
  apple.publicKey = key.publicKey
  apple.clientSecret = signAppleSecret(key.privateKey, apple)
})
after(() => world.stop())

const assertRefused = ({ text }, { name, why }) =>
  assert.deepEqual(JSON.parse(text), (ROWS[name].refusals?.[why] ?? REFUSALS[why]).body)

describe('profiles', () => {
  /** What an endpoint tells after a sign-in with other parameters. */
  const ask = async (name, address, change = {}, query = '') => {
    const { url, verifier } = makeAuthorization(world, name, change)
    const code = readBack(await world.open(url)).get('code')
    const { text } = await askToken(world, name, { code, code_verifier: verifier })
    const { access_token, id_token } = JSON.parse(text)
    const headers = { authorization: `Bearer ${access_token}`, 'user-agent': 'test' }
    const response = await world.fetch(`${fill(address)}${query}`, { headers })
    const body = await response.text()
    return { status: response.status, body, claims: id_token && decodeJwt(id_token) }
  }

  for (const row of Object.values(ROWS))
    for (const [address, { needs = [] }] of Object.entries(row.apis ?? {}))
      for (const scope of row.scopes ? needs : [])
        test(`${address} needs ${scope}`, async () => {
          const app = world.apps[row.name]
          app.granted = row.scopes.filter((one) => one !== scope)
          assert.equal((await ask(row.name, address)).status, 403)
          app.granted = null
        })

  test('a token of another provider is unknown', async () => {
    assert.equal((await ask('spotify', 'https://discord.com/api/users/@me')).status, 401)
  })

  test('X and Facebook tell what is asked for, Twitch in the ID Token too', async () => {
    const x = 'https://api.x.com/2/users/me'
    assert.doesNotMatch((await ask('twitter', x)).body, /confirmed_email/)
    assert.match((await ask('twitter', x, {}, '?user.fields=id,confirmed_email')).body, /confirmed_email/)
    assert.doesNotMatch((await ask('facebook', 'https://graph.facebook.com/me')).body, /email|picture/)
    const twitch = 'https://id.twitch.tv/oauth2/userinfo'
    assert.equal((await ask('twitch', twitch)).claims.email, 'ada@example.test')
    assert.equal((await ask('twitch', twitch, { claims: undefined })).claims.email, undefined)
  })
})

test('what is nobody’s address is named', async () => {
  await assert.rejects(world.fetch('https://evil.example/token'), /https:\/\/evil\.example\/token/)
  await assert.rejects(world.fetch('https://github.com/login'), /https:\/\/github\.com\/login/)
  await assert.rejects(world.fetch('http://github.com/login/oauth/access_token'), /https/)
})

test('Apple refuses a secret of another team, client, key, audience or age', async () => {
  const { apple } = world.apps
  const now = Math.floor(Date.now() / 1000)
  const wrong = [
    [{ iss: 'OTHERTEAM1' }],
    [{ sub: 'other.app' }],
    [{ aud: 'https://example.test' }],
    [{ exp: now - 1 }],
    [{ exp: now + 181 * 24 * 60 * 60 }],
    [{}, { kid: 'OTHERKEY12' }],
    [{}, { alg: 'none' }],
  ].map(([claims, header]) => signAppleSecret(key.privateKey, apple, claims, header))
  wrong.push(signAppleSecret(makeAppleKey().privateKey, apple), 'no.jwt', '')
  for (const secret of wrong) {
    const { code } = await getCode(world, 'apple')
    const answer = await askToken(world, 'apple', { code }, { secret })
    assertRefused(answer, { name: 'apple', why: 'client' })
  }
})

test('Apple tells the name once, and answers with a form alone', async () => {
  world.apps.apple.hasConsent = false
  const open = (change) => world.open(makeAuthorization(world, 'apple', change).url)
  assert.deepEqual(JSON.parse(readBack(await open()).get('user')).name, {
    firstName: 'Ada',
    lastName: 'Lovelace',
  })
  assert.equal(readBack(await open()).get('user'), null)
  assert.equal(readBack(await open({ response_mode: undefined })).get('error'), 'invalid_request')
})

test('Entra redeems a code at the tenant that made it', async () => {
  const { code, verifier } = await getCode(world, 'azure')
  const answer = await askToken(world, 'azure', { code, code_verifier: verifier }, { tenant: 'consumers' })
  assertRefused(answer, { name: 'azure', why: 'code' })
})

test('GitHub answers with a form unless JSON is asked for', async () => {
  const { code, verifier } = await getCode(world, 'github')
  const params = { code, code_verifier: verifier }
  const { text } = await askToken(world, 'github', params, { headers: { accept: '*/*' } })
  assert.equal(new URLSearchParams(text).get('scope'), 'read:user,user:email')
})

test('LINE tells a scope that needs another in capitals, and never names email in the token response', async () => {
  const { url } = makeAuthorization(world, 'line', { scope: 'profile email' })
  assert.equal(readBack(await world.open(url)).get('error'), 'INVALID_SCOPE')
  const { code } = await getCode(world, 'line')
  assert.equal(JSON.parse((await askToken(world, 'line', { code })).text).scope, 'openid profile')
})

test('Reddit escapes an answer unless raw_json=1, and wants a User-Agent of the app’s own', async () => {
  const { code } = await getCode(world, 'reddit')
  const { text } = await askToken(world, 'reddit', { code })
  const authorization = `Bearer ${JSON.parse(text).access_token}`
  const me = 'https://oauth.reddit.com/api/v1/me'
  const ask = (url, agent) => world.fetch(url, { headers: { authorization, 'user-agent': agent } })
  assert.match((await (await ask(me, 'test')).json()).icon_img, /width=256&amp;height/)
  assert.match((await (await ask(`${me}?raw_json=1`, 'test')).json()).icon_img, /width=256&height/)
  assert.equal((await ask(me, 'node')).status, 429)
  const agent = { headers: { 'user-agent': 'undici' } }
  assertRefused(await askToken(world, 'reddit', { code }, agent), { name: 'reddit', why: 'request' })
})

test('Reddit gives a refresh token to a permanent grant alone', async () => {
  for (const [duration, isGiven] of [
    ['permanent', true],
    ['temporary', false],
  ]) {
    const { url } = makeAuthorization(world, 'reddit', { duration })
    const code = readBack(await world.open(url)).get('code')
    const { text } = await askToken(world, 'reddit', { code })
    assert.equal('refresh_token' in JSON.parse(text), isGiven, duration)
  }
})

test('Vercel drops a scope that the app does not have', async () => {
  const { url, verifier } = makeAuthorization(world, 'vercel', { scope: 'openid no:such' })
  const code = readBack(await world.open(url)).get('code')
  const { text } = await askToken(world, 'vercel', { code, code_verifier: verifier })
  assert.equal(JSON.parse(text).scope, 'openid')
})

test('metadata names the addresses that the stand-in has', async () => {
  for (const { metadata, authorize, token, keys } of Object.values(ROWS).filter((row) => row.metadata)) {
    const response = await world.fetch(`${metadata.issuer}/.well-known/openid-configuration`)
    const said = await response.json()
    const { issuer, authorization_endpoint, token_endpoint, jwks_uri } = said
    assert.deepEqual([authorization_endpoint, token_endpoint, jwks_uri], [authorize, token, keys], issuer)
  }
})

test('Notion takes no client_id beside Basic, and wants its version', async () => {
  const { code } = await getCode(world, 'notion')
  const beside = await askToken(world, 'notion', { code, client_id: world.apps.notion.clientId })
  assertRefused(beside, { name: 'notion', why: 'methods' })
  const headers = { 'notion-version': '' }
  assertRefused(await askToken(world, 'notion', { code }, { headers }), { name: 'notion', why: 'request' })
})

test('a parameter of the token request that comes twice is refused', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const body = 'grant_type=authorization_code&code=a&code=b'
  const response = await world.fetch(ROWS.spotify.token, { method: 'POST', headers, body })
  assertRefused({ text: await response.text() }, { name: 'spotify', why: 'request' })
})

test('WorkOS wants to know the organization, Notion the owner', async () => {
  for (const [name, param] of [
    ['workos', 'organization'],
    ['notion', 'owner'],
  ]) {
    const { url } = makeAuthorization(world, name, { [param]: undefined })
    assert.equal(readBack(await world.open(url)).get('error'), 'invalid_request')
  }
})
