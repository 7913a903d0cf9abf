// ID Tokens and key sets. Each provider has a key of its own, made when somebody first needs it. HS256 has the client's
// secret as its key, and no `kid`.
import { createHmac, generateKeyPairSync, sign } from 'node:crypto'

const KINDS = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
}
const LIFE_SECONDS = 3600

const encode = (text) => Buffer.from(text).toString('base64url')
const toText = (value) => (typeof value === 'string' ? value : JSON.stringify(value))

/** @param {{ now(): number, changed(name: string, value: any): any }} world */
export const makeIdTokens = (world) => {
  const made = new Map()
  const keysOf = (row) => {
    if (!made.has(row.name)) made.set(row.name, KINDS[row.idToken.alg ?? 'RS256']())
    return made.get(row.name)
  }
  return {
    /** The key set of a provider. @param {any} row */
    keySet(row) {
      const jwk = keysOf(row).publicKey.export({ format: 'jwk' })
      const { alg = 'RS256', keyMembers = { alg } } = row.idToken
      return { keys: [{ ...jwk, kid: `key of ${row.name}`, use: 'sig', ...keyMembers }] }
    },

    /**
     * A signed ID Token of a grant. Claims that a test changed to text are signed as they are.
     * @param {any} row @param {any} grant
     */
    sign(row, grant) {
      const { alg = 'RS256', hasNonce = true, iss, claims } = row.idToken
      const iat = Math.floor(world.now() / 1000)
      const usual = {
        iss,
        aud: grant.app.clientId,
        iat,
        exp: iat + LIFE_SECONDS,
        ...(hasNonce && grant.nonce !== null && { nonce: grant.nonce }),
        ...claims(grant),
      }
      const isMac = alg === 'HS256'
      const header = toText({ alg, ...(!isMac && { kid: `key of ${row.name}` }), typ: 'JWT' })
      const input = `${encode(header)}.${encode(toText(world.changed(`${row.name} claims`, usual)))}`
      if (isMac)
        return `${input}.${createHmac('sha256', grant.app.clientSecret).update(input).digest('base64url')}`
      const key = { key: keysOf(row).privateKey, dsaEncoding: /** @type {const} */ ('ieee-p1363') }
      return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`
    },
  }
}
