// Google. Its redirect names the issuer. Some of its ID Tokens spell the issuer without https://.

export const google = {
  name: 'google',
  authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
  token: 'https://oauth2.googleapis.com/token',
  keys: 'https://www.googleapis.com/oauth2/v3/certs',
  clientAuthentication: ['client_secret_post', 'client_secret_basic'],
  pkce: 'required',
  scopes: ['openid', 'email', 'profile'],
  iss: 'https://accounts.google.com',
  idToken: { iss: 'https://accounts.google.com', claims: ({ person }) => person },
  apis: {
    'https://openidconnect.googleapis.com/v1/userinfo': {
      needs: ['openid'],
      answer: ({ person }) => person,
    },
  },
  person: {
    sub: '108204268033311374519',
    email: 'ada@example.test',
    email_verified: true,
    name: 'Ada Lovelace',
    picture: 'https://pictures.example/ada.png',
  },
}
