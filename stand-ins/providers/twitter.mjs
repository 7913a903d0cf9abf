// X: Basic alone, PKCE always. The profile lies in `data` and has the fields asked for.

export const twitter = {
  name: 'twitter',
  authorize: 'https://x.com/i/oauth2/authorize',
  token: 'https://api.x.com/2/oauth2/token',
  clientAuthentication: ['client_secret_basic'],
  pkce: 'required',
  scopes: ['users.read', 'tweet.read', 'users.email', 'offline.access'],
  tokens: (usual, { scopes }, makeToken) => ({
    ...usual,
    token_type: 'bearer',
    expires_in: 7200,
    ...(scopes.includes('offline.access') && { refresh_token: makeToken() }),
  }),
  apis: {
    'https://api.x.com/2/users/me': {
      needs: ['users.read', 'tweet.read'],
      answer({ person, scopes }, query) {
        const fields = (query.get('user.fields') ?? '').split(',')
        const isTold = ([name]) =>
          ['id', 'name', 'username'].includes(name) ||
          (fields.includes(name) && (name !== 'confirmed_email' || scopes.includes('users.email')))
        return { data: Object.fromEntries(Object.entries(person).filter(isTold)) }
      },
    },
  },
  person: {
    id: '2244994945',
    name: 'Ada Lovelace',
    username: 'ada',
    profile_image_url: 'https://pictures.example/ada.png',
    confirmed_email: 'ada@example.test',
  },
}
