// Providers whose client secret is a JWT that the app's key signs, and the endpoint of theirs that checks it.
import { generateKeyPairSync } from 'node:crypto'
import { answerOf } from '../../../stand-ins/hostile-token-endpoint.mjs'
import { apple } from '../../../stand-ins/providers/apple.mjs'

const APP = { clientId: 'example.app.web', teamId: 'TEAM123456', keyId: 'KEY1234567' }
/** Whom Apple's check takes a secret for. */
const ISSUER = 'https://appleid.apple.com'
const GOOD = JSON.stringify({ access_token: 'access', token_type: 'bearer', expires_in: 3600 })

const onCurve = (namedCurve) => generateKeyPairSync('ec', { namedCurve })
const registered = onCurve('P-256')

/** @param {{ privateKey: import('node:crypto').KeyObject }} pair */
const toText = ({ privateKey }) => privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')

/** Keys with which a host cannot sign ES256, by the name of a provider. The curve of Bitcoin has numbers of 32 bytes too. */
const OTHER_KEYS = {
  'signed-with-secp256k1': toText(onCurve('secp256k1')),
  'signed-with-p-384': toText(onCurve('P-384')),
  'signed-with-rsa': toText(generateKeyPairSync('rsa', { modulusLength: 2048 })),
  'signed-with-half-a-key': toText(registered).slice(0, 120),
}
export const CANNOT_SIGN = Object.keys(OTHER_KEYS)

const KEYS = {
  'signed-well': toText(registered),
  'signed-by-another-key': toText(onCurve('P-256')),
  ...OTHER_KEYS,
}

/** The options of these providers. @param {string} origin where `answer` answers */
export const signedOptions = (origin) =>
  Object.fromEntries(
    Object.entries(KEYS).map(([name, privateKey]) => {
      const [authorizationEndpoint, tokenEndpoint] = [`${origin}/authorize`, `${origin}/${name}`]
      const addresses = { authorizationEndpoint, tokenEndpoint, revocationEndpoint: tokenEndpoint }
      return [name, { ...APP, privateKey, issuer: ISSUER, scopes: 'account', ...addresses }]
    }),
  )

/** Their token and revocation endpoint. @type {import('../../../stand-ins/hostile-token-endpoint.mjs').Behaviour} */
export const answer = ({ body }) => {
  const secret = new URLSearchParams(body).get('client_secret')
  const isGood = apple.checkSecret(secret, { ...APP, publicKey: registered.publicKey }, Date.now())
  return [isGood ? answerOf({ body: GOOD }) : answerOf({ status: 400, body: '{"error":"invalid_client"}' })]
}

/** By name, as BEHAVIOURS has them. */
export const SIGNED_BEHAVIOURS = Object.fromEntries(Object.keys(KEYS).map((name) => [name, answer]))
