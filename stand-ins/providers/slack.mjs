// Sign in with Slack: refusals with status 200 and `ok: false`; a code_verifier beside a secret breaks the exchange.

const refusal = (error) => ({ status: 200, body: { ok: false, error } })

export const slack = {
  name: 'slack',
  authorize: 'https://slack.com/openid/connect/authorize',
  token: 'https://slack.com/api/openid.connect.token',
  keys: 'https://slack.com/openid/connect/keys',
  clientAuthentication: ['client_secret_post', 'client_secret_basic'],
  pkce: 'refused',
  scopes: ['openid', 'profile', 'email'],
  tokens: ({ access_token, id_token }) => ({ ok: true, access_token, token_type: 'Bearer', id_token }),
  refusals: {
    request: refusal('invalid_arguments'),
    methods: refusal('invalid_arguments'),
    client: refusal('bad_client_secret'),
    code: refusal('invalid_code'),
    redirect: refusal('bad_redirect_uri'),
    verifier: refusal('internal_error'),
  },
  idToken: { iss: 'https://slack.com', claims: ({ person }) => person },
  apis: {
    'https://slack.com/api/openid.connect.userInfo': {
      needs: ['openid'],
      answer: ({ person }) => ({ ok: true, ...person }),
    },
  },
  person: {
    sub: 'U0R7MFMJM',
    'https://slack.com/user_id': 'U0R7MFMJM',
    'https://slack.com/team_id': 'T0R7GR7RR',
    email: 'ada@example.test',
    email_verified: true,
    name: 'Ada Lovelace',
    picture: 'https://pictures.example/ada.png',
  },
}
