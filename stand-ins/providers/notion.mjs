// Notion: JSON and Basic, with the version of its API. It takes no client_id beside Basic. The person comes
// with the token.

const VERSION = { 'notion-version': /^20\d\d-\d\d-\d\d$/ }
const refusal = (status, code, message) => ({ status, body: { object: 'error', status, code, message } })

export const notion = {
  name: 'notion',
  authorize: 'https://api.notion.com/v1/oauth/authorize',
  token: 'https://api.notion.com/v1/oauth/token',
  clientAuthentication: ['client_secret_basic'],
  refusesClientIdBesideBasic: true,
  pkce: 'verified',
  findFault: (query) => (query.get('owner') === 'user' ? '' : 'invalid_request'),
  tokenBody: 'json',
  tokenHeaders: VERSION,
  tokens: ({ access_token }, { person }, makeToken) => ({
    access_token,
    token_type: 'bearer',
    refresh_token: makeToken(),
    bot_id: '7a1b7a1b-0000-4000-8000-000000000001',
    workspace_id: '7a1b7a1b-0000-4000-8000-000000000002',
    owner: { type: 'user', user: person },
  }),
  refusals: {
    request: refusal(400, 'validation_error', 'The request needs a JSON body and Notion-Version.'),
    methods: refusal(400, 'invalid_request', 'Client must not use multiple authentication methods.'),
    client: refusal(401, 'unauthorized', 'The client is unknown, or its secret is wrong.'),
    code: refusal(400, 'invalid_grant', 'Invalid code.'),
    redirect: refusal(400, 'invalid_grant', 'Invalid redirect_uri.'),
    verifier: refusal(400, 'invalid_grant', 'Invalid code_verifier.'),
  },
  apis: {
    'https://api.notion.com/v1/users/me': {
      headers: VERSION,
      headerStatus: 400,
      answer: ({ person }) => ({
        object: 'user',
        type: 'bot',
        bot: { owner: { type: 'user', user: person } },
      }),
    },
  },
  person: {
    object: 'user',
    id: 'd40e767c-d7af-4b18-a86d-55c61f1e39a4',
    name: 'Ada Lovelace',
    avatar_url: 'https://pictures.example/ada.png',
    type: 'person',
    person: { email: 'ada@example.test' },
  },
}
