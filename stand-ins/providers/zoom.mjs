// Zoom: Basic alone; the reason of a refusal stands beside its code. `verified` is a number.

const refusal = (status, error, reason) => ({ status, body: { reason, error } })

export const zoom = {
  name: 'zoom',
  authorize: 'https://zoom.us/oauth/authorize',
  token: 'https://zoom.us/oauth/token',
  clientAuthentication: ['client_secret_basic'],
  pkce: 'required',
  tokens: (usual, _grant, makeToken) => ({
    ...usual,
    token_type: 'bearer',
    scope: 'user:read:user',
    refresh_token: makeToken(),
  }),
  refusals: {
    request: refusal(400, 'invalid_request', 'The request is malformed'),
    methods: refusal(400, 'invalid_request', 'Use one way of client authentication'),
    client: refusal(401, 'invalid_client', 'Invalid client_id or client_secret'),
    code: refusal(400, 'invalid_request', 'Invalid authorization code'),
    redirect: refusal(400, 'invalid_request', 'Redirect URI mismatch'),
    verifier: refusal(400, 'invalid_request', 'Invalid code verifier'),
  },
  apis: {
    'https://api.zoom.us/v2/users/me': { needs: ['user:read:user'], answer: ({ person }) => person },
  },
  /** Scopes are those of the app in the Marketplace. */
  app: { granted: ['user:read:user'] },
  person: {
    id: 'KdYKjnimT4KPd8FFgQt9FQ',
    first_name: 'Ada',
    last_name: 'Lovelace',
    display_name: 'Ada Lovelace',
    email: 'ada@example.test',
    verified: 1,
    pic_url: 'https://pictures.example/ada.png',
  },
}
