// The rows whose server is the app's own: an issuer and a client are all that they need. The npm package oidc-provider
// plays each server, configured as that server's documents and metadata say.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { decodeProtectedHeader } from 'jose'
import { startOpenIdProvider } from '../../stand-ins/openid-provider.mjs'
import { readProviders } from '../../tools/providers.mjs'
import { ORIGIN } from './support/app.mjs'
import { answer, count, makeVisit, open, signIn } from './support/openid.mjs'

const CLIENT = { clientId: 'the-client', clientSecret: 'a secret: 100% of +/&= and more' }
const BOTH = ['client_secret_basic', 'client_secret_post']

/**
 * `path` of the issuer, `methods` of client authentication, `alg` of the ID Token, whether the metadata promises `iss`,
 * whether the profile is in the ID Token, and a parameter (`hint`) that a link may add.
 */
const SERVERS = {
  keycloak: { path: '/realms/main', methods: BOTH, promisesIss: true, inIdToken: true, hint: 'kc_idp_hint' },
  auth0: { path: '/', methods: BOTH, inIdToken: true, hint: 'organization' },
  okta: { path: '/oauth2/default', methods: [...BOTH, 'none'], hint: 'idp' },
  cognito: { path: '/eu-west-1_Ab129faBb', methods: BOTH, inIdToken: true, hint: 'identity_provider' },
  zitadel: { path: '', methods: ['none', ...BOTH], hint: 'ui_locales' },
  authentik: { path: '/application/o/app/', methods: BOTH.toReversed(), inIdToken: true, hint: 'prompt' },
  logto: {
    path: '/oidc',
    methods: [...BOTH, 'none'],
    alg: 'ES384',
    promisesIss: true,
    hint: 'direct_sign_in',
  },
}

/** The server of a row, and what its client is registered as: the way that Landfall takes first. */
const start = (name, { path, methods, alg = 'RS256', promisesIss = false, inIdToken = false }) =>
  startOpenIdProvider({
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [`${ORIGIN}/auth/callback/${name}`],
        id_token_signed_response_alg: alg,
      },
    ],
    path,
    remember: false,
    idTokenClaims: inIdToken,
    iss: promisesIss,
    configuration: {
      clientAuthMethods: methods,
      enabledJWA: { idTokenSigningAlgValues: [alg], userinfoSigningAlgValues: [alg] },
    },
  })

test('every row that is only an issuer has a server here', () => {
  const rows = readProviders().filter(({ columns }) => !columns.issuer && !columns.token_endpoint)
  assert.deepEqual(rows.map(({ name }) => name).sort(), Object.keys(SERVERS).sort())
})

for (const [name, server] of Object.entries(SERVERS))
  describe(name, () => {
    const { alg = 'RS256', promisesIss = false, inIdToken = false, hint, path } = server
    const world = { provider: null }
    before(async () => {
      world.provider = await start(name, server)
    })
    after(() => world.provider.close())

    /** The app, with nothing but the issuer and the client. */
    const visit = (more = {}) => {
      const { issuer } = world.provider
      return makeVisit(world, {}, { providers: { [name]: { issuer, ...CLIENT, ...more } } })
    }
    const said = ({ events }) => JSON.stringify(events.at(-1))

    test('issuer, clientId and clientSecret sign in, with the profile', async () => {
      const one = visit()
      await signIn(one)
      const [session] = one.sessions
      assert.ok(session, said(one))
      assert.equal(one.jar.url, `${ORIGIN}/welcome?x=1#`)
      assert.equal(decodeProtectedHeader(session.id_token).alg, alg)
      assert.deepEqual(session.profile, {
        provider: name,
        sub: 'ada',
        name: 'Ada',
        email: 'ada@example.test',
        email_verified: true,
        picture: `${world.provider.issuer}/picture/ada.svg`,
        username: 'ada',
        locale: null,
      })
      const asked = count(one, `GET ${path.replace(/\/$/, '')}/userinfo`)
      assert.equal(
        asked,
        inIdToken ? 0 : 1,
        'the profile endpoint, only where the ID Token lacks the profile',
      )
    })

    test('PKCE, a nonce and the parameter of a link', async () => {
      const { jar } = visit()
      const query = new URLSearchParams({ next: '/', [hint]: 'login' })
      const response = await jar.fetch(`${ORIGIN}/auth/sign-in?${query}`, { redirect: 'manual' })
      const { searchParams } = new URL(response.headers.get('location'))
      assert.equal(searchParams.get('code_challenge_method'), 'S256')
      assert.match(searchParams.get('nonce'), /^[\w-]{22,}$/)
      assert.equal(searchParams.get(hint), 'login')
      assert.equal(searchParams.get('scope'), 'openid profile email')
    })

    test('a person who says no: provider_access_denied', async () => {
      const one = visit()
      await one.jar.fetch(await answer(one, await open(one), 'deny'))
      assert.equal(one.events.at(-1).code, 'provider_access_denied', said(one))
      assert.equal(one.sessions.length, 0)
    })

    test('a wrong secret: token_invalid_client', async () => {
      const one = visit({ clientSecret: 'wrong' })
      await signIn(one)
      const { code, blame } = one.events.at(-1)
      assert.deepEqual([code, blame], ['token_invalid_client', 'app'], said(one))
      assert.equal(one.sessions.length, 0)
    })

    test(`a response without iss: ${promisesIss ? 'iss_missing' : 'signed in'}`, async () => {
      const one = visit()
      const callback = new URL(await answer(one, await open(one)))
      callback.searchParams.delete('iss')
      await one.jar.fetch(callback)
      assert.equal(one.events.at(-1).code, promisesIss ? 'iss_missing' : undefined, said(one))
      assert.equal(one.sessions.length, promisesIss ? 0 : 1)
    })

    test('another issuer in the response: iss_mismatch', async () => {
      const one = visit()
      const callback = new URL(await answer(one, await open(one)))
      callback.searchParams.set('iss', 'https://evil.example')
      await one.jar.fetch(callback)
      assert.equal(one.events.at(-1).code, 'iss_mismatch', said(one))
    })

    test('an issuer that differs in the slash at its end is refused', async () => {
      const { issuer } = world.provider
      const other = issuer.endsWith('/') ? issuer.slice(0, -1) : `${issuer}/`
      const one = visit({ issuer: other })
      await one.jar.fetch(`${ORIGIN}/auth/sign-in?next=/`)
      assert.equal(one.events.at(-1)?.code, 'discovery_issuer', said(one))
    })
  })
