// The failures that no request brings about by itself. `auth.fail(name)` plays one; a script may return one too.
import { AuthFailure } from './supabase-failures.mjs'

/**
 * Where the server fails, in the order in which a sign-in passes these places:
 * callback (it answers in JSON), state, provider, saving (of a new user), granting (of a session); token.
 *
 * @param {'callback' | 'state' | 'provider' | 'saving' | 'granting' | 'token'} at
 * @param {number} status @param {string} code @param {string} message
 */
const row = (at, status, code, message) => Object.assign(new AuthFailure(status, code, message), { at })

// biome-ignore format: a table
export const FAILURES = {
  callbackTimeout: row('callback', 504, 'request_timeout', 'Request processing timed out'),
  linkingTargetGone: row('callback', 500, '', 'Internal Server Error'),
  stateUnreadable: row('state', 500, 'unexpected_failure', 'Error loading flow state'),
  providerOff: row('provider', 400, 'oauth_provider_not_supported', 'Unsupported provider: provider is not enabled'),
  triggerRaises: row('saving', 500, 'unexpected_failure', 'Database error saving new user'),
  hookRefusesUser: row('saving', 403, '', 'Only people of this company may join'),
  mailRate: row('saving', 429, 'over_email_send_rate_limit', 'email rate limit exceeded'),
  mailDown: row('saving', 500, 'unexpected_failure', 'Error sending confirmation email'),
  mailOfTeam: row('saving', 400, 'email_address_not_authorized',
    'Email address "ada@example.test" cannot be used as it is not authorized'),
  grantFails: row('granting', 500, 'unexpected_failure', 'Database error granting user'),
  hookRefusesToken: row('granting', 403, '', 'Your account has no licence'),
  hookUnreachable: row('granting', 422, 'hook_timeout_after_retry', 'Failed to reach hook after maximum retries'),
  rateLimit: row('token', 429, 'over_request_rate_limit', 'Request rate limit reached'),
  timeout: row('token', 504, 'request_timeout', 'Request processing timed out'),
  conflict: row('token', 409, 'conflict', 'Too many concurrent token refresh requests'),
  unexpected: row('token', 500, 'unexpected_failure', 'Unexpected failure, please check server logs'),
}

/** A failure to play until it is taken back: `fail(name)`, `fail(null)`, and `at(place)`, which throws it there. */
export function makeFailing() {
  let failing = null
  return {
    /** @param {keyof FAILURES | null} name */
    fail(name) {
      failing = name && FAILURES[name]
    },
    /** @param {string} place */
    at(place) {
      if (failing?.at === place) throw failing
    },
  }
}
