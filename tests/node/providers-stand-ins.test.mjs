// The stand-ins of the providers are strict: each refuses what its documents say that it refuses, in its own words.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { createLocalJWKSet, jwtVerify } from 'jose'
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

const NAMES = Object.keys(ROWS)
const key = makeAppleKey()
let late = 0
let world
before(async () => {
  world = await startProviders({ now: () => Date.now() + late })
  const { apple } = world.apps
  apple.publicKey = key.publicKey
  apple.clientSecret = signAppleSecret(key.privateKey, apple)
})
after(() => world.stop())
beforeEach(() => {
  late = 0
})

const isMac = ({ idToken }) => idToken?.alg === 'HS256'
/** What an ID Token is verified with: the secret of the client, or a key of the set. */
const getKey = async ({ name, keys, idToken }) =>
  isMac({ idToken })
    ? Buffer.from(world.apps[name].clientSecret)
    : createLocalJWKSet(await (await world.fetch(fill(keys))).json())

/** A refusal of the token endpoint, in the words of the row. */
const assertRefused = ({ status, text }, { name, why }) => {
  const expected = ROWS[name].refusals?.[why] ?? REFUSALS[why]
  assert.deepEqual([status, JSON.parse(text)], [expected.status, expected.body])
}

test('there are twenty-two', () => {
  assert.equal(NAMES.length, 22)
})

for (const name of NAMES) {
  const row = ROWS[name]
  describe(name, () => {
    const refuses = async (why, params, change) => {
      const { code, verifier } = await getCode(world, name)
      const answer = await askToken(world, name, { code, code_verifier: verifier, ...params }, change)
      assertRefused(answer, { name, why })
    }

    test('a documented sign-in ends with a token, a profile and a good ID Token', async () => {
      const { url, verifier } = makeAuthorization(world, name)
      const back = readBack(await world.open(url))
      assert.equal(back.get('state'), 'the-state')
      assert.equal(back.get('iss'), row.iss ?? null)
      const params = { code: back.get('code'), code_verifier: verifier }
      const { status, text } = await askToken(world, name, params)
      assert.equal(status, 200, text)
      const tokens = JSON.parse(text)
      for (const [address, api] of Object.entries(row.apis ?? {})) {
        const headers = {
          authorization: `Bearer ${tokens.access_token}`,
          'user-agent': 'test',
          'client-id': world.apps[name].clientId,
          'notion-version': '2022-06-28',
        }
        const response = await world.fetch(fill(address), { headers })
        assert.equal(response.status, 200, address)
        assert.match(await response.text(), /Ada|ada|"sub"|"id"/, address)
        for (const lacking of [...Object.keys(api.headers ?? {}), 'authorization']) {
          const { [lacking]: _, ...rest } = headers
          assert.ok((await world.fetch(fill(address), { headers: rest })).status >= 400, lacking)
        }
      }
      if (!row.keys && !isMac(row)) return
      const { payload, protectedHeader } = await jwtVerify(tokens.id_token, await getKey(row))
      assert.equal(protectedHeader.alg, row.idToken.alg ?? 'RS256')
      assert.equal(payload.aud, world.apps[name].clientId)
      assert.equal(payload.nonce, name === 'linkedin' ? undefined : 'the-nonce')
    })

    test('no: an error of the documents, and the state', async () => {
      const back = readBack(await world.open(makeAuthorization(world, name).url, 'deny'))
      assert.equal(back.get('error'), row.denial?.error ?? 'access_denied')
      assert.deepEqual([back.get('code'), back.get('state')], [null, 'the-state'])
    })

    test('a wrong secret, and another client_id', async () => {
      await refuses('client', {}, { secret: 'wrong' })
      await refuses(row.refusesClientIdBesideBasic ? 'methods' : 'client', { client_id: 'another' })
      const { url } = makeAuthorization(world, name, { client_id: 'another' })
      await assert.rejects(world.open(url), /client_id/)
    })

    test('both ways of client authentication at once, and none', async () => {
      const { code, verifier } = await getCode(world, name)
      const params = { code, code_verifier: verifier }
      assertRefused(await askToken(world, name, params, { way: 'both' }), { name, why: 'methods' })
      const answer = await askToken(
        world,
        name,
        { ...params, client_secret: undefined },
        { way: 'client_secret_post' },
      )
      assertRefused(answer, { name, why: 'client' })
    })

    test('a way of client authentication that it does not document', async () => {
      for (const way of ['client_secret_basic', 'client_secret_post']) {
        const isTaken = row.clientAuthentication.includes(way)
        const { code, verifier } = await getCode(world, name)
        const answer = await askToken(world, name, { code, code_verifier: verifier }, { way })
        if (isTaken) assert.match(answer.text, /access_token/, way)
        else assertRefused(answer, { name, why: 'client' })
      }
    })

    test('a code that is used, expired, or another provider’s', async () => {
      const { code, verifier } = await getCode(world, name)
      const params = { code, code_verifier: verifier }
      assert.equal((await askToken(world, name, params)).status, 200)
      assertRefused(await askToken(world, name, params), { name, why: 'code' })
      const other = NAMES.find((one) => one !== name)
      const foreign = await getCode(world, other)
      await refuses('code', { code: foreign.code })
      const old = await getCode(world, name)
      late = 601_000
      const answer = await askToken(world, name, { code: old.code, code_verifier: old.verifier })
      assertRefused(answer, { name, why: 'code' })
    })

    test('a redirect_uri that is not registered, or not that of the request', async () => {
      const evil = 'https://evil.example/auth/callback'
      const { url } = makeAuthorization(world, name, { redirect_uri: evil })
      await assert.rejects(world.open(url), /redirect_uri/)
      const longer = `${world.apps[name].redirectUri}/more`
      const opened = world.open(makeAuthorization(world, name, { redirect_uri: longer }).url)
      if (row.takesLongerRedirects) assert.ok((await opened).url.startsWith(longer))
      else await assert.rejects(opened, /redirect_uri/)
      await refuses('redirect', { redirect_uri: longer })
      await refuses('redirect', { redirect_uri: undefined })
    })

    test('a code_verifier that is wrong, missing or not wanted', async () => {
      await refuses('verifier', { code_verifier: 'x'.repeat(43) })
      if (row.pkce !== 'required') return
      await refuses('verifier', { code_verifier: undefined })
      for (const change of [{ code_challenge: undefined }, { code_challenge_method: 'plain' }]) {
        const back = readBack(await world.open(makeAuthorization(world, name, change).url))
        assert.equal(back.get('error'), 'invalid_request', JSON.stringify(change))
      }
    })

    test('a body of another type', async () => {
      await refuses('request', {}, { headers: { 'content-type': 'text/plain' } })
    })
  })
}
