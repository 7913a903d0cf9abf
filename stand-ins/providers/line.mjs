// LINE Login v2.1: the ID Token is a MAC with the Channel secret, no member says that the address is verified, and the
// errors of the redirect are in capitals (older versions of the page have small letters).
// https://developers.line.biz/en/docs/line-login/integrate-line-login/
// Not documented: whether Basic is taken beside the form (the stand-in refuses it), and the words of the token
// endpoint's refusals (those of RFC 6749 5.2 stand in). A longer query of the redirect_uri is documented; nobody needs it.

const TEN_MINUTES = 600

export const line = {
  name: 'line',
  authorize: 'https://access.line.me/oauth2/v2.1/authorize',
  token: 'https://api.line.me/oauth2/v2.1/token',
  clientAuthentication: ['client_secret_post'],
  pkce: 'verified',
  codeSeconds: TEN_MINUTES,
  scopes: ['openid', 'profile', 'email'],
  findFault(_query, scopes) {
    if (!scopes.includes('profile') && !scopes.includes('openid')) return 'invalid_scope'
    return scopes.includes('email') && !scopes.includes('openid') ? 'invalid_scope' : ''
  },
  spellFault: (fault) => fault.toUpperCase(),
  denial: { error: 'ACCESS_DENIED', error_description: 'The resource owner denied the request.' },
  tokens: (usual, { scopes }, makeToken) => ({
    ...usual,
    expires_in: 30 * 24 * 60 * 60,
    refresh_token: makeToken(),
    scope: scopes.filter((scope) => scope !== 'email').join(' '),
  }),
  idToken: {
    iss: 'https://access.line.me',
    alg: 'HS256',
    claims: ({ person: { sub, name, picture, email }, scopes }) => ({
      sub,
      amr: ['linesso'],
      ...(scopes.includes('profile') && { name, picture }),
      ...(scopes.includes('email') && { email }),
    }),
  },
  apis: {
    'https://api.line.me/oauth2/v2.1/userinfo': {
      needs: ['openid'],
      answer: ({ person: { sub, name, picture }, scopes }) =>
        scopes.includes('profile') ? { sub, name, picture } : { sub },
    },
    'https://api.line.me/v2/profile': {
      needs: ['profile'],
      answer: ({ person: { sub, name, picture } }) => ({
        userId: sub,
        displayName: name,
        pictureUrl: picture,
      }),
    },
  },
  person: {
    sub: 'U4af4980629d3b1f0e6c2a7d8b9c0e1f2',
    name: 'Ada Lovelace',
    picture: 'https://pictures.example/ada.png',
    email: 'ada@example.test',
  },
}
