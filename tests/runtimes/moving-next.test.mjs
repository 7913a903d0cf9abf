// docs/moving.md, carried out for libraries that are only for Next.js.
import { testAuthHelpers } from './support/moving-auth-helpers.mjs'
import { makeNextMove } from './support/moving-next.mjs'
import { testMove } from './support/moving-tests.mjs'
import { openIssuer, openProvider } from './support/moving-worlds.mjs'
import { takeTurns } from './support/turns.mjs'

const NEXT_16 = { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' }
const NEXT_14 = { next: '14.2.35', react: '18.3.1', 'react-dom': '18.3.1' }
const AUTH0 = {
  client_id: 'client-of-auth0',
  client_secret: 'secret-at-auth0-0123456789abcdefghij',
  token_endpoint_auth_method: 'client_secret_post',
}

const AUTH0_CLIENT = { AUTH0_CLIENT_ID: AUTH0.client_id, AUTH0_CLIENT_SECRET: AUTH0.client_secret }
const FROM_AUTH0 = { provider: 'auth0', isKept: false, code: 'transaction_missing', remembers: true }

/** The page of NextAuth, and its button. */
const press = (provider) => async (jar, at) => {
  const page = await (await jar.fetch(at('/api/auth/signin'))).text()
  const { headers } = await jar.submit(page, { action: `signin/${provider}`, redirect: 'manual' })
  return headers.get('location')
}

const MOVES = {
  'next-auth 5': {
    open: () =>
      openProvider(
        'bitbucket',
        {
          sites: ['https://bitbucket.org', 'https://api.bitbucket.org'],
          callback: '/api/auth/callback/bitbucket',
          people: { other: { account_id: '557058:another' }, refused: { username: 'mallory' } },
        },
        (env) =>
          makeNextMove('next-auth', {
            under: ['authjs'],
            packages: { before: { ...NEXT_16, 'next-auth': '5.0.0-beta.32' }, after: NEXT_16 },
            env,
          }),
      ),
    provider: 'bitbucket',
    begin: press('bitbucket'),
    isKept: false,
    code: 'state_missing',
    refuses: true,
  },
  'next-auth 4': {
    open: () =>
      openProvider(
        'github',
        {
          sites: ['https://github.com', 'https://api.github.com'],
          callback: '/api/auth/callback/github',
          people: { other: { id: 1 } },
        },
        (env) =>
          makeNextMove('next-auth-4', {
            under: ['next-auth'],
            packages: { before: { ...NEXT_14, 'next-auth': '4.24.15' }, after: NEXT_14 },
            env,
          }),
      ),
    provider: 'github',
    begin: press('github'),
    isKept: false,
    code: 'transaction_missing',
  },
  'nextjs-auth0 4': {
    ...FROM_AUTH0,
    open: () =>
      openIssuer(
        {
          issuer: 'https://tenant.auth0.example/',
          callback: '/auth/callback',
          client: AUTH0,
          variables: (issuer) => ({
            ...AUTH0_CLIENT,
            AUTH0_ISSUER: issuer,
            AUTH0_DOMAIN: new URL(issuer).host,
          }),
        },
        (env) =>
          makeNextMove('nextjs-auth0', {
            packages: { before: { ...NEXT_16, '@auth0/nextjs-auth0': '4.30.0' }, after: NEXT_16 },
            env,
          }),
      ),
    begin: (_, at) => at('/auth/login?returnTo=/account'),
  },
  'nextjs-auth0 3': {
    ...FROM_AUTH0,
    open: () =>
      openIssuer(
        {
          callback: '/api/auth/callback',
          client: { ...AUTH0, id_token_signed_response_alg: 'RS256' },
          variables: (issuer, origin) => ({
            ...AUTH0_CLIENT,
            AUTH0_ISSUER: issuer,
            AUTH0_ISSUER_BASE_URL: issuer,
            AUTH0_BASE_URL: origin,
            AUTH0_SECRET: 'a secret of version 3, and long enough',
          }),
        },
        (env) =>
          makeNextMove('nextjs-auth0-3', {
            under: ['nextjs-auth0'],
            packages: { before: { ...NEXT_14, '@auth0/nextjs-auth0': '3.8.0' }, after: NEXT_14 },
            env,
          }),
      ),
    begin: (_, at) => at('/api/auth/login?returnTo=/account'),
  },
}

const ROWS = {
  'auth-helpers': () => testAuthHelpers(),
  ...Object.fromEntries(
    Object.entries(MOVES).map(([name, promises]) => [name, () => testMove(name, promises)]),
  ),
}
for (const name of takeTurns(Object.keys(ROWS))) ROWS[name]()
