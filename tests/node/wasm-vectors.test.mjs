// The vectors and the cryptography of the core, as far as they can be seen through the package.
import assert from 'node:assert/strict'
import { webcrypto } from 'node:crypto'
import { describe, mock, test } from 'node:test'
import { checkNext, createAuth } from '../../dist/index.js'
import { ISSUER, ORIGIN, PROVIDER, readStart } from './support/app.mjs'
import { parseSealed, seal } from './support/transaction.mjs'
import { listNextChecks, loadVectors, toBytes } from './support/vectors.mjs'

const ENTROPY_BYTES = 96
const STARTS_PER_DRAW = 16
const CHALLENGES = 2000
const SEALS = 300

const toBase64url = (bytes) => Buffer.from(bytes).toString('base64url')

test('next.json through checkNext, under every origin', () => {
  const checks = listNextChecks()
  for (const { id, next, origin, want } of checks)
    assert.equal(checkNext(next, origin), want, `${id} under ${origin}`)
  const { size } = new Set(checks.map(({ id }) => id))
  const bytesOnly = loadVectors('next').length - size
  assert.ok(
    checks.length > size && bytesOnly < 20,
    `${checks.length} checks, ${bytesOnly} left to the native tests`,
  )
})

describe('pkce.json through start', () => {
  const auth = createAuth({ origin: ORIGIN, secret: 'x'.repeat(32), providers: { main: PROVIDER } })

  /** A start from these random bytes. @param {Uint8Array} entropy of the code_verifier */
  const startFrom = (entropy) => {
    const one = Buffer.from([...Array(ENTROPY_BYTES).keys()])
    one.set(entropy, 32)
    const stub = mock.method(crypto, 'getRandomValues', (array) => {
      for (let at = 0; at < array.length; at += ENTROPY_BYTES) array.set(one, at)
      return array
    })
    try {
      // Bytes that were drawn before come first.
      for (let i = 0; i < STARTS_PER_DRAW; i++) auth.start({})
      const { url, setCookie } = auth.start({})
      return readStart(new URL(url), setCookie)
    } finally {
      stub.mock.restore()
    }
  }

  const cases = loadVectors('pkce').filter(({ entropy }) => entropy !== undefined)
  assert.ok(cases.length > 0)
  for (const { id, comment, entropy, code_verifier, code_challenge } of cases) {
    test(`${id}: ${comment}`, () => {
      const { url, value } = startFrom(toBytes(entropy))
      assert.equal(parseSealed(value).code_verifier, code_verifier)
      assert.equal(url.searchParams.get('code_challenge'), code_challenge)
    })
  }
})

describe('against WebCrypto', () => {
  test(`SHA-256: ${CHALLENGES} code challenges`, async () => {
    const auth = createAuth({ origin: ORIGIN, secret: 'x'.repeat(32), providers: { main: PROVIDER } })
    for (let i = 0; i < CHALLENGES; i++) {
      const { url, setCookie } = auth.start({})
      const tx = readStart(new URL(url), setCookie)
      const { code_verifier } = parseSealed(tx.value)
      const digest = await webcrypto.subtle.digest('SHA-256', Buffer.from(code_verifier))
      assert.equal(tx.url.searchParams.get('code_challenge'), toBase64url(digest))
    }
  })

  test(`HMAC-SHA-256: ${SEALS} sealed cookies, with secrets and targets of every length`, async () => {
    for (let i = 0; i < SEALS; i++) {
      // Around the 64 bytes of a block, and beyond ASCII.
      const secret = (i % 3 === 0 ? 'ü' : 'k').repeat(32 + (i % 101))
      const next = `/${'n'.repeat((i * 37) % 2000)}`
      const issuer = i % 2 ? ISSUER : `${ISSUER}/${'t'.repeat(i % 64)}`
      const providers = { main: { ...PROVIDER, issuer, scopes: 'openid', jwksUri: `${ISSUER}/jwks` } }
      const { url, setCookie } = createAuth({ origin: ORIGIN, secret, providers }).start({ next })
      const { value } = readStart(new URL(url), setCookie)
      const parts = parseSealed(value)
      assert.equal(parts.next, next)
      assert.equal(parts.nonce.length, 43)
      assert.equal(await seal(parts, { secret, issuer }), value)
    }
  })
})
