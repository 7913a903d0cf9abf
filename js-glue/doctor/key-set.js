/** The keys with which a provider signs ID Tokens. */
import { ALGORITHMS } from '../verify.js'
import { mayAsk, parseAddress } from './address.js'
import { ask, readMember } from './ask.js'
import { seen } from './landfall.js'
import { fixSilence } from './silence.js'

/** @typedef {import('./findings.js').Findings} Findings */

/** Weaker RSA keys are refused (RFC 7518 3.3). */
const MIN_RSA_BITS = 2048
/** Providers have a handful of keys. */
const MAX_KEYS = 100

/**
 * The name of an algorithm in WebCrypto's table.
 * @param {unknown} alg
 */
const toName = (alg) => (alg === 'Ed25519' ? 'EdDSA' : alg)

/**
 * Whether a key checks signatures of an algorithm: WebCrypto compares its type, its curve and its uses.
 * @param {any} key
 * @param {string} alg
 */
const isUsable = async (key, alg) => {
  try {
    const { kty, use, key_ops, alg: own, crv, n, e, x, y } = key
    const jwk = JSON.parse(JSON.stringify({ kty, use, key_ops, crv, n, e, x, y }))
    if (own !== undefined && toName(own) !== alg) return false
    const algorithm = ALGORITHMS[alg]
    const imported = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify'])
    const { modulusLength = Number.POSITIVE_INFINITY } = /** @type {any} */ (imported.algorithm)
    return modulusLength >= MIN_RSA_BITS
  } catch {
    return false
  }
}

/**
 * The names of a list, which metadata must have (OpenID Connect Discovery 3).
 * @param {unknown} listed id_token_signing_alg_values_supported
 * @returns {string[]}
 */
const readNames = (listed) => (Array.isArray(listed) ? listed.filter((one) => typeof one === 'string') : [])

const TITLE = 'Its keys check ID Tokens'

/**
 * Looks at a key set.
 * @param {Findings} findings
 * @param {URL} url
 * @param {string[]} algorithms of which one is enough
 * @param {{ silent: string, useless: string }} fixes where the set does not come, and where no key of it is good
 */
const checkSet = async (findings, url, algorithms, { silent, useless }) => {
  const asked = await ask(url, { accept: 'application/json, application/jwk-set+json' })
  if (asked.status !== 200)
    return findings.wrong('keys', TITLE, seen(url.href, asked), fixSilence(asked, silent))
  const keys = readMember(asked.text, 'keys')
  if (!Array.isArray(keys))
    return findings.wrong('keys', TITLE, `${url.href} is no key set (RFC 7517 5).`, silent)
  for (const key of keys.slice(0, MAX_KEYS))
    for (const alg of algorithms) if (await isUsable(key, alg)) return findings.fine('keys', TITLE)
  return findings.wrong(
    'keys',
    TITLE,
    `None of its ${keys.length} keys is for ${algorithms.join(', ')}.`,
    useless,
  )
}

/**
 * Looks at the key set that metadata name.
 * @param {Findings} findings
 * @param {string} metadata as Landfall took them
 */
export const checkKeys = async (findings, metadata) => {
  const listed = readNames(readMember(metadata, 'id_token_signing_alg_values_supported'))
  const algorithms = Object.keys(ALGORITHMS).filter((alg) => listed.map(toName).includes(alg))
  const known = Object.keys(ALGORITHMS).join(', ')
  if (algorithms.length === 0)
    return findings.wrong(
      'keys',
      TITLE,
      `It signs with ${listed.join(', ') || 'no algorithm that its metadata name'}.`,
      `At the provider, let the client have ID Tokens that are signed with one of ${known}.`,
    )
  const url = parseAddress(readMember(metadata, 'jwks_uri'))
  const silent = 'The app’s server must reach the address jwks_uri of the metadata.'
  if (!url || !mayAsk(readMember(metadata, 'issuer'), url))
    return findings.wrong('keys', TITLE, 'jwks_uri is no address that the doctor asks.', silent)
  const useless = `At the provider, add a key for one of ${known}; an RSA key has ${MIN_RSA_BITS} bits or more.`
  return checkSet(findings, url, algorithms, { silent, useless })
}

/**
 * Looks at the key set of a provider that Landfall knows by name.
 * @param {Findings} findings
 * @param {string} jwksUri
 */
export const checkRowKeys = (findings, jwksUri) =>
  checkSet(findings, new URL(jwksUri), Object.keys(ALGORITHMS), {
    silent: 'The app’s server must reach this address.',
    useless:
      'Set jwksUri to the address where the provider has them now, and report it: Landfall knows this one.',
  })
