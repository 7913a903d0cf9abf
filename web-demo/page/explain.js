/** What stands in addresses and cookies, in words, and where that is written. */

/** Parameters of a query: what it is, and the section that says so. @type {Record<string, [string, string?]>} */
export const PARAMETERS = {
  provider: ['The provider to sign in with.'],
  next: ['The page after the sign-in. Landfall checks it here and again at the end.', 'RFC 9700 4.11'],
  redirect_to: ['The callback, with the id of this sign-in.', 'Supabase'],
  redirect_uri: ['The callback; the provider must know it.', 'RFC 6749 3.1.2'],
  code_challenge: ['The SHA-256 of a secret in this browser’s cookie.', 'RFC 7636 4.2'],
  code_challenge_method: ['The kind of hash.', 'RFC 7636 4.3'],
  response_type: ['Asks for a code, not for tokens in the address.', 'RFC 6749 4.1.1'],
  client_id: ['The app that asks.', 'RFC 6749 2.2'],
  scope: ['The requested permissions.', 'RFC 6749 3.3'],
  scopes: ['The requested permissions.', 'Supabase'],
  nonce: ['Ties the ID Token to this sign-in.', 'OpenID Connect Core 3.1.2.1'],
  state: ['256 random bits that tie the response to this browser.', 'RFC 6749 10.12'],
  sb_flow_id: ['Supabase’s id of this sign-in: Landfall’s state.', 'Supabase'],
  code: ['Works once, and only with the verifier.', 'RFC 6749 4.1.2'],
  iss: ['Names the provider that responds.', 'RFC 9207 2'],
  error: ['The provider’s code for the problem.', 'RFC 6749 4.1.2.1'],
  error_code: ['A more exact code.', 'Supabase'],
  error_description: ['For developers.', 'RFC 6749 4.1.2.1'],
  grant_type: ['What the client exchanges for tokens.', 'RFC 6749 4.1.3'],
  auth_code: ['The code.', 'Supabase'],
  code_verifier: ['The secret. The start sent its hash.', 'RFC 7636 4.5'],
  access_token: ['Lets its bearer act as the person: never in an address.', 'RFC 9700 2.1.2'],
  refresh_token: ['Gives new access tokens.', 'RFC 6749 6'],
  token_hash: ['From an e-mail link; works once.', 'Supabase'],
  type: ['The purpose of the e-mail link.', 'Supabase'],
}

/** What a cookie is for, by its name. @param {string} name */
export const cookieMeaning = (name) => {
  if (/^(__Host-)?landfall-done$/.test(name))
    return 'the finished sign-ins; they tell a repeated callback from a forged one'
  if (/^(__Host-)?landfall-session/.test(name))
    return 'the session: who is signed in, sealed with XChaCha20-Poly1305'
  if (/^(__Host-)?landfall-/.test(name))
    return 'this sign-in: state, verifier, next and time, sealed with HMAC-SHA-256'
  if (/-code-verifier/.test(name))
    return 'the verifier, where supabase-js looks for it: either can finish the other’s sign-in'
  if (/-auth-token(\.\d+)?$/.test(name)) return 'the session, in the format of @supabase/ssr'
  return 'not a cookie of Landfall'
}
