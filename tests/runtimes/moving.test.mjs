// docs/moving.md, carried out: an app signs in with another library, moves by what the page says, and keeps what the page promises.
import { makeMove } from './support/moving.mjs'
import { testMove } from './support/moving-tests.mjs'
import { openProvider } from './support/moving-worlds.mjs'

const BITBUCKET = ['https://bitbucket.org', 'https://api.bitbucket.org']
const GITHUB = ['https://github.com', 'https://api.github.com']

testMove('arctic and Lucia', {
  open: () =>
    openProvider(
      'bitbucket',
      {
        sites: BITBUCKET,
        callback: '/login/bitbucket/callback',
        // arctic asks Bitbucket for no scope, and gets what the app may have.
        registered: { granted: ['account', 'email'] },
        people: { other: { uuid: '{another}' } },
      },
      (env) => makeMove('arctic', { packages: ['arctic', 'lucia'], env }),
    ),
  provider: 'bitbucket',
  begin: (_, at) => at('/login/bitbucket'),
  isKept: true,
  code: 'transaction_missing',
  signOut: '/logout',
})

testMove('Auth.js', {
  open: () =>
    openProvider(
      'bitbucket',
      {
        sites: BITBUCKET,
        callback: '/api/auth/callback/bitbucket',
        people: { other: { account_id: '557058:another' }, refused: { username: 'mallory' } },
      },
      (env) => makeMove('authjs', { packages: ['@auth/core'], env }),
    ),
  provider: 'bitbucket',
  // The page of Auth.js, and its button.
  begin: async (jar, at) => {
    const page = await (await jar.fetch(at('/api/auth/signin'))).text()
    const { headers } = await jar.submit(page, { action: 'signin/bitbucket', redirect: 'manual' })
    return headers.get('location')
  },
  isKept: false,
  // It sends none.
  code: 'state_missing',
  refuses: true,
})

testMove('better-auth', {
  open: () =>
    openProvider(
      'github',
      { sites: GITHUB, callback: '/api/auth/callback/github', people: { other: { id: 1 } } },
      (env) => makeMove('better-auth', { packages: ['better-auth'], env }),
    ),
  provider: 'github',
  // What its client does.
  begin: async (jar, at) => {
    const response = await jar.fetch(at('/api/auth/sign-in/social'), {
      method: 'POST',
      from: at('/'),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ provider: 'github', callbackURL: '/account' }),
    })
    return (await response.json()).url
  },
  isKept: false,
  code: 'transaction_missing',
})
