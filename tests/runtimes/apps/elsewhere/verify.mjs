// The option `verify`, with two libraries in plain JavaScript: for engines without WebCrypto.
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { mgf1, PKCS1_SHA256, PKCS1_SHA384, PKCS1_SHA512, PSS } from 'micro-rsa-dsa-dh/rsa.js'

/** @param {string} [base64url] */
const toNumber = (base64url = '') => {
  const bytes = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'))
  const digits = Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0'))
  return BigInt(`0x${digits.join('')}`)
}

/** @typedef {import('landfall').UnverifiedSignature} Asked */

const rsa =
  (scheme) =>
  /** @param {Asked} asked */
  ({ jwk, data, signature }) =>
    scheme.verify({ n: toNumber(jwk.n), e: toNumber(jwk.e) }, data, signature)

/** A point stands at the end of its key in DER. JOSE takes both forms of `s`. */
const ecdsa =
  (curve, pointBytes) =>
  /** @param {Asked} asked */
  ({ spki, data, signature }) =>
    curve.verify(signature, data, spki.slice(-pointBytes), { lowS: false })

const CHECKS = {
  RS256: rsa(PKCS1_SHA256),
  RS384: rsa(PKCS1_SHA384),
  RS512: rsa(PKCS1_SHA512),
  PS256: rsa(PSS(sha256, mgf1(sha256), 32)),
  PS384: rsa(PSS(sha384, mgf1(sha384), 48)),
  PS512: rsa(PSS(sha512, mgf1(sha512), 64)),
  ES256: ecdsa(p256, 65),
  ES384: ecdsa(p384, 97),
  ES512: ecdsa(p521, 133),
  EdDSA: ({ spki, data, signature }) => ed25519.verify(signature, data, spki.slice(-32)),
}

/** What the libraries throw is about a damaged key or signature: no good one. @param {Asked} asked */
export const verify = (asked) => {
  try {
    return CHECKS[asked.alg](asked)
  } catch {
    return false
  }
}
