// Sessions: access tokens (ES256), refresh tokens that are used once, and what each session may still do.
import { createPublicKey, generateKeyPairSync, randomInt, randomUUID, sign, verify } from 'node:crypto'
import { AuthFailure } from './supabase-failures.mjs'
import { userJson } from './supabase-users.mjs'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'
const REFRESH_TOKEN_LENGTH = 12
const SHOWN_PREFIX = 5

const makeRefreshToken = () =>
  Array.from({ length: REFRESH_TOKEN_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (text) => JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
const refuse = (code, message) => new AuthFailure(400, code, `Invalid Refresh Token: ${message}`)

export class Sessions {
  /** @type {Map<string, { id: string, userId: string, amr: object[], notAfter: number | null }>} */
  rows = new Map()
  #tokens = new Map()
  #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  #kid = randomUUID()

  /**
   * @param {{ clock: object, users: object, failing: object, iss: string, expiresIn: number, reuseInterval: number }}
   *   context
   */
  constructor(context) {
    this.context = context
  }

  jwks() {
    const { kty, crv, x, y } = createPublicKey(this.#keys.privateKey).export({ format: 'jwk' })
    const kid = this.#kid
    return { keys: [{ alg: 'ES256', crv, key_ops: ['verify'], kid, kty, use: 'sig', x, y }] }
  }

  /** A new session for a user: the answer of the token endpoint, and its headers. */
  open(user, method, flow) {
    this.context.failing.at('granting')
    const amr = [{ method, timestamp: this.#seconds() }]
    const session = { id: randomUUID(), userId: user.id, amr, notAfter: null }
    this.rows.set(session.id, session)
    this.context.users.signedIn(user)
    return this.#answer(user, session, this.#issue(session, null), flow)
  }

  /** Swaps a refresh token for the next one; the rules of reuse are those of tokens of 12 characters. */
  refresh(text) {
    const { clock, users, reuseInterval } = this.context
    const token = this.#tokens.get(text)
    const session = this.rows.get(token?.sessionId)
    // The tokens of a session that ended are gone with it.
    if (!session) throw refuse('refresh_token_not_found', 'Refresh Token Not Found')
    const user = users.rows.get(token.userId)
    if (users.isBanned(user)) throw refuse('user_banned', 'User Banned')
    if (session.notAfter !== null && clock.now() > session.notAfter) {
      throw refuse('session_expired', 'Session Expired')
    }
    if (token.revokedAt === null) return this.#rotate(user, session, token)

    const family = [...this.#tokens.values()].filter((one) => one.sessionId === session.id)
    const active = family.findLast((one) => one.revokedAt === null)
    if (active?.parent === token.text) return this.#answer(user, session, active)
    if (clock.now() > token.revokedAt + reuseInterval * 1000) {
      for (const one of family) one.revokedAt = Number.NEGATIVE_INFINITY
      throw refuse('refresh_token_already_used', 'Already Used')
    }
    return this.#rotate(user, session, token)
  }

  /** The user and session of a bearer token, or the failure that it earns. */
  authenticate(authorization) {
    const token = /^[Bb]earer (\S+)$/.exec(authorization ?? '')?.[1]
    if (!token) throw new AuthFailure(401, 'no_authorization', 'This endpoint requires a valid Bearer token')
    const claims = this.#readAccessToken(token)
    const { users } = this.context
    const user = users.rows.get(claims.sub)
    if (!user) throw new AuthFailure(403, 'user_not_found', 'User from sub claim in JWT does not exist')
    const session = this.rows.get(claims.session_id)
    if (!session) {
      const message = 'Session from session_id claim in JWT does not exist'
      throw new AuthFailure(403, 'session_not_found', message)
    }
    if (users.isBanned(user)) throw new AuthFailure(403, 'user_banned', 'User is banned')
    return { user, session }
  }

  /** @returns {'aal1' | 'aal2'} */
  levelOf = ({ amr }) => (amr.some(({ method }) => method === 'totp') ? 'aal2' : 'aal1')

  /** Adds a verified factor to a session: its next tokens. The user's sessions without a second factor end. */
  raise(user, session, method) {
    const others = session.amr.filter((one) => one.method !== method)
    session.amr = [{ method, timestamp: this.#seconds() }, ...others]
    const tokens = [...this.#tokens.values()].filter((one) => one.sessionId === session.id)
    const current = tokens.findLast((one) => one.revokedAt === null)
    if (current) current.revokedAt = this.context.clock.now()
    for (const one of [...this.rows.values()])
      if (one.userId === user.id && this.levelOf(one) === 'aal1') this.rows.delete(one.id)
    return this.#answer(user, session, this.#issue(session, current?.text ?? null))
  }

  /** @param {'global' | 'local' | 'others'} scope */
  close(session, scope) {
    for (const one of [...this.rows.values()]) {
      const isMine = one.id === session.id
      if (one.userId !== session.userId || (scope === 'local' ? !isMine : scope === 'others' && isMine))
        continue
      this.rows.delete(one.id)
    }
  }

  /** Ends what a user has who was removed. */
  closeAllOf(userId) {
    for (const one of [...this.rows.values()]) if (one.userId === userId) this.rows.delete(one.id)
  }

  #seconds = () => Math.floor(this.context.clock.now() / 1000)

  #issue(session, parent) {
    const text = makeRefreshToken()
    const token = { text, parent, sessionId: session.id, userId: session.userId, revokedAt: null }
    this.#tokens.set(text, token)
    return token
  }

  #rotate(user, session, token) {
    token.revokedAt ??= this.context.clock.now()
    const { body, headers } = this.#answer(user, session, this.#issue(session, token.text))
    return { body, headers: { ...headers, 'sb-auth-refresh-token-reuse': 'false' } }
  }

  #answer(user, session, refreshToken, flow) {
    const { expiresIn } = this.context
    const expiresAt = this.#seconds() + expiresIn
    const body = {
      access_token: this.#makeAccessToken(user, session, expiresAt),
      token_type: 'bearer',
      expires_in: expiresIn,
      expires_at: expiresAt,
      refresh_token: refreshToken.text,
      user: userJson(user),
      ...(flow?.provider_token && { provider_token: flow.provider_token }),
      ...(flow?.provider_refresh_token && { provider_refresh_token: flow.provider_refresh_token }),
    }
    const headers = {
      'sb-auth-user-id': user.id,
      'sb-auth-session-id': session.id,
      'sb-auth-refresh-token-prefix': refreshToken.text.slice(0, SHOWN_PREFIX),
    }
    return { body, headers }
  }

  #makeAccessToken(user, session, exp) {
    const claims = {
      iss: this.context.iss,
      sub: user.id,
      aud: 'authenticated',
      exp,
      iat: this.#seconds(),
      email: user.email,
      phone: '',
      app_metadata: user.app_metadata,
      user_metadata: user.user_metadata,
      role: 'authenticated',
      aal: this.levelOf(session),
      amr: session.amr,
      session_id: session.id,
      is_anonymous: false,
    }
    const content = `${encode({ alg: 'ES256', kid: this.#kid, typ: 'JWT' })}.${encode(claims)}`
    return `${content}.${this.#sign(content)}`
  }

  #sign(content) {
    const key = { key: this.#keys.privateKey, dsaEncoding: 'ieee-p1363' }
    return sign('sha256', Buffer.from(content), key).toString('base64url')
  }

  #readAccessToken(token) {
    const bad = (reason) =>
      new AuthFailure(403, 'bad_jwt', `invalid JWT: unable to parse or verify signature, ${reason}`)
    const parts = token.split('.')
    const [head, payload, signature] = parts
    if (parts.length !== 3) throw bad('token is malformed: token contains an invalid number of segments')
    for (const [name, part] of Object.entries({ header: head, claims: payload, signature })) {
      const at = part.search(/[^\w-]/)
      const problem = `could not base64 decode ${name}: illegal base64 data at input byte ${at}`
      if (at >= 0) throw bad(`token is malformed: ${problem}`)
    }
    const key = { key: this.#keys.publicKey, dsaEncoding: 'ieee-p1363' }
    const bytes = Buffer.from(signature, 'base64url')
    if (!verify('sha256', Buffer.from(`${head}.${payload}`), key, bytes)) {
      throw bad('token signature is invalid: crypto/ecdsa: verification error')
    }
    const claims = decode(payload)
    if (claims.exp <= this.#seconds()) throw bad('token has invalid claims: token is expired')
    return claims
  }
}
