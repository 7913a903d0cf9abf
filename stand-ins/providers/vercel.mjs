// Sign in with Vercel: every address in the metadata, PKCE always, `iss` in the redirect, and scopes that the app does
// not have are dropped. https://vercel.com/docs/sign-in-with-vercel/authorization-server-api, …/tokens, …/consent-page
// The ID Token is documented without email_verified. Not settled: whether the userinfo endpoint has it (left out here),
// the words of the token endpoint's refusals (those of RFC 6749 5.2 stand in), and how long a code lasts.

const ISSUER = 'https://vercel.com'
const SCOPES = ['openid', 'email', 'profile', 'offline_access']
const tell = ({ person: { sub, email, ...profile }, scopes }) => ({
  sub,
  ...(scopes.includes('profile') && profile),
  ...(scopes.includes('email') && { email }),
})

export const vercel = {
  name: 'vercel',
  authorize: 'https://vercel.com/oauth/authorize',
  token: 'https://api.vercel.com/login/oauth/token',
  keys: 'https://vercel.com/.well-known/jwks',
  metadata: {
    issuer: ISSUER,
    revocation_endpoint: 'https://api.vercel.com/login/oauth/token/revoke',
    userinfo_endpoint: 'https://api.vercel.com/login/oauth/userinfo',
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: SCOPES,
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    authorization_response_iss_parameter_supported: true,
  },
  clientAuthentication: ['client_secret_basic', 'client_secret_post'],
  pkce: 'required',
  scopes: SCOPES,
  dropsUnknownScopes: true,
  spellFault: (fault) => (fault === 'unsupported_response_type' ? 'invalid_request' : fault),
  iss: ISSUER,
  denial: { error: 'access_denied', error_description: 'The user canceled the authorization process' },
  tokens: (usual, { scopes }, makeToken) => ({
    ...usual,
    ...(scopes.includes('offline_access') && { refresh_token: makeToken() }),
  }),
  idToken: {
    iss: ISSUER,
    claims: (grant) => ({ ...tell(grant), jti: '50e67781-c8b6-4391-98d1-89d755bb095a' }),
  },
  apis: { 'https://api.vercel.com/login/oauth/userinfo': { needs: ['openid'], answer: tell } },
  person: {
    sub: '345e869043f1e55f8bdc837c',
    name: 'Ada Lovelace',
    preferred_username: 'ada',
    picture: 'https://pictures.example/ada.png',
    email: 'ada@example.test',
  },
}
