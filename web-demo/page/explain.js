/** What stands in addresses and cookies, in words, and where that is written. */

/** Parameters of a query: what it is, and the section that says so. @type {Record<string, [string, string]>} */
export const PARAMETERS = {
  provider: ['Whom to sign in with.', 'Supabase'],
  next: ['Where to go afterwards. Untrusted: it is checked here and again at the end.', 'RFC 9700 4.11'],
  redirect_to: ['The callback of the app; its query carries the id of this sign-in.', 'Supabase'],
  redirect_uri: ['The callback of whoever asks; must be one that was registered.', 'RFC 6749 3.1.2'],
  code_challenge: ['The SHA-256 of a secret that stays in this browser’s cookie.', 'RFC 7636 4.2'],
  code_challenge_method: ['A hash, never the secret itself. Supabase writes it small.', 'RFC 7636 4.3'],
  response_type: ['A code, no tokens in the address.', 'RFC 6749 4.1.1'],
  client_id: ['Which app asks.', 'RFC 6749 2.2'],
  scope: ['What it asks for.', 'RFC 6749 3.3'],
  scopes: ['What it asks for.', 'Supabase'],
  nonce: ['Ties the ID Token to this sign-in.', 'OpenID Connect Core 3.1.2.1'],
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

/** What a cookie is for, by its name. @param {string} name */
export const cookieMeaning = (name) => {
  if (/^(__Host-)?landfall-done$/.test(name))
    return 'which sign-ins are finished, so that a callback that is opened again can be told from a forged one'
  if (/^(__Host-)?landfall-/.test(name))
    return 'this sign-in: state, verifier, next and time, sealed with HMAC-SHA-256'
  if (/-code-verifier/.test(name))
    return 'the verifier, where supabase-js looks for it: either can finish what the other began'
  if (/-auth-token(\.\d+)?$/.test(name)) return 'the session, as @supabase/ssr reads it'
  return 'none of ours'
}
