// The moves of docs/moving.md from libraries that speak to providers themselves.

/** As a person does it: the page of Auth.js, and its button. */
const beginAuthjs = async (jar, at) => {
  const page = await (await jar.fetch(at('/api/auth/signin'))).text()
  const { hops } = await jar.submit(page, { action: 'signin/bitbucket', redirect: 'manual' })
  return hops[0].location
}

/** As better-auth's client does it. */
const beginBetterAuth = async (jar, at) => {
  const response = await jar.fetch(at('/api/auth/sign-in/social'), {
    method: 'POST',
    from: at('/'),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ provider: 'github', callbackURL: '/account' }),
  })
  return (await response.json()).url
}

/**
 * @typedef {object} Move
 * @property {string} from the folder in apps/moving/
 * @property {string[]} packages that its app imports
 * @property {string} provider the stand-in's name
 * @property {string[]} sites of the provider: the one that people see, and its API
 * @property {object} registered what the provider knows of the app, with the path of its `callback`
 * @property {object} other what another person has at the provider
 * @property {(jar: object, at: (path: string) => string) => string | Promise<string>} begin the address that begins a sign-in before
 * @property {object} [refused] what a person has there whom the app refuses
 * @property {boolean} isKept who is signed in stays so
 * @property {string} code what a sign-in ends with that the other library started
 * @property {string} [signOut] the form that ends the app's own session, unless it is Landfall's
 */

/** @type {Record<string, Move>} by what the page calls it */
export const MOVES = {
  'arctic and Lucia': {
    from: 'arctic',
    packages: ['arctic', 'lucia'],
    provider: 'bitbucket',
    sites: ['https://bitbucket.org', 'https://api.bitbucket.org'],
    // arctic asks Bitbucket for no scope, and gets what the app may have.
    registered: { callback: '/login/bitbucket/callback', granted: ['account', 'email'] },
    other: { uuid: '{another}' },
    begin: (_, at) => at('/login/bitbucket'),
    isKept: true,
    signOut: '/logout',
    code: 'transaction_missing',
  },
  'Auth.js': {
    from: 'authjs',
    packages: ['@auth/core'],
    provider: 'bitbucket',
    sites: ['https://bitbucket.org', 'https://api.bitbucket.org'],
    registered: { callback: '/api/auth/callback/bitbucket' },
    other: { account_id: '557058:another' },
    refused: { username: 'mallory' },
    begin: beginAuthjs,
    isKept: false,
    // Auth.js sends none.
    code: 'state_missing',
  },
  'better-auth': {
    from: 'better-auth',
    packages: ['better-auth'],
    provider: 'github',
    sites: ['https://github.com', 'https://api.github.com'],
    registered: { callback: '/api/auth/callback/github' },
    other: { id: 1 },
    begin: beginBetterAuth,
    isKept: false,
    code: 'transaction_missing',
  },
}
