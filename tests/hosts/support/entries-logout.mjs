// OpenID Connect Back-Channel Logout: what a provider posts to a page of the app.

/** @typedef {import('./entries-direct.mjs').Drive} Drive */

const FORM = /** @type {[string, string]} */ (['content-type', 'application/x-www-form-urlencoded'])
const CLAIMS = { aud: 'ending', sub: 'ada', sid: 'session-1', jti: 'token-1' }
const MANY_BYTES = 100_000

/** @param {import('./visit.mjs').Visit} visit @param {string} token */
const post = (visit, token) =>
  visit.send('POST', '/logout-token', [FORM], String(new URLSearchParams({ logout_token: token })))

/** Posts a logout token with other claims, or with another header. @param {object} [claims] @param {object} [header] @returns {Drive} */
const posts =
  (claims, header) =>
  async (visit, { signLogout }) => {
    await post(visit, await signLogout({ ...CLAIMS, ...claims }, header))
  }

/** @type {Record<string, Drive>} */
export const LOGOUT = {
  'one session': posts(),
  'all sessions of a person': posts({ sid: undefined }),
  'a session without a person': posts({ sub: undefined }),
  'a signature by another key': posts({ aud: 'basic' }),
  'a key that the provider does not have': posts({}, { kid: 'nobody' }),
  'a token of somebody else': posts({ aud: 'somebody-else' }),
  'an ID Token': posts({ events: undefined, nonce: 'n' }),
  'a token with letters beyond ASCII': posts({ sub: 'Ådå', jti: '✓' }),
  'what is none': async (visit) => {
    await post(visit, 'e30.e30.AAAA')
    await post(visit, 'a'.repeat(MANY_BYTES))
    await visit.send('GET', '/logout-token')
    await visit.send('POST', '/logout-token', [['content-type', 'text/plain']], 'x')
  },
}
