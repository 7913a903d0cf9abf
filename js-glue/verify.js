import { decode } from './base64url.js'
import * as VERIFY from './generated/messages/verify.js'
import { makeKeeper } from './keeper.js'
import { field } from './step.js'

/** The keys by algorithm and JSON Web Key. Providers have a handful of them. */
const getKey = makeKeeper(32)

/**
 * The bits of SHA-2, with the curve that goes with them (RFC 7518 3.1).
 * @type {[number, string][]}
 */
const HASHES = [
  [256, 'P-256'],
  [384, 'P-384'],
  [512, 'P-521'],
]

/**
 * The algorithm that WebCrypto's importKey and verify take, by its JOSE name.
 * @type {Record<string, any>}
 */
export const ALGORITHMS = Object.fromEntries([
  ['EdDSA', { name: 'Ed25519' }],
  ...HASHES.flatMap(([bits, namedCurve]) => {
    const hash = `SHA-${bits}`
    return [
      [`RS${bits}`, { name: 'RSASSA-PKCS1-v1_5', hash }],
      [`PS${bits}`, { name: 'RSA-PSS', hash, saltLength: bits / 8 }],
      [`ES${bits}`, { name: 'ECDSA', namedCurve, hash }],
    ]
  }),
])

/**
 * @param {string} jwk
 * @param {any} algorithm
 * @returns {Promise<CryptoKey>}
 */
const importKey = async (jwk, algorithm) =>
  crypto.subtle.importKey('jwk', JSON.parse(jwk), algorithm, false, ['verify'])

/**
 * Carries out a VERIFY step with WebCrypto. A signature that cannot be verified is not valid.
 * @param {string[]} step
 * @returns {Promise<import('./transport.js').FetchResult>}
 */
export const verify = async (step) => {
  let valid = false
  try {
    const alg = field(step, VERIFY.alg)
    const algorithm = ALGORITHMS[alg]
    const jwk = field(step, VERIFY.jwk)
    const key = await getKey(alg + jwk, () => importKey(jwk, algorithm))
    const data = new TextEncoder().encode(field(step, VERIFY.data))
    valid = await crypto.subtle.verify(algorithm, key, decode(field(step, VERIFY.signature)), data)
  } catch {}
  return { failure: '', status: valid ? '1' : '0', contentType: '', body: '' }
}
