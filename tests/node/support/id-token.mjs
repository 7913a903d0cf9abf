// ID Tokens: keys made when a test starts, tokens signed with jose or by hand where jose would refuse.
import { createHmac, createSign } from 'node:crypto'
import { CompactSign, exportJWK, exportSPKI, generateKeyPair } from 'jose'

const encoder = new TextEncoder()
export const toBase64url = (text) => Buffer.from(text).toString('base64url')

/** Algorithm -> how its key is made and what at_hash is hashed with. */
export const ALGORITHMS = {
  ...Object.fromEntries(
    [256, 384, 512].flatMap((bits) => ['RS', 'PS', 'ES'].map((kind) => [`${kind}${bits}`, `sha${bits}`])),
  ),
  EdDSA: 'sha512',
}

const made = new Map()

/** One key for each algorithm. @param {string} alg @returns {Promise<{ alg: string, kid: string, privateKey: any, publicKey: any, jwk: any }>} */
export const keyFor = (alg) => {
  if (!made.has(alg)) {
    made.set(
      alg,
      (async () => {
        const { privateKey, publicKey } = await generateKeyPair(alg, {
          ...(alg === 'EdDSA' && { crv: 'Ed25519' }),
          extractable: true,
        })
        const kid = `key-${alg}`
        return {
          alg,
          kid,
          privateKey,
          publicKey,
          jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg },
        }
      })(),
    )
  }
  return made.get(alg)
}

/** A key set with the public keys of all algorithms. */
export const jwks = async () => ({
  keys: await Promise.all(Object.keys(ALGORITHMS).map(async (alg) => (await keyFor(alg)).jwk)),
})

/**
 * A signed token.
 * @param {string | Record<string, any>} payload JSON as text is signed as it is
 * @param {{ alg?: string, header?: Record<string, any> }} [options] further header members
 */
export const sign = async (payload, { alg = 'RS256', header = {} } = {}) => {
  const key = await keyFor(alg)
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const all = { alg, kid: key.kid, ...header }
  for (const name of Object.keys(all)) if (all[name] === undefined) delete all[name]
  // jose checks `crit` and `alg` itself; what it would not sign is signed here.
  if (all.crit === undefined && all.alg === alg)
    return new CompactSign(encoder.encode(text)).setProtectedHeader(all).sign(key.privateKey)
  const input = `${toBase64url(JSON.stringify(all))}.${toBase64url(text)}`
  const { KeyObject } = await import('node:crypto')
  const privateKey = key.privateKey instanceof KeyObject ? key.privateKey : KeyObject.from(key.privateKey)
  return `${input}.${createSign('sha256').update(input).sign(privateKey, 'base64url')}`
}

/** HS256 with the RSA public key's PEM as the secret: the old confusion of algorithms. @param {Record<string, any>} payload */
export const signConfused = async (payload) => {
  const { publicKey, kid } = await keyFor('RS256')
  const input = `${toBase64url(JSON.stringify({ alg: 'HS256', kid }))}.${toBase64url(JSON.stringify(payload))}`
  return `${input}.${createHmac('sha256', await exportSPKI(publicKey))
    .update(input)
    .digest('base64url')}`
}

/** A token that nobody signed. @param {string} header JSON @param {string} payload JSON @param {string} [signature] */
export const unsigned = (header, payload, signature = '') =>
  `${toBase64url(header)}.${toBase64url(payload)}.${signature}`

/** The same token with its signature's first bit flipped. @param {string} token */
export const flipSignature = (token) => {
  const [header, payload, signature] = token.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  bytes[0] ^= 0x80
  return `${header}.${payload}.${bytes.toString('base64url')}`
}
