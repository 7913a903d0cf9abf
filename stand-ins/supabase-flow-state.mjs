// Flow states: one row for each start at /authorize, whose id is the `state` that the provider sees.
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { AuthFailure } from './supabase-failures.mjs'

export const FLOW_SECONDS = 300
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const MIN_CHALLENGE = 43
const MAX_CHALLENGE = 128

/** The challenge of a request, checked: `{ challenge, method }`, or null for the implicit flow. */
export function readChallenge(challenge, method) {
  const refuse = (message) => new AuthFailure(400, 'validation_failed', message)
  if (!challenge !== !method) throw refuse('PKCE flow requires code_challenge_method and code_challenge')
  if (!challenge) return null
  if (challenge.length < MIN_CHALLENGE || challenge.length > MAX_CHALLENGE) {
    throw refuse(`code challenge has to be between ${MIN_CHALLENGE} and ${MAX_CHALLENGE} characters`)
  }
  if (!/^[A-Za-z0-9._~-]+$/.test(challenge)) {
    throw refuse(
      'code challenge can only contain alphanumeric characters, hyphens, periods, underscores and tildes',
    )
  }
  const lower = method.toLowerCase()
  if (lower !== 's256' && lower !== 'plain') {
    throw refuse('Invalid code_challenge_method')
  }
  return { challenge, method: lower }
}

/**
 * @typedef {object} FlowState
 * @property {string} id the state, a UUID v4
 * @property {string | null} auth_code made in advance, for PKCE only
 * @property {{ challenge: string, method: string } | null} pkce
 * @property {string} provider
 * @property {string} referrer where to return
 * @property {'oauth' | 'magiclink'} authentication_method
 * @property {number} created_at ms; write to it to make a row older
 * @property {number | null} issued_at ms, when the code went out
 * @property {string | null} user_id set by the callback
 * @property {string} provider_token
 * @property {string} provider_refresh_token
 */

export class FlowStates {
  /** @type {Map<string, FlowState>} */
  rows = new Map()
  #clock

  constructor(clock) {
    this.#clock = clock
  }

  /** @returns {FlowState} */
  create({ pkce, provider, referrer, authenticationMethod = 'oauth', userId = null }) {
    const row = {
      id: randomUUID(),
      auth_code: pkce ? randomUUID() : null,
      pkce,
      provider,
      referrer,
      authentication_method: authenticationMethod,
      created_at: this.#clock.now(),
      issued_at: null,
      user_id: userId,
      provider_token: '',
      provider_refresh_token: '',
    }
    this.rows.set(row.id, row)
    return row
  }

  /** Only a magic link counts from the issue of its code; a sign-in at a provider from its start. */
  isExpired(row) {
    const start = row.authentication_method === 'magiclink' ? row.issued_at : row.created_at
    return this.#clock.now() - start > FLOW_SECONDS * 1000
  }

  /** The row for the `state` of a callback. */
  take(state) {
    if (!state) throw new AuthFailure(400, 'bad_oauth_callback', 'OAuth state parameter missing')
    const refuse = (message) => new AuthFailure(400, 'bad_oauth_state', message)
    if (!UUID.test(state)) throw refuse('OAuth state parameter is invalid')
    const row = this.rows.get(state.toLowerCase())
    if (row?.authentication_method !== 'oauth') throw refuse('OAuth state not found or expired')
    if (this.isExpired(row)) throw refuse('OAuth state has expired')
    this.checkUnused(row)
    return row
  }

  /** Of two answers for one state at once, the later one learns here that it came second. */
  checkUnused(row) {
    if (!row.pkce || !row.user_id) return
    throw new AuthFailure(400, 'flow_state_already_used', 'State has already been used')
  }

  /** Marks a row as done by this user: its code can be exchanged from now on. */
  claim(row, user, tokens) {
    row.user_id = user.id
    row.issued_at = this.#clock.now()
    row.provider_token = tokens?.access_token ?? ''
    row.provider_refresh_token = tokens?.refresh_token ?? ''
  }

  destroy(row) {
    this.rows.delete(row.id)
  }

  /** The row for a code and its verifier; a wrong verifier leaves it as it is. */
  redeem(authCode, codeVerifier) {
    // PostgreSQL has no NUL in a text.
    if (authCode.includes('\0')) throw new AuthFailure(500, '', 'Internal Server Error')
    const row = [...this.rows.values()].find((one) => one.auth_code === authCode)
    if (!row?.user_id) {
      const message = 'invalid flow state, no valid flow state found'
      throw new AuthFailure(404, 'flow_state_not_found', message)
    }
    if (this.isExpired(row)) {
      throw new AuthFailure(422, 'flow_state_expired', 'invalid flow state, flow state has expired')
    }
    if (!matches(row.pkce, codeVerifier)) {
      const message = 'code challenge does not match previously saved code verifier'
      throw new AuthFailure(400, 'bad_code_verifier', message)
    }
    return row
  }
}

function matches({ challenge, method }, verifier) {
  const wanted = Buffer.from(challenge)
  const hashed = () => createHash('sha256').update(verifier).digest('base64url')
  const given = Buffer.from(method === 's256' ? hashed() : verifier)
  return wanted.length === given.length && timingSafeEqual(wanted, given)
}
