// Reddit: Basic alone, refusals of a code with status 200, `&` as `&amp;` unless raw_json=1 asks otherwise, and no address.
// https://github.com/reddit-archive/reddit/wiki/OAuth2 and https://www.reddit.com/dev/api#response_body_encoding
// Not documented: PKCE (a verifier must fit its challenge here), and what an answer to a default User-Agent is, beside
// that Reddit limits it drastically.

const TEN_MINUTES = 600
/** A name of the app's own, and none that a library sends by itself. */
const OWN_USER_AGENT = /^(?!node|undici|python|java|curl|okhttp|go-http)./i

const refusal = (error) => ({ status: 200, body: { error } })
const ENTITIES = { '<': '&lt;', '>': '&gt;', '&': '&amp;' }
/** Every text of an answer, as it is without raw_json=1. */
const toEntities = (person) =>
  JSON.parse(JSON.stringify(person).replace(/[<>&]/g, (character) => ENTITIES[character]))

export const reddit = {
  name: 'reddit',
  authorize: 'https://www.reddit.com/api/v1/authorize',
  token: 'https://www.reddit.com/api/v1/access_token',
  clientAuthentication: ['client_secret_basic'],
  pkce: 'verified',
  codeSeconds: TEN_MINUTES,
  scopes: ['identity'],
  findFault(query) {
    const isKnown = ['temporary', 'permanent'].includes(query.get('duration') ?? 'temporary')
    return query.get('state') && isKnown ? '' : 'invalid_request'
  },
  denial: { error: 'access_denied' },
  tokenHeaders: { 'user-agent': OWN_USER_AGENT },
  tokens: (usual, { query }, makeToken) => ({
    ...usual,
    token_type: 'bearer',
    ...(query.get('duration') === 'permanent' && { refresh_token: makeToken() }),
  }),
  refusals: {
    request: refusal('invalid_request'),
    methods: refusal('invalid_request'),
    client: { status: 401, body: { message: 'Unauthorized', error: 401 } },
    code: refusal('invalid_grant'),
    redirect: refusal('invalid_grant'),
    verifier: refusal('invalid_grant'),
  },
  apis: {
    'https://oauth.reddit.com/api/v1/me': {
      needs: ['identity'],
      headers: { 'user-agent': OWN_USER_AGENT },
      headerStatus: 429,
      answer: ({ person }, query) => (query.get('raw_json') === '1' ? person : toEntities(person)),
    },
  },
  person: {
    id: '1w72ada',
    name: 'ada',
    icon_img: 'https://pictures.example/ada.png?width=256&height=256&s=0ada',
    has_verified_email: true,
  },
}
