// The transaction cookie seen from outside: taken apart, and sealed again with WebCrypto instead of the core.
import { webcrypto } from 'node:crypto'
import { ISSUER, ORIGIN, SECRET } from './app.mjs'

const encoder = new TextEncoder()

/** @param {string | Uint8Array} text */
const encode = (text) => Buffer.from(text).toString('base64url')
/** @param {string} text */
const decode = (text) => Buffer.from(text, 'base64url').toString()

/** HMAC-SHA-256. @param {Uint8Array} secret @param {string} text */
export const hmac = async (secret, text) => {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await webcrypto.subtle.importKey('raw', secret, algorithm, false, ['sign'])
  return new Uint8Array(await webcrypto.subtle.sign('HMAC', key, encoder.encode(text)))
}

/** The parts of a sealed transaction by name. @param {string} value */
export const parseSealed = (value) => {
  const [mac, provider, state, code_verifier, nonce, next] = value.split('.')
  return { mac, provider: decode(provider), state, code_verifier, nonce, next: decode(next) }
}

/**
 * Seals a transaction as the core does.
 * @param {{ provider?: string, state: string, code_verifier?: string, nonce?: string, next?: string, payload?: string }} transaction
 * @param {{ secret?: string, purpose?: string | null, redirectUri?: string, issuer?: string }} [binding] a `purpose` of null takes
 *   the secret itself as the key
 */
export const seal = async (transaction, binding = {}) => {
  const { secret = SECRET, purpose = 'landfall transaction 2' } = binding
  const { redirectUri = `${ORIGIN}/auth/callback/main`, issuer = ISSUER } = binding
  const { provider = 'main', state, code_verifier = '', nonce = '', next = '/dashboard' } = transaction
  const payload =
    transaction.payload ?? [encode(provider), state, code_verifier, nonce, encode(next)].join('.')
  const key = purpose === null ? encoder.encode(secret) : await hmac(encoder.encode(secret), purpose)
  const mac = await hmac(key, `${payload}\n${redirectUri}\n${issuer}`)
  return `${encode(mac)}.${payload}`
}
