// Spotify: it never says that it verified the address. Pictures come in sizes.

export const spotify = {
  name: 'spotify',
  authorize: 'https://accounts.spotify.com/authorize',
  token: 'https://accounts.spotify.com/api/token',
  clientAuthentication: ['client_secret_basic', 'client_secret_post'],
  pkce: 'required',
  scopes: ['user-read-email', 'user-read-private'],
  tokens: (usual, _grant, makeToken) => ({ ...usual, refresh_token: makeToken() }),
  apis: {
    'https://api.spotify.com/v1/me': {
      answer({ person, scopes }) {
        const { email, ...others } = person
        return scopes.includes('user-read-email') ? { ...others, email } : others
      },
    },
  },
  person: {
    id: 'ada',
    display_name: 'Ada Lovelace',
    email: 'ada@example.test',
    images: [
      { url: 'https://pictures.example/ada.png', height: 300, width: 300 },
      { url: 'https://pictures.example/ada-64.png', height: 64, width: 64 },
    ],
  },
}
