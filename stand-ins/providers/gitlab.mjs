// GitLab: OpenID Connect as the specification has it.

export const gitlab = {
  name: 'gitlab',
  authorize: 'https://gitlab.com/oauth/authorize',
  token: 'https://gitlab.com/oauth/token',
  keys: 'https://gitlab.com/oauth/discovery/keys',
  clientAuthentication: ['client_secret_basic', 'client_secret_post'],
  pkce: 'required',
  scopes: ['openid', 'profile', 'email', 'read_user'],
  tokens: (usual, _grant, makeToken) => ({ ...usual, expires_in: 7200, refresh_token: makeToken() }),
  idToken: { iss: 'https://gitlab.com', claims: ({ person }) => person },
  apis: {
    'https://gitlab.com/oauth/userinfo': { needs: ['openid'], answer: ({ person }) => person },
  },
  person: {
    sub: '4242',
    name: 'Ada Lovelace',
    email: 'ada@example.test',
    email_verified: true,
    picture: 'https://pictures.example/ada.png',
  },
}
