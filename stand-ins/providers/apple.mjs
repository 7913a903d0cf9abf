// Apple. The client_secret is a JWT that the app signs. The answer is a form wherever the app asks for a name or an
// address. The name comes in that form, at the first consent alone.
import { verify } from 'node:crypto'

const AUDIENCE = 'https://appleid.apple.com'
const MAX_SECONDS = 180 * 24 * 60 * 60

const decode = (part) => JSON.parse(Buffer.from(part, 'base64url').toString())

/** Whether a client_secret is good: made for this app by the key that it registered, and not for too long. */
const checkSecret = (secret, { clientId, teamId, keyId, publicKey }, milliseconds) => {
  const [header, payload, signature, ...rest] = (secret ?? '').split('.')
  try {
    const { alg, kid } = decode(header)
    const { iss, sub, aud, iat, exp } = decode(payload)
    const now = Math.floor(milliseconds / 1000)
    const isOurs = alg === 'ES256' && kid === keyId && iss === teamId && sub === clientId && aud === AUDIENCE
    const isNow = (iat ?? now) <= now && exp > now && exp <= now + MAX_SECONDS
    const key = { key: publicKey, dsaEncoding: /** @type {const} */ ('ieee-p1363') }
    const bytes = Buffer.from(signature, 'base64url')
    const isSigned = verify('sha256', Buffer.from(`${header}.${payload}`), key, bytes)
    return rest.length === 0 && isOurs && isNow && isSigned
  } catch {
    return false
  }
}

export const apple = {
  name: 'apple',
  authorize: 'https://appleid.apple.com/auth/authorize',
  token: 'https://appleid.apple.com/auth/token',
  keys: 'https://appleid.apple.com/auth/keys',
  clientAuthentication: ['client_secret_post'],
  checkSecret,
  pkce: 'verified',
  codeSeconds: 300,
  scopes: ['openid', 'name', 'email'],
  findFault: (query, scopes) => {
    const wantsForm = scopes.includes('name') || scopes.includes('email')
    return wantsForm && query.get('response_mode') !== 'form_post' ? 'invalid_request' : ''
  },
  denial: { error: 'user_cancelled_authorize' },
  /** `user`, as often as a test wants it. */
  alsoAnswers({ app, person, scopes }, world) {
    if (!scopes.includes('name') || app.hasConsent) return []
    app.hasConsent = true
    const email = scopes.includes('email') ? { email: person.email } : {}
    const told = world.changed('apple user', JSON.stringify({ name: person.name, ...email }))
    return [told].flat().map((text) => ['user', text])
  },
  idToken: {
    iss: AUDIENCE,
    isAlways: true,
    claims: ({ person: { sub, email }, scopes }) => ({
      sub,
      ...(scopes.includes('email') && { email, email_verified: 'true', is_private_email: 'false' }),
    }),
  },
  tokens: (usual, _grant, makeToken) => ({ ...usual, scope: undefined, refresh_token: makeToken() }),
  refusals: {
    client: { status: 400, body: { error: 'invalid_client' } },
    code: {
      status: 400,
      body: { error: 'invalid_grant', error_description: 'The code has expired or has been revoked.' },
    },
  },
  /** The test registers a public key. */
  app: {
    clientId: 'example.app.web',
    clientSecret: undefined,
    teamId: 'TEAM123456',
    keyId: 'KEY1234567',
    publicKey: undefined,
    hasConsent: false,
  },
  person: {
    sub: '001234.0123456789abcdef0123456789abcdef.1234',
    email: 'ada@example.test',
    name: { firstName: 'Ada', lastName: 'Lovelace' },
  },
}
