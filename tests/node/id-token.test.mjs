// ID Tokens beyond the cases of callback_cases.json: at_hash, keys without a kid, and how often a key set is asked for.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { afterEach, describe, test } from 'node:test'
import { callbackUrl, ISSUER, json, makeApp, makeRequest, PROVIDER, startSignIn } from './support/app.mjs'
import { resetClock, setClock } from './support/clock.mjs'
import { ALGORITHMS, jwks, keyFor, sign } from './support/id-token.mjs'

const ACCESS_TOKEN = 'SlAV32hkKG~._-+/=='
const NOW = 1_750_000_000
const main = { ...PROVIDER, scopes: 'openid', jwksUri: `${ISSUER}/jwks` }

const leftHalf = (hash, text) => {
  const digest = createHash(hash).update(text).digest()
  return digest.subarray(0, digest.length / 2).toString('base64url')
}

/** An app whose provider signs with `options` and has `keys`. @param {any} options @param {any} [claims] @param {() => any} [keys] */
const makeSigningApp = (options, claims = {}, keys = jwks) => {
  let nonce
  const { named: idTokenSignedResponseAlg = options.alg } = options
  const app = makeApp(
    { providers: { main: { ...main, ...(idTokenSignedResponseAlg && { idTokenSignedResponseAlg }) } } },
    async ({ url }) => {
      if (url === main.jwksUri) return json(await keys())
      const now = Math.floor(Date.now() / 1000)
      const all = { iss: ISSUER, aud: 'client-1', sub: 'u', exp: now + 60, iat: now, nonce, ...claims }
      const id_token = await sign(all, options)
      return json({ access_token: ACCESS_TOKEN, token_type: 'Bearer', id_token })
    },
  )
  const signIn = async () => {
    const tx = await startSignIn(app)
    nonce = tx.url.searchParams.get('nonce')
    await app.auth.callback(makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))
    return app.events.at(-1).code ?? 'ok'
  }
  return { app, signIn, asked: () => app.sent.filter(({ url }) => url === main.jwksUri).length }
}

describe('at_hash', () => {
  for (const [alg, hash] of Object.entries(ALGORITHMS)) {
    test(`${alg}: the left half of ${hash}`, async () => {
      const good = leftHalf(hash, ACCESS_TOKEN)
      assert.equal(await makeSigningApp({ alg }, { at_hash: good }).signIn(), 'ok')
      const other = leftHalf(hash === 'sha256' ? 'sha512' : 'sha256', ACCESS_TOKEN)
      for (const at_hash of [leftHalf(hash, 'another'), other, good.slice(0, -1), `${good}A`, ''])
        assert.equal(await makeSigningApp({ alg }, { at_hash }).signIn(), 'id_token_at_hash')
    })
  }
})

describe('keys', () => {
  const only = async (...algs) => ({
    keys: await Promise.all(algs.map(async (alg) => (await keyFor(alg)).jwk)),
  })
  const nameless = async (...algs) => {
    const { keys } = await only(...algs)
    return { keys: keys.map(({ kid, alg, use, ...key }) => key) }
  }
  const withoutKid = { alg: 'RS256', header: { kid: undefined } }

  test('a token without a kid, and one key that fits', async () => {
    assert.equal(
      await makeSigningApp(withoutKid, {}, () => nameless('RS256', 'ES256', 'EdDSA')).signIn(),
      'ok',
    )
  })

  test('a token without a kid, and two keys that fit, leave a doubt', async () => {
    const keys = () => nameless('RS256', 'PS256')
    assert.equal(await makeSigningApp(withoutKid, {}, keys).signIn(), 'id_token_key')
  })

  test('a key of another use, type or algorithm does not count', async () => {
    const { keys } = await only('RS256')
    for (const change of [
      { use: 'enc' },
      { alg: 'RS512' },
      { kty: 'EC' },
      { kid: 'key-rs256' },
      { n: '' },
      { n: 1 },
    ]) {
      const changed = { keys: [{ ...keys[0], ...change }] }
      assert.equal(
        await makeSigningApp({}, {}, () => changed).signIn(),
        'id_token_key',
        JSON.stringify(change),
      )
    }
  })

  test('a key that is none, and private members, do no harm', async () => {
    const { keys } = await only('RS256')
    const odd = [null, 'x', 1, [], {}, { kty: 'oct', k: 'AA', kid: 'key-RS256' }]
    assert.equal(await makeSigningApp({}, {}, () => ({ keys: [...odd, ...keys] })).signIn(), 'ok')
    assert.equal(await makeSigningApp({}, {}, () => ({ keys: [{ ...keys[0], d: 'AAAA' }] })).signIn(), 'ok')
    // What only WebCrypto can find out: a point that is on no curve.
    const [point] = (await only('EdDSA')).keys
    const withX = (x) => () => ({ keys: [{ ...point, x }] })
    const broken = withX(`${'_'.repeat(42)}8`)
    assert.equal(await makeSigningApp({ alg: 'EdDSA' }, {}, broken).signIn(), 'id_token_signature')
    // A key of another length is none.
    assert.equal(await makeSigningApp({ alg: 'EdDSA' }, {}, withX('AAAA')).signIn(), 'id_token_key')
  })

  test('an RSA key that proves nothing, and one for another use', async () => {
    const [key] = (await only('RS256')).keys
    for (const change of [{ n: key.n.slice(0, 172) }, { e: 'AQ' }, { e: 'Ag' }, { key_ops: ['sign'] }]) {
      const app = makeSigningApp({}, {}, () => ({ keys: [{ ...key, ...change }] }))
      assert.equal(await app.signIn(), 'id_token_key', JSON.stringify(change))
    }
    const meant = () => ({ keys: [{ ...key, key_ops: ['verify'] }] })
    assert.equal(await makeSigningApp({}, {}, meant).signIn(), 'ok')
  })

  test('100 keys', async () => {
    const { keys } = await only('EdDSA')
    const many = Array.from({ length: 99 }, (_, i) => ({ ...keys[0], kid: `old-${i}` }))
    assert.equal(
      await makeSigningApp({ alg: 'EdDSA' }, {}, () => ({ keys: [...many, ...keys] })).signIn(),
      'ok',
    )
  })
})

describe('how often the key set is asked for', () => {
  afterEach(resetClock)

  test('once in ten minutes', async () => {
    setClock(NOW)
    const { signIn, asked } = makeSigningApp({})
    for (const seconds of [0, 300, 600]) {
      setClock(NOW + seconds)
      assert.equal(await signIn(), 'ok')
      assert.equal(asked(), 1)
    }
    setClock(NOW + 601)
    assert.equal(await signIn(), 'ok')
    assert.equal(asked(), 2)
  })

  test('for an unknown kid at most every ten seconds, whoever asks', async () => {
    setClock(NOW)
    const { signIn, asked } = makeSigningApp({ header: { kid: 'unknown' } })
    const counts = []
    for (let seconds = 0; seconds < 30; seconds++) {
      setClock(NOW + seconds)
      assert.equal(await signIn(), 'id_token_key')
      counts.push(asked())
    }
    assert.ok(counts.at(-1) <= 5, counts.join(' '))
  })
})
