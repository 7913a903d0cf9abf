// LinkedIn: refuses a code_verifier as if the secret were wrong, and its ID Token has no nonce.

/** The ID Token has the flag as text. */
const asText = (flag) => (typeof flag === 'boolean' ? String(flag) : flag)

const badClient = {
  status: 401,
  body: { error: 'invalid_client', error_description: 'Client authentication failed' },
}

export const linkedin = {
  name: 'linkedin',
  authorize: 'https://www.linkedin.com/oauth/v2/authorization',
  token: 'https://www.linkedin.com/oauth/v2/accessToken',
  keys: 'https://www.linkedin.com/oauth/openid/jwks',
  clientAuthentication: ['client_secret_post'],
  pkce: 'refused',
  scopes: ['openid', 'profile', 'email'],
  refusals: { client: badClient, verifier: badClient },
  idToken: {
    iss: 'https://www.linkedin.com/oauth',
    hasNonce: false,
    claims: ({ person }) => ({ ...person, email_verified: asText(person.email_verified) }),
  },
  apis: {
    'https://api.linkedin.com/v2/userinfo': { needs: ['openid'], answer: ({ person }) => person },
  },
  person: {
    sub: '782bbtaQ-A',
    name: 'Ada Lovelace',
    email: 'ada@example.test',
    email_verified: true,
    picture: 'https://pictures.example/ada.png',
  },
}
