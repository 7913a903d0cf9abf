// Facebook: no ID Token, no word about the address, and refusals that are objects. The profile has the members that the
// app asks for.

const refusal = (message, code) => ({
  status: 400,
  body: { error: { message, type: 'OAuthException', code } },
})
const profile = {
  needs: ['public_profile'],
  answer({ person, scopes }, query) {
    const fields = (query.get('fields') ?? 'id,name').split(',').map((field) => field.split('{')[0])
    const mayTell = (name) => name === 'id' || (fields.includes(name) && name !== 'email')
    const mayTellEmail = fields.includes('email') && scopes.includes('email')
    return Object.fromEntries(
      Object.entries(person).filter(([name]) => mayTell(name) || (name === 'email' && mayTellEmail)),
    )
  },
}

export const facebook = {
  name: 'facebook',
  authorize: 'https://www.facebook.com/{version}/dialog/oauth',
  token: 'https://graph.facebook.com/{version}/oauth/access_token',
  clientAuthentication: ['client_secret_post'],
  pkce: 'verified',
  scopes: ['email', 'public_profile'],
  tokens: ({ access_token, expires_in }) => ({ access_token, token_type: 'bearer', expires_in }),
  refusals: {
    request: refusal('Missing or invalid parameter.', 100),
    methods: refusal('Use one way of client authentication.', 100),
    client: refusal('Error validating client secret.', 1),
    code: refusal('This authorization code has been used.', 100),
    redirect: refusal('Error validating verification code: another redirect_uri.', 100),
    verifier: refusal('Invalid code_verifier parameter.', 100),
  },
  apis: {
    'https://graph.facebook.com/me': profile,
    'https://graph.facebook.com/{version}/me': profile,
  },
  person: {
    id: '10220000000000042',
    name: 'Ada Lovelace',
    email: 'ada@example.test',
    picture: {
      data: { height: 50, is_silhouette: false, url: 'https://pictures.example/ada.png', width: 50 },
    },
  },
}
