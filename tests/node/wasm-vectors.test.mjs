// The vectors and the cryptography of the core, as far as they can be seen through the package.
import assert from 'node:assert/strict'
import { webcrypto } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, mock, test } from 'node:test'
import { checkNext, createAuth } from '../../dist/index.js'
import { ISSUER, ORIGIN, PROVIDER, readStart } from './support/app.mjs'
import { parseSealed, seal } from './support/transaction.mjs'

const ENTROPY_BYTES = 96
const STARTS_PER_DRAW = 16
const CHALLENGES = 2000
const SEALS = 300
const ORIGINS = [ORIGIN, 'http://localhost:3000', 'https://app.example:8443']

const load = (name) => {
  const document = JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8'))
  assert.equal(document.name, name)
  assert.equal(document.cases.length, document.count)
  assert.ok(document.count > 0)
  return document.cases
}

/** Bytes as vectors write them. @returns {Buffer} */
const toBytes = (value) => {
  if (typeof value === 'string') return Buffer.from(value)
  if (value.parts) return Buffer.concat(value.parts.map(toBytes))
  const once = value.hex === undefined ? Buffer.from(value.text) : Buffer.from(value.hex, 'hex')
  return Buffer.concat(Array(value.repeat ?? 1).fill(once))
}

const isUtf8 = (bytes) => Buffer.from(bytes.toString('utf8')).equals(bytes)
const toBase64url = (bytes) => Buffer.from(bytes).toString('base64url')

test('next.json through checkNext, under every origin', () => {
  const cases = load('next')
  let run = 0
  let bytesOnly = 0
  for (const { id, next, want, origin } of cases) {
    const bytes = toBytes(next)
    // JavaScript has no strings that are not UTF-8 here; the native tests have these.
    if (!isUtf8(bytes)) {
      bytesOnly += 1
      continue
    }
    const wanted = want === null ? null : toBytes(want).toString('utf8')
    for (const one of origin === undefined ? ORIGINS : [origin]) {
      assert.equal(checkNext(bytes.toString('utf8'), one), wanted, `${id} under ${one}`)
      run += 1
    }
  }
  assert.ok(run > cases.length && bytesOnly < 20, `${run} checks, ${bytesOnly} left to the native tests`)
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

  const cases = load('pkce').filter(({ entropy }) => entropy !== undefined)
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
