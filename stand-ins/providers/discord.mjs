// Discord: its redirect names the issuer. The picture is a hash, and the address is told only with the scope email. With
// openid comes an ID Token that says the id as `sub`; the profile says it as `id`.
// https://github.com/discord/discord-api-docs/issues/7460

export const discord = {
  name: 'discord',
  authorize: 'https://discord.com/oauth2/authorize',
  token: 'https://discord.com/api/oauth2/token',
  keys: 'https://discord.com/api/oauth2/keys',
  clientAuthentication: ['client_secret_basic', 'client_secret_post'],
  pkce: 'required',
  scopes: ['identify', 'email', 'openid'],
  iss: 'https://discord.com',
  tokens: (usual, _grant, makeToken) => ({ ...usual, expires_in: 604800, refresh_token: makeToken() }),
  idToken: { iss: 'https://discord.com', claims: ({ person: { id } }) => ({ sub: id }) },
  apis: {
    'https://discord.com/api/users/@me': {
      needs: ['identify'],
      answer({ person, scopes }) {
        const { email, verified, ...others } = person
        return scopes.includes('email') ? { ...others, email, verified } : others
      },
    },
  },
  person: {
    id: '80351110224678912',
    username: 'ada',
    discriminator: '0',
    global_name: 'Ada Lovelace',
    avatar: '8342729096ea3675442027381ff50dfe',
    verified: true,
    email: 'ada@example.test',
  },
}
