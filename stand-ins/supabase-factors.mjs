// The factors of a user, of one type (totp): enrolled, challenged, verified. A verification makes a session `aal2`.
import { randomBytes, randomUUID } from 'node:crypto'
import { AuthFailure } from './supabase-failures.mjs'
import { readJson } from './supabase-json-body.mjs'
import { isTotp, toBase32 } from './totp.mjs'

const CHALLENGE_SECONDS = 300
const SECRET_BYTES = 20
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const isVerified = ({ status }) => status === 'verified'
const iso = (ms) => new Date(ms).toISOString()

/** Challenges by id, for each factor. @type {WeakMap<object, Map<string, { createdAt: number, isVerified: boolean }>>} */
const challenges = new WeakMap()
/** What no answer shows. @type {WeakMap<object, string>} */
const secrets = new WeakMap()

/** The session of a request, and the factor that its path names. */
const read = ({ headers, path }, { sessions }) => {
  const { user, session } = sessions.authenticate(headers.get('authorization'))
  const id = /\/factors\/([^/]+)/.exec(path)?.[1] ?? ''
  if (!UUID.test(id)) throw new AuthFailure(404, 'validation_failed', 'factor_id must be an UUID')
  const factor = user.factors?.find((one) => one.id === id)
  if (!factor) throw new AuthFailure(404, 'mfa_factor_not_found', 'Factor not found')
  return { user, session, factor }
}

/** POST /factors with `{ factor_type: 'totp', friendly_name, issuer }`. */
export function enroll(request, { sessions, clock, options }) {
  const { user, session } = sessions.authenticate(request.headers.get('authorization'))
  const { factor_type: type, friendly_name, issuer } = readJson(request, 'EnrollFactorParams')
  if (type !== 'totp')
    throw new AuthFailure(400, 'validation_failed', 'factor_type needs to be totp, phone, or webauthn')
  if (user.factors?.some(isVerified) && sessions.levelOf(session) !== 'aal2')
    throw new AuthFailure(403, 'insufficient_aal', 'AAL2 required to enroll a new factor')
  const now = iso(clock.now())
  const status = 'unverified'
  const factor = {
    id: randomUUID(),
    created_at: now,
    updated_at: now,
    status,
    friendly_name,
    factor_type: type,
  }
  const secret = toBase32(randomBytes(SECRET_BYTES))
  secrets.set(factor, secret)
  challenges.set(factor, new Map())
  user.factors = [...(user.factors ?? []), factor]
  const label = encodeURIComponent(issuer || new URL(options.siteUrl).host)
  const uri = `otpauth://totp/${label}:${encodeURIComponent(user.email)}?${new URLSearchParams({ issuer: label, secret })}`
  return {
    status: 200,
    body: { id: factor.id, type, friendly_name, totp: { qr_code: '<svg/>', secret, uri } },
  }
}

/** POST /factors/{id}/challenge. */
export function challenge(request, context) {
  const { factor } = read(request, context)
  const now = context.clock.now()
  const id = randomUUID()
  challenges.get(factor)?.set(id, { createdAt: now, isVerified: false })
  const expiresAt = Math.floor(now / 1000) + CHALLENGE_SECONDS
  return { status: 200, body: { id, type: factor.factor_type, expires_at: expiresAt } }
}

/** POST /factors/{id}/verify with `{ challenge_id, code }`: the session, one level higher. */
export function verify(request, context) {
  const { user, session, factor } = read(request, context)
  const { challenge_id: id, code } = readJson(request, 'VerifyFactorParams')
  const refuse = (name, message) => new AuthFailure(422, name, message)
  const found = challenges.get(factor)?.get(id)
  const now = context.clock.now()
  if (!found) throw refuse('mfa_factor_not_found', 'MFA factor with the provided challenge ID not found')
  if (found.isVerified) throw refuse('mfa_ip_address_mismatch', 'Challenge and verify IP addresses mismatch.')
  if (now > found.createdAt + CHALLENGE_SECONDS * 1000) {
    const advice = 'verify against another challenge or create a new challenge.'
    throw refuse('mfa_challenge_expired', `MFA challenge ${id} has expired, ${advice}`)
  }
  if (!isTotp(code ?? '', secrets.get(factor) ?? '', now))
    throw refuse('mfa_verification_failed', 'Invalid TOTP code entered')
  found.isVerified = true
  Object.assign(factor, { status: 'verified', updated_at: iso(now) })
  user.factors = user.factors.filter(isVerified)
  return { status: 200, ...context.sessions.raise(user, session, factor.factor_type) }
}
