// Two tables beside tests/vectors/callback_cases.json: its neutral codes in ours, and its cases that are not for here.

/** Neutral code -> the codes of wasm/base/errors.def that say the same, most of them more exactly. */
export const CODES = {
  code_and_error: ['code_and_error'],
  code_invalid: ['code_invalid'],
  code_missing: ['code_missing'],
  config_invalid: ['config_invalid'],
  content_type: ['content_type'],
  // Of several cookies of one name the good one is used; where none is good, the record is damaged.
  cookie_duplicate: ['transaction_invalid'],
  cookie_invalid: ['transaction_invalid'],
  csrf: ['csrf'],
  encoding_invalid: ['code_invalid'],
  fetch_metadata: ['fetch_metadata'],
  host_untrusted: ['host_untrusted'],
  idt_alg: ['id_token_alg'],
  idt_at_hash: ['id_token_at_hash'],
  idt_aud: ['id_token_aud'],
  idt_auth_time: ['id_token_auth_time'],
  idt_azp: ['id_token_azp'],
  idt_exp: ['id_token_exp'],
  idt_iat: ['id_token_iat'],
  idt_iss: ['id_token_iss'],
  idt_key: ['id_token_key'],
  idt_malformed: ['id_token_malformed'],
  idt_missing: ['id_token_missing'],
  idt_nbf: ['id_token_nbf'],
  idt_nonce: ['id_token_nonce'],
  idt_sig: ['id_token_signature'],
  idt_sub: ['id_token_sub'],
  iss_mismatch: ['iss_mismatch'],
  iss_missing: ['iss_missing'],
  method_not_allowed: ['method_not_allowed'],
  param_duplicate: ['param_duplicate'],
  param_too_long: ['param_too_long'],
  // Supabase's own code says more than the `error` beside it.
  provider_error: ['provider_error', 'provider_access_denied', 'provider_unavailable', 'otp_expired'],
  // The seal binds the provider: another one does not open it.
  provider_mismatch: ['transaction_invalid'],
  request_too_large: ['request_too_large'],
  response_missing: ['response_missing'],
  response_mode_unexpected: ['response_mode_unexpected'],
  response_type_unexpected: ['response_type_unexpected'],
  state_mismatch: ['state_mismatch'],
  state_missing: ['state_missing'],
  token_content_type: ['token_content_type'],
  token_error: ['token_error', 'token_invalid_grant', 'token_invalid_client'],
  token_json: ['token_json'],
  token_network: ['token_network'],
  token_redirect: ['token_redirect'],
  token_shape: ['token_shape'],
  token_status: ['token_status'],
  token_timeout: ['token_timeout'],
  token_too_large: ['token_too_large'],
  token_type_unsupported: ['token_type_unsupported'],
  tx_expired: ['transaction_expired'],
  tx_invalid: ['transaction_invalid'],
  tx_missing: [
    'transaction_missing',
    'transaction_cookies_blocked',
    'transaction_wrong_host',
    'transaction_used',
    'code_verifier_missing',
  ],
  tx_replayed: ['transaction_used'],
  userinfo_sub: ['userinfo_sub'],
}

const BROWSER = 'is about a page; tests/browser/page-mode.test.mjs asks one under this id'
const CHUNKS = 'a transaction is one cookie of at most 4096 bytes, never several'
const SET_COOKIE = 'no option names a cookie; tests/vectors/set_cookie.json asks the C++ under this id'
const QUIRK = 'is a quirk of one provider, which has no preset'
const LOGOUT = 'is about RP-Initiated Logout, which is not offered'
const PAR = 'is about pushed authorization requests (RFC 9126), which are not offered'

/** Id of a case that is not run here -> why. */
export const DEFERRED = {
  ...Object.fromEntries(['A58', 'A59', 'A60'].map((id) => [id, BROWSER])),
  ...Object.fromEntries(['E21', 'E22', 'E23', 'E24'].map((id) => [id, CHUNKS])),
  ...Object.fromEntries(['E32', 'E33', 'E34'].map((id) => [id, SET_COOKIE])),
  ...Object.fromEntries(['H09', 'H10', 'J13'].map((id) => [id, QUIRK])),
  ...Object.fromEntries(['I13', 'I14'].map((id) => [id, LOGOUT])),
  ...Object.fromEntries(['L20', 'L21'].map((id) => [id, PAR])),
}
