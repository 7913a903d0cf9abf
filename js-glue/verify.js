import { refuseArgument } from './arguments.js'
import { decode } from './base64url.js'
import { VERIFY_SECONDS } from './generated/limits.js'
import * as VERIFY from './generated/messages/verify.js'
import { makeKeeper } from './keeper.js'
import { field } from './step.js'
import { within } from './within.js'

/** @typedef {import('./signature.js').UnverifiedSignature} UnverifiedSignature */
/** @typedef {import('./signature.js').Verify} Verify */

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

/** @param {string[]} step */
const toData = (step) => new TextEncoder().encode(field(step, VERIFY.data))

/**
 * The verdict of WebCrypto. A signature or a key that is damaged is not valid.
 * @param {string[]} step
 * @returns {Promise<boolean>}
 * @throws where there is no WebCrypto, or one without the algorithm
 */
const askWebCrypto = async (step) => {
  const { subtle } = globalThis.crypto
  if (!subtle) throw new Error('landfall: there is no `crypto.subtle` here; set the option `verify`')
  try {
    const alg = field(step, VERIFY.alg)
    const algorithm = ALGORITHMS[alg]
    const jwk = field(step, VERIFY.jwk)
    const key = await getKey(alg + jwk, () => importKey(jwk, algorithm))
    return await subtle.verify(algorithm, key, decode(field(step, VERIFY.signature)), toData(step))
  } catch (error) {
    if (/** @type {any} */ (error)?.name === 'NotSupportedError') throw error
    return false
  }
}

/**
 * The verdict of the app's own function. It gets copies, and a forgotten `return` is no verdict.
 * @param {string[]} step
 * @param {Verify} check
 * @returns {Promise<boolean>}
 * @throws {LandfallError} argument_invalid for another result, and for none in time; what the function throws
 */
const askApp = async (step, check) => {
  const der = field(step, VERIFY.signature_der)
  const asked = /** @type {UnverifiedSignature} */ ({
    alg: field(step, VERIFY.alg),
    jwk: JSON.parse(field(step, VERIFY.jwk)),
    spki: decode(field(step, VERIFY.spki)),
    signature: decode(field(step, VERIFY.signature)),
    signatureDer: der === '' ? null : decode(der),
    data: toData(step),
  })
  const verdict = await within(1000 * VERIFY_SECONDS, Promise.resolve(check(asked)))
  return typeof verdict === 'boolean'
    ? verdict
    : refuseArgument('verify', 'its result', { name: `true or false, within ${VERIFY_SECONDS} seconds` })
}

/**
 * Carries out a VERIFY step.
 * @param {string[]} step
 * @param {Verify | null} [check] the app's own function; WebCrypto unless given
 * @returns {Promise<import('./transport.js').FetchResult>}
 */
export const verify = async (step, check) => {
  const result = { failure: '', status: '', contentType: '', body: '' }
  try {
    const isGood = await (check ? askApp(step, check) : askWebCrypto(step))
    return { ...result, status: isGood ? '1' : '0' }
  } catch (cause) {
    return { ...result, failure: 'refused', cause }
  }
}
