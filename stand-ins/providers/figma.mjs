// Figma: ES256, refusals with `error: true`, and a token endpoint on another host than its pages.

const refusal = (status, message) => ({ status, body: { error: true, status, message } })

export const figma = {
  name: 'figma',
  authorize: 'https://www.figma.com/oauth',
  token: 'https://api.figma.com/v1/oauth/token',
  keys: 'https://www.figma.com/.well-known/jwks.json',
  clientAuthentication: ['client_secret_basic', 'client_secret_post'],
  pkce: 'required',
  codeSeconds: 30,
  scopes: ['current_user:read', 'openid', 'profile', 'email'],
  tokens: (usual, _grant, makeToken) => ({ ...usual, refresh_token: makeToken() }),
  refusals: {
    request: refusal(400, 'The request is malformed'),
    methods: refusal(400, 'Use one way of client authentication'),
    client: refusal(401, 'Invalid client credentials'),
    code: refusal(400, 'Invalid or expired code'),
    redirect: refusal(400, 'Invalid redirect_uri'),
    verifier: refusal(400, 'Invalid code_verifier'),
  },
  idToken: {
    iss: 'https://www.figma.com',
    alg: 'ES256',
    claims: ({ person: { id, email, handle, img_url } }) => ({
      sub: id,
      email,
      email_verified: true,
      name: handle,
      picture: img_url,
    }),
  },
  apis: {
    'https://api.figma.com/v1/me': { needs: ['current_user:read'], answer: ({ person }) => person },
    'https://api.figma.com/v1/oauth/userinfo': {
      needs: ['openid'],
      answer: (grant) => figma.idToken.claims(grant),
    },
  },
  person: {
    id: '1234567890123456789',
    email: 'ada@example.test',
    handle: 'Ada Lovelace',
    img_url: 'https://pictures.example/ada.png',
  },
}
