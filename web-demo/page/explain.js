/** What stands in addresses and cookies, in words, and where that is written. */

/** Parameters of a query: what it is, and the section that says so. @type {Record<string, [string, string]>} */
export const PARAMETERS = {
  provider: ['Whom to sign in with.', 'Supabase'],
  next: ['Where to go afterwards. Untrusted: it is checked here and again at the end.', 'RFC 9700 4.11'],
  redirect_to: ['The callback of the app; its query carries the id of this sign-in.', 'Supabase'],
  redirect_uri: ['The callback of whoever asks; must be one that was registered.', 'RFC 6749 3.1.2'],
  code_challenge: ['The SHA-256 of a secret that stays in this browser’s cookie.', 'RFC 7636 4.2'],
  code_challenge_method: ['S256: a hash, never the secret itself.', 'RFC 7636 4.3'],
  response_type: ['A code, no tokens in the address.', 'RFC 6749 4.1.1'],
  client_id: ['Which app asks.', 'RFC 6749 2.2'],
  scope: ['What it asks for.', 'RFC 6749 3.3'],
  scopes: ['What it asks for.', 'Supabase'],
  state: ['256 random bits that tie the answer to this browser.', 'RFC 6749 10.12'],
  sb_flow_id: [
    'Supabase’s name for the same: which sign-in this is. Landfall’s state and Supabase’s flow id are one.',
    'Supabase',
  ],
  code: ['Serves once, for seconds, and only together with the verifier.', 'RFC 6749 4.1.2'],
  iss: ['Which provider answers, so that it cannot be taken for another.', 'RFC 9207 2'],
  error: ['What the provider says went wrong.', 'RFC 6749 4.1.2.1'],
  error_code: ['The same, more exactly.', 'Supabase'],
  error_description: ['For developers; never shown to the person.', 'RFC 6749 4.1.2.1'],
  grant_type: ['What is traded for tokens.', 'RFC 6749 4.1.3'],
  auth_code: ['The code.', 'Supabase'],
  code_verifier: ['The secret whose hash was sent at the start.', 'RFC 7636 4.5'],
  access_token: ['Lets its bearer act as the person: no place for it in an address.', 'RFC 9700 2.1.2'],
  refresh_token: ['Gives new access tokens.', 'RFC 6749 6'],
  token_hash: ['Of an e-mail link; serves once.', 'Supabase'],
  type: ['What the e-mail link is for.', 'Supabase'],
}

/**
 * The callback's checks in their order: what is asked, and the codes that end it there.
 * @type {[question: string, ...codes: string[]][]}
 */
const CALLBACK = [
  ['A person’s navigation: no prefetch, no HEAD, no script?', 'fetch_metadata', 'method_not_allowed'],
  ['For a host that is ours?', 'host_untrusted'],
  [
    'No parameter twice, too long or badly encoded?',
    'param_duplicate',
    'param_too_long',
    'code_invalid',
    'request_too_large',
  ],
  ['Is there an answer at all, and a state?', 'response_missing', 'state_missing'],
]
const DIRECT = [
  ...CALLBACK,
  [
    'Does this browser hold the cookie of that state?',
    ...['transaction_missing', 'transaction_cookies_blocked', 'transaction_wrong_host', 'transaction_used'],
  ],
  ['Is its seal ours, for this provider, this callback, this issuer?', 'transaction_invalid'],
  ['Younger than ten minutes?', 'transaction_expired'],
  ['The very same state, compared in constant time?', 'state_mismatch'],
  ['The right issuer?', 'iss_missing', 'iss_mismatch'],
  [
    'No error in the answer?',
    'provider_error',
    'provider_access_denied',
    'provider_unavailable',
    'code_and_error',
  ],
  [
    'Does the provider redeem the code with our verifier?',
    'token_invalid_grant',
    'token_error',
    'token_network',
  ],
  ['Is next still safe?'],
]
const SUPABASE = [
  ...CALLBACK,
  [
    'Does this browser hold the cookie of that sign-in?',
    ...[
      'code_verifier_missing',
      'transaction_missing',
      'transaction_cookies_blocked',
      'transaction_wrong_host',
      'transaction_used',
    ],
  ],
  ['Is its seal ours, for this project and this callback?', 'transaction_invalid', 'state_mismatch'],
  ['Younger than ten minutes?', 'transaction_expired'],
  ['No error in the answer?', 'provider_error', 'provider_access_denied', 'otp_expired', 'code_and_error'],
  [
    'Does Supabase Auth redeem the code with our verifier?',
    'flow_state_not_found',
    'flow_state_already_used',
    'token_error',
  ],
  ['Is next still safe?'],
]
const SIGN_IN = [
  ['A person’s navigation: no prefetch, no HEAD, no script?', 'fetch_metadata', 'method_not_allowed'],
  ['For a host that is ours?', 'host_untrusted'],
  ['A provider that is known?', 'provider_unknown'],
  ['Is next safe? If not, it is the start page.'],
  ['96 random bytes: state, verifier, nonce', 'entropy_unavailable'],
]

/**
 * What Landfall checked for an exchange, in order; `result` of one that ended it is `stopped`.
 * @param {'supabase' | 'direct'} kind @param {import('./world.js').Exchange} exchange
 * @returns {{ question: string, result: 'passed' | 'stopped' | 'not asked' }[]}
 */
export const checksOf = (kind, { handler, code }) => {
  const list = handler === 'sign_in' ? SIGN_IN : kind === 'supabase' ? SUPABASE : DIRECT
  const at = code ? list.findIndex(([, ...codes]) => codes.includes(code)) : -1
  return list.map(([question = ''], i) => ({
    question,
    result: at < 0 || i < at ? 'passed' : i === at ? 'stopped' : 'not asked',
  }))
}

/** What a cookie is for, by its name. @param {string} name */
export const cookieMeaning = (name) => {
  if (/^(__Host-)?landfall-/.test(name))
    return 'this sign-in: state, verifier, next and time, sealed with HMAC-SHA-256'
  if (/-code-verifier/.test(name))
    return 'the verifier, where supabase-js looks for it: either can finish what the other began'
  if (/-auth-token(\.\d+)?$/.test(name)) return 'the session, as @supabase/ssr reads it'
  return 'none of ours'
}
