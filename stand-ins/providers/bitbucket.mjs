// Bitbucket: Basic alone. A redirect_uri may be longer than the registered one. The e-mail addresses have
// an endpoint of their own.

export const bitbucket = {
  name: 'bitbucket',
  authorize: 'https://bitbucket.org/site/oauth2/authorize',
  token: 'https://bitbucket.org/site/oauth2/access_token',
  clientAuthentication: ['client_secret_basic'],
  takesLongerRedirects: true,
  pkce: 'verified',
  scopes: ['account', 'email'],
  tokens: ({ access_token, scope }, _grant, makeToken) => ({
    access_token,
    scopes: scope,
    expires_in: 7200,
    refresh_token: makeToken(),
    token_type: 'bearer',
    state: 'authorization_code',
  }),
  apis: {
    'https://api.bitbucket.org/2.0/user': { needs: ['account'], answer: ({ person }) => person.user },
    'https://api.bitbucket.org/2.0/user/emails': {
      needs: ['email'],
      answer: ({ person: { emails } }) => ({ values: emails, pagelen: 10, size: emails.length, page: 1 }),
    },
  },
  person: {
    user: {
      type: 'user',
      uuid: '{0c7f2c38-6d1a-4d3e-9d5f-3f7a5a1f0ada}',
      account_id: '557058:ada',
      username: 'ada',
      display_name: 'Ada Lovelace',
      links: { avatar: { href: 'https://pictures.example/ada.png' } },
    },
    emails: [
      { type: 'email', email: 'ada@old.example.test', is_primary: false, is_confirmed: true },
      { type: 'email', email: 'ada@example.test', is_primary: true, is_confirmed: true },
    ],
  },
}
