// GitHub: refusals with status 200, a form unless the client asks for JSON, scopes between commas. Its API wants
// a User-Agent.

const ANY = /./
const refusal = (error, error_description) => ({ status: 200, body: { error, error_description } })

export const github = {
  name: 'github',
  authorize: 'https://github.com/login/oauth/authorize',
  token: 'https://github.com/login/oauth/access_token',
  clientAuthentication: ['client_secret_post', 'client_secret_basic'],
  pkce: 'required',
  scopes: ['read:user', 'user:email'],
  iss: 'https://github.com/login/oauth',
  answersForms: true,
  tokens: ({ access_token }, { scopes }) => ({ access_token, scope: scopes.join(','), token_type: 'bearer' }),
  refusals: {
    methods: refusal('incorrect_client_credentials', 'Use one way of client authentication.'),
    client: refusal(
      'incorrect_client_credentials',
      'The client_id and/or client_secret passed are incorrect.',
    ),
    code: refusal('bad_verification_code', 'The code passed is incorrect or expired.'),
    redirect: refusal('redirect_uri_mismatch', 'The redirect_uri is not that of the request.'),
    verifier: refusal('bad_verification_code', 'The code_verifier does not match.'),
  },
  apis: {
    'https://api.github.com/user': {
      headers: { 'user-agent': ANY },
      answer: ({ person }) => person.user,
    },
    'https://api.github.com/user/emails': {
      headers: { 'user-agent': ANY },
      needs: ['user:email'],
      answer: ({ person }) => person.emails,
    },
  },
  person: {
    user: {
      login: 'ada',
      id: 583231,
      avatar_url: 'https://pictures.example/ada.png',
      name: 'Ada Lovelace',
      email: 'public@example.test',
    },
    emails: [
      { email: 'ada@old.example.test', primary: false, verified: true, visibility: null },
      { email: 'ada@example.test', primary: true, verified: true, visibility: 'private' },
    ],
  },
}
