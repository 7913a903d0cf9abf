/** What Landfall asks of a request, in the core's order, and the codes that end it there (wasm/flow). */
import { checkNext } from '../../js-glue/entries/index.js'

/** What the core finds out about a sign-in whose cookie is not there. */
const MISSING = [
  'state_mismatch',
  'transaction_missing',
  'transaction_cookies_blocked',
  'transaction_wrong_host',
  'transaction_used',
]
const METADATA = ['discovery_required', 'discovery_unavailable', 'discovery_invalid', 'discovery_issuer']
const TOKEN = [
  ...[
    'token_network',
    'token_timeout',
    'token_redirect',
    'token_status',
    'token_too_large',
    'token_content_type',
  ],
  ...['token_json', 'token_shape', 'token_type_unsupported', 'token_error'],
]
const NEXT = 'Is next safe?'
/** @type {Check} */
const SETTINGS = ['Is there a value for what every route needs: secret and origin?', 'config_missing']
/** @type {Check} */
const PROVIDER = ['Is there a value for what the provider needs?', 'provider_not_configured']

/** @typedef {[question: string, ...codes: string[]]} Check */

/** @type {Check[]} */
const ARRIVAL = [
  SETTINGS,
  ['Did a person open it? A browser that only looks ahead gets an empty answer.'],
  ['A method that this route takes?', 'method_not_allowed'],
  ['Opened as a page, not loaded by another one?', 'fetch_metadata'],
]
/** @type {Check} */
const HOST = ['For a host that is ours?', 'host_untrusted', 'origin_required']
/** @type {Check[]} */
const RESPONSE = [
  PROVIDER,
  [
    'No parameter twice or too long?',
    ...['request_too_large', 'param_duplicate', 'param_too_long', 'content_type'],
  ],
  ['Is there an answer at all?', 'response_missing'],
]
const CODE = /** @type {Check} */ (['A code, and a well-formed one?', 'code_missing', 'code_invalid'])

/** @type {Record<'sign_in' | 'direct' | 'supabase', Check[]>} */
const LISTS = {
  sign_in: [
    ...ARRIVAL,
    PROVIDER,
    ['A provider that is known?', 'provider_unknown', ...METADATA],
    HOST,
    ['96 random bytes for state, verifier and nonce?', 'entropy_unavailable'],
    [NEXT],
  ],
  direct: [
    ...ARRIVAL,
    HOST,
    ['Does a provider come back to this path?', 'callback_unknown'],
    ...RESPONSE,
    ['A state that says which sign-in this is?', 'state_missing'],
    ['Does this browser hold the cookie of that state?', ...MISSING],
    ['Is its seal ours, for its provider, that one’s callback and issuer?', 'transaction_invalid'],
    ['The very same state, compared in constant time?'],
    ['Is this path the one of the sign-in’s provider?', 'redirect_uri_mismatch'],
    ['Younger than ten minutes?', 'transaction_expired'],
    ['The right issuer?', ...METADATA, 'iss_missing', 'iss_mismatch'],
    [
      'No tokens in the address, and come back the way it was asked?',
      ...['response_type_unexpected', 'response_mode_unexpected'],
    ],
    [
      'No error from the provider?',
      ...['provider_error', 'provider_access_denied', 'provider_unavailable', 'code_and_error'],
    ],
    CODE,
    ['Is next, as it was sealed, still safe?'],
    [
      'Does the provider give tokens for the code and our verifier?',
      ...['token_invalid_grant', 'token_invalid_client', ...TOKEN],
    ],
  ],
  supabase: [
    ...ARRIVAL,
    HOST,
    ...RESPONSE,
    ['No tokens in the address?', 'response_type_unexpected'],
    [
      'No error from the provider or from Supabase Auth?',
      ...['provider_error', 'provider_access_denied', 'provider_unavailable', 'code_and_error'],
      ...['bad_oauth_state', 'bad_oauth_callback', 'email_not_provided', 'email_change_half_confirmed'],
      ...['provider_email_needs_verification', 'signup_disabled', 'user_banned', 'identity_already_exists'],
      ...['email_exists', 'otp_expired'],
    ],
    CODE,
    [
      'Does this browser hold the verifier of that sign-in?',
      ...['code_verifier_missing', 'verifier_other_project', 'flow_foreign', ...MISSING],
    ],
    ['Is its seal ours, for this project and this callback?', 'transaction_invalid'],
    ['The very same id, compared in constant time?'],
    ['Younger than ten minutes?', 'transaction_expired'],
    [
      'Does Supabase Auth give a session for the code and our verifier?',
      ...['flow_state_not_found', 'flow_state_expired', 'flow_state_already_used', 'bad_code_verifier'],
      ...['supabase_key_invalid', 'over_request_rate_limit', ...TOKEN],
    ],
    ['Is next, as it was sealed, still safe?'],
  ],
}

/**
 * What Landfall checked for an exchange, in order: `stopped` ended it, and `replaced` is a next that is not safe, for which the start
 * page stands in.
 * @param {'supabase' | 'direct'} kind @param {import('./world.js').Exchange} exchange
 * @returns {{ question: string, result: 'passed' | 'stopped' | 'replaced' | 'not asked' }[]}
 */
export const checksOf = (kind, { handler, code, url }) => {
  const list = LISTS[handler === 'sign_in' ? 'sign_in' : kind]
  const at = list.findIndex(([, ...codes]) => codes.includes(code ?? ''))
  if (code && at < 0) throw new Error(`no check ends in ${code}`)
  const { origin, searchParams } = new URL(url)
  const isReplaced = checkNext(searchParams.get('next') ?? '/', origin) === null
  return list.map(([question], i) => {
    if (at >= 0 && i >= at) return { question, result: i === at ? 'stopped' : 'not asked' }
    return { question, result: question === NEXT && isReplaced ? 'replaced' : 'passed' }
  })
}
