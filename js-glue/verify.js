import * as VERIFY from './generated/messages/verify.js'
import { field } from './step.js'

/** Providers have a handful of keys; more than this are forgotten, oldest first. */
const MAX_KEYS = 32

/** @type {Map<string, Promise<CryptoKey>>} */
const keys = new Map()

/**
 * The algorithm that WebCrypto's importKey and verify take, by its JOSE name.
 * @type {Record<string, object>}
 */
export const ALGORITHMS = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256', saltLength: 32 },
  ES256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  EdDSA: { name: 'Ed25519' },
}

/**
 * @param {string} jwk
 * @param {any} algorithm
 * @param {string} name of the key and its algorithm
 */
const importKey = (jwk, algorithm, name) => {
  let key = keys.get(name)
  if (!key) {
    key = crypto.subtle.importKey('jwk', JSON.parse(jwk), algorithm, false, ['verify'])
    key.catch(() => keys.delete(name))
    keys.set(name, key)
    if (keys.size > MAX_KEYS) keys.delete(/** @type {string} */ (keys.keys().next().value))
  }
  return key
}

/** @param {string} text base64url */
const decode = (text) => {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

/**
 * Carries out a VERIFY step with WebCrypto. A signature that cannot be verified is not valid.
 * @param {string[]} step
 * @returns {Promise<import('./transport.js').FetchResult>}
 */
export const verify = async (step) => {
  let valid = false
  try {
    const alg = field(step, VERIFY.alg)
    const algorithm = /** @type {any} */ (ALGORITHMS[alg])
    const jwk = field(step, VERIFY.jwk)
    const key = await importKey(jwk, algorithm, alg + jwk)
    const data = new TextEncoder().encode(field(step, VERIFY.data))
    valid = await crypto.subtle.verify(algorithm, key, decode(field(step, VERIFY.signature)), data)
  } catch {}
  return { failure: '', status: valid ? '1' : '0', contentType: '', body: '' }
}
