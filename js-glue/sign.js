import { decode } from './base64url.js'
import * as SIGN from './generated/messages/sign.js'
import { makeKeeper } from './keeper.js'
import { field } from './step.js'

/**
 * The signatures by key and signing input. The core changes an input before its signature is of no use. An app has a
 * handful of keys.
 */
const getSignature = makeKeeper(8)

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** @param {ArrayBuffer} bytes */
const encode = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/**
 * @param {string} pkcs8 base64url
 * @param {string} data
 */
const create = async (pkcs8, data) => {
  const key = await crypto.subtle.importKey('pkcs8', decode(pkcs8), ALGORITHM, false, ['sign'])
  return encode(await crypto.subtle.sign(ALGORITHM, key, new TextEncoder().encode(data)))
}

/**
 * Carries out a SIGN step with WebCrypto. A key that cannot sign gives no signature.
 * @param {string[]} step
 * @returns {Promise<import('./transport.js').FetchResult>}
 */
export const sign = async (step) => {
  const key = field(step, SIGN.key)
  const data = field(step, SIGN.data)
  const signature = await getSignature(`${key} ${data}`, () => create(key, data)).catch(() => '')
  return { failure: '', status: '', contentType: '', body: signature }
}
