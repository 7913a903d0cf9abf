/** A provider of the table as a stand-in in this page: it says who Ada is in the members that its row names. */
import { base64url } from './token-answers.js'

/** Ada, by the members of a profile. @type {Record<string, unknown>} */
const ADA = {
  sub: '1815-12-10',
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  email_verified: true,
  username: 'ada',
}
const KEY_ID = 'key-1'
const MINUTE_SECONDS = 60

/** Puts a value at a path, `data/id`. @param {any} object @param {string} path @param {unknown} value */
const put = (object, path, value) => {
  const names = path.split('/')
  const last = names.pop() ?? ''
  for (const name of names) object = object[name] ??= {}
  object[last] = value
}

/** The userinfo, or the claims of an ID Token. @param {import('./known-providers.js').Known} row */
export const profileOf = ([, , , , , profile = '']) => {
  const { username, ...said } = ADA
  /** @type {Record<string, unknown>} */
  const answer = { ...said, preferred_username: username }
  for (const [member = '', places = ''] of profile.split(' ').map((one) => one.split('='))) {
    delete answer[member]
    // The first of the places, and of two conditions or parts of a name.
    const [, path] = /^[?#]?([^|&+]+)/.exec(places) ?? []
    if (path && member in ADA) put(answer, path, ADA[member])
  }
  return answer
}

/** The list of addresses: a member for each of the three names in the row. @param {import('./known-providers.js').Known} row */
export const emailsOf = ([, , , , , , names = '']) => [
  Object.fromEntries(names.split(' ').map((name, i) => [name, i === 0 ? ADA.email : true])),
]

/** @type {Promise<CryptoKeyPair> | undefined} */
let pair
const keys = () =>
  (pair ??= crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']))

/** The key set that checks its ID Tokens. */
export const keySet = async () => ({
  keys: [{ ...(await crypto.subtle.exportKey('jwk', (await keys()).publicKey)), kid: KEY_ID, alg: 'ES256' }],
})

/** @param {string} issuer @param {string} audience @param {string} nonce @param {object} profile */
const idToken = async (issuer, audience, nonce, profile) => {
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: issuer, aud: audience, iat: now, exp: now + 10 * MINUTE_SECONDS, nonce, ...profile }
  const signed = [{ alg: 'ES256', kid: KEY_ID }, claims]
    .map((part) => base64url(JSON.stringify(part)))
    .join('.')
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    (await keys()).privateKey,
    new TextEncoder().encode(signed),
  )
  return `${signed}.${base64url(String.fromCharCode(...new Uint8Array(signature)))}`
}

/** The token response. @param {import('./known-providers.js').Known} row @param {string} audience @param {string} nonce */
export const tokensOf = async (row, audience, nonce) => {
  const [name, , , , issuer] = row
  return {
    access_token: `${name}-access-token`,
    token_type: 'bearer',
    expires_in: 7200,
    ...(issuer && { id_token: await idToken(issuer, audience, nonce, profileOf(row)) }),
  }
}
