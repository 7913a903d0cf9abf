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
/** A code that ends in `_` stands for all that begin so. */
const METADATA = 'discovery_'
const NEXT = 'Is next safe?'
/** @type {Check} */
const SETTINGS = ['Do secret and origin have a value?', 'config_missing']
/** @type {Check} */
const PROVIDER = ['Do the provider’s settings have a value?', 'provider_not_configured']

/** @typedef {[question: string, ...codes: string[]]} Check */

/** @type {Check[]} */
const ARRIVAL = [
  SETTINGS,
  ['Did a person open it? A prefetch gets an empty response.'],
  ['Does this route accept the method?', 'method_not_allowed'],
  ['Is it opened as a page, not loaded by another page?', 'fetch_metadata'],
]
/** @type {Check} */
const HOST = ['Does the host belong to the app?', 'host_untrusted', 'origin_required']
/** @type {Check[]} */
const RESPONSE = [
  PROVIDER,
  [
    'Is every parameter short enough, and there only once?',
    ...['request_too_large', 'param_duplicate', 'param_too_long', 'content_type'],
  ],
  ['Is there a response?', 'response_missing'],
]
const CODE = /** @type {Check} */ (['Is there a well-formed code?', 'code_missing', 'code_invalid'])

/** @type {Record<'sign_in' | 'direct' | 'supabase', Check[]>} */
const LISTS = {
  sign_in: [
    ...ARRIVAL,
    PROVIDER,
    ['Is the provider known?', 'provider_unknown', METADATA],
    HOST,
    ['Are there 96 random bytes for state, verifier and nonce?', 'entropy_unavailable'],
    [NEXT],
  ],
  direct: [
    ...ARRIVAL,
    HOST,
    ['Does a provider come back to this path?', 'callback_unknown'],
    ...RESPONSE,
    ['Does a state name the sign-in?', 'state_missing'],
    ['Does this browser hold the cookie of that state?', ...MISSING],
    ['Is its seal valid for the provider, its callback and its issuer?', 'transaction_invalid'],
    ['Is the state equal, compared in constant time?'],
    ['Does this path belong to the sign-in’s provider?', 'redirect_uri_mismatch'],
    ['Is it younger than ten minutes?', 'transaction_expired'],
    ['Is the issuer right?', METADATA, 'iss_missing', 'iss_mismatch'],
    [
      'Is the address free of tokens, and the mode as requested?',
      ...['response_type_unexpected', 'response_mode_unexpected'],
    ],
    [
      'Did the provider send no error?',
      ...['provider_error', 'provider_access_denied', 'provider_unavailable', 'code_and_error'],
    ],
    CODE,
    ['Is the sealed next still safe?'],
    ['Does the provider give tokens for the code and the verifier?', 'token_'],
    ['Does the provider say who that is, signed or from its own server?', 'id_token_', 'jwks_', 'userinfo_'],
    ['Does the session fit into its sealed cookie?', 'session_too_large'],
  ],
  supabase: [
    ...ARRIVAL,
    HOST,
    ...RESPONSE,
    ['Is the address free of tokens?', 'response_type_unexpected'],
    [
      'Did the provider and Supabase Auth send no error?',
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
    ['Is its seal valid for this project and this callback?', 'transaction_invalid'],
    ['Is the id equal, compared in constant time?'],
    ['Is it younger than ten minutes?', 'transaction_expired'],
    [
      'Does Supabase Auth give a session for the code and the verifier?',
      ...['flow_state_not_found', 'flow_state_expired', 'flow_state_already_used', 'bad_code_verifier'],
      ...['supabase_key_invalid', 'over_request_rate_limit', 'token_'],
    ],
    ['Is the sealed next still safe?'],
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
  const at = list.findIndex(([, ...codes]) =>
    codes.some((one) => one === code || (one.endsWith('_') && code?.startsWith(one))),
  )
  if (code && at < 0) throw new Error(`no check ends in ${code}`)
  const { origin, searchParams } = new URL(url)
  const isReplaced = checkNext(searchParams.get('next') ?? '/', origin) === null
  return list.map(([question], i) => {
    if (at >= 0 && i >= at) return { question, result: i === at ? 'stopped' : 'not asked' }
    return { question, result: question === NEXT && isReplaced ? 'replaced' : 'passed' }
  })
}
