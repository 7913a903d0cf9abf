import { VERIFY } from './generated/messages.js'

/** Providers have a handful of keys; more than this are forgotten, oldest first. */
const MAX_KEYS = 32

/** @type {Map<string, Promise<CryptoKey>>} */
const keys = new Map()

/** @param {string} jwk @param {object} algorithm @param {string} name */
const importKey = (jwk, algorithm, name) => {
  let key = keys.get(name)
  if (!key) {
    key = crypto.subtle.importKey('jwk', JSON.parse(jwk), /** @type {any} */ (algorithm), false, ['verify'])
    key.catch(() => keys.delete(name))
    keys.set(name, key)
    const oldest = keys.keys().next().value
    if (keys.size > MAX_KEYS && oldest) keys.delete(oldest)
  }
  return key
}

/** @param {string} text base64url */
const decode = (text) => {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

/**
 * Carries out a VERIFY step with WebCrypto; what cannot be verified is not valid. @param {string[]} step
 * @returns {Promise<import('./transport.js').Answer>}
 */
export const verify = async (step) => {
  const field = (/** @type {number} */ index) => /** @type {string} */ (step[index])
  const encoder = new TextEncoder()
  try {
    const algorithm = JSON.parse(field(VERIFY.algorithm))
    const key = await importKey(field(VERIFY.jwk), algorithm, field(VERIFY.algorithm) + field(VERIFY.jwk))
    const valid = await crypto.subtle.verify(
      algorithm,
      key,
      decode(field(VERIFY.signature)),
      encoder.encode(field(VERIFY.data)),
    )
    const digest = field(VERIFY.digest)
    const answer = digest
      ? new Uint8Array(await crypto.subtle.digest(digest, encoder.encode(field(VERIFY.digest_data))))
      : ''
    return { failure: '', status: valid ? '1' : '0', contentType: '', answer }
  } catch {
    return { failure: '', status: '0', contentType: '', answer: '' }
  }
}
