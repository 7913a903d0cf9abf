// Twitch: claims only where the `claims` parameter asks for them, scope as a list, refusals without `error`.

const refusal = (status, message) => ({ status, body: { status, message } })

/** The claims that the request asks for in one place; malformed JSON asks for none. */
const readAsked = (query, place) => {
  try {
    return Object.keys(JSON.parse(query.get('claims') ?? '{}')[place] ?? {})
  } catch {
    return []
  }
}
const tell = ({ person, query, scopes }, place) => {
  const mayTell = (name) => !name.startsWith('email') || scopes.includes('user:read:email')
  const asked = readAsked(query, place).filter((name) => Object.hasOwn(person, name) && mayTell(name))
  return { sub: person.sub, ...Object.fromEntries(asked.map((name) => [name, person[name]])) }
}

export const twitch = {
  name: 'twitch',
  authorize: 'https://id.twitch.tv/oauth2/authorize',
  token: 'https://id.twitch.tv/oauth2/token',
  keys: 'https://id.twitch.tv/oauth2/keys',
  clientAuthentication: ['client_secret_post'],
  pkce: 'verified',
  scopes: ['openid', 'user:read:email'],
  tokens: (usual, { scopes }, makeToken) => ({
    ...usual,
    token_type: 'bearer',
    scope: scopes,
    refresh_token: makeToken(),
  }),
  refusals: {
    request: refusal(400, 'missing parameter'),
    methods: refusal(400, 'one way of client authentication'),
    client: refusal(403, 'invalid client secret'),
    code: refusal(400, 'Invalid authorization code'),
    redirect: refusal(400, 'Parameter redirect_uri does not match registered URI'),
    verifier: refusal(400, 'invalid code verifier'),
  },
  idToken: { iss: 'https://id.twitch.tv/oauth2', claims: (grant) => tell(grant, 'id_token') },
  apis: {
    'https://id.twitch.tv/oauth2/userinfo': {
      needs: ['openid'],
      answer: (grant) => tell(grant, 'userinfo'),
    },
    'https://api.twitch.tv/helix/users': {
      wantsClientId: true,
      answer: ({ person, scopes }) => ({
        data: [
          {
            id: person.sub,
            login: 'ada',
            display_name: person.preferred_username,
            profile_image_url: person.picture,
            ...(scopes.includes('user:read:email') && { email: person.email }),
          },
        ],
      }),
    },
  },
  person: {
    sub: '713936733',
    email: 'ada@example.test',
    email_verified: true,
    picture: 'https://pictures.example/ada.png',
    preferred_username: 'Ada',
  },
}
