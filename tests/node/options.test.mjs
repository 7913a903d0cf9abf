// createAuth refuses options that cannot be meant, and says which one, why, and what it may have been.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createAuth, LandfallError } from '../../dist/index.js'
import { makeRequest, PROVIDER, SECRET } from './support/app.mjs'

const good = { secret: SECRET, providers: { main: PROVIDER } }
const withMain = (more) => ({ ...good, providers: { main: { ...PROVIDER, ...more } } })
const without = (object, ...names) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))

/** Problem -> [options, the option that is named, the suggestion]. @type {Record<string, [any, string, string?][]>} */
const REFUSED = {
  'is not an option': [
    [{ ...good, provders: {} }, 'provders', 'providers'],
    [{ ...good, onSesion() {} }, 'onSesion', 'onSession'],
    [{ ...good, 'paths/signIn': '/x' }, 'paths/signIn'],
    [{ ...good, paths: { signin: '/x' } }, 'paths.signin', 'signIn'],
    [{ ...good, origin: { trustedHost: [] } }, 'origin.trustedHost', 'trustedHosts'],
    [withMain({ clientID: 'x' }), 'providers.main.clientID', 'clientId'],
    [withMain({ scope: 'x' }), 'providers.main.scope', 'scopes'],
    [withMain({ __zzzzzzzzzz: 1 }), 'providers.main.__zzzzzzzzzz'],
  ],
  'is missing': [
    [{ secret: SECRET }, 'providers'],
    [{ secret: SECRET, providers: {} }, 'providers'],
    [{ ...good, providers: { main: without(PROVIDER, 'clientId') } }, 'providers.main.clientId'],
    [
      { ...good, providers: { main: without(PROVIDER, 'issuer', 'authorizationEndpoint', 'tokenEndpoint') } },
      'providers.main.issuer',
    ],
    [
      { ...good, providers: { main: without(PROVIDER, 'issuer', 'authorizationEndpoint') } },
      'providers.main.authorizationEndpoint',
    ],
    [{ ...good, providers: { main: without(PROVIDER, 'tokenEndpoint') } }, 'providers.main.tokenEndpoint'],
    [withMain({ userinfo: true }), 'providers.main.userinfoEndpoint'],
    [withMain({ tokenEndpointAuthMethod: 'client_secret_post' }), 'providers.main.clientSecret'],
    [without(good, 'secret'), 'secret'],
  ],
  'must be an origin, without a path': [
    [{ ...good, origin: 'https://app.example/path' }, 'origin', "basePath: '/path'"],
  ],
  'has the wrong type': [
    [{ ...good, providers: [] }, 'providers'],
    [{ ...good, providers: { main: 'x' } }, 'providers.main'],
    [{ ...good, secret: 1 }, 'secret'],
    [{ ...good, secret: [SECRET, 1] }, 'secret.1'],
    [{ ...good, secret: 10n }, 'secret.0'],
    [{ ...good, secret: Symbol('s') }, 'secret.0'],
    [withMain({ clientSecret: Symbol('s') }), 'providers.main.clientSecret'],
    [withMain({ callback: 1 }), 'providers.main.callback'],
    [{ ...good, origin: 1 }, 'origin'],
    [{ ...good, origin: { trustedHosts: 'app.example' } }, 'origin.trustedHosts'],
    [{ ...good, paths: '/x' }, 'paths'],
    [{ ...good, paths: { signIn: 1 } }, 'paths.signIn'],
    [{ ...good, onEvent: 'x' }, 'onEvent'],
    [{ ...good, fetch: {} }, 'fetch'],
    [withMain({ clientId: 1 }), 'providers.main.clientId'],
    [withMain({ scopes: 1 }), 'providers.main.scopes'],
    [withMain({ scopes: [1] }), 'providers.main.scopes.0'],
    [withMain({ userinfo: 'yes' }), 'providers.main.userinfo'],
    [withMain({ authorizationParams: 'x' }), 'providers.main.authorizationParams'],
    [withMain({ authorizationParams: { prompt: true } }), 'providers.main.authorizationParams.prompt'],
  ],
  'has a value that is not allowed': [
    [{ ...good, providers: { 'a b': PROVIDER } }, 'providers.a b'],
    [{ ...good, providers: { 'a&next=/x': PROVIDER } }, 'providers.a&next=/x'],
    [{ ...good, origin: { trustedHosts: ['*'] } }, 'origin.trustedHosts.0'],
    [{ ...good, origin: { trustedHosts: ['https://app.example'] } }, 'origin.trustedHosts.0'],
    [{ ...good, paths: { callback: '//evil.example' } }, 'paths.callback'],
    [{ ...good, paths: { callback: '/cb?x=1' } }, 'paths.callback'],
    [{ ...good, paths: { error: 'https://app.example/e' } }, 'paths.error'],
    [{ ...good, paths: { afterSignIn: '/a#b' } }, 'paths.afterSignIn'],
    [withMain({ scopes: 'a"b' }), 'providers.main.scopes'],
    [withMain({ responseMode: 'fragment' }), 'providers.main.responseMode'],
    [withMain({ tokenEndpointAuthMethod: 'tls_client_auth' }), 'providers.main.tokenEndpointAuthMethod'],
    [withMain({ idTokenSignedResponseAlg: 'none' }), 'providers.main.idTokenSignedResponseAlg'],
    [withMain({ idTokenSignedResponseAlg: 'HS384' }), 'providers.main.idTokenSignedResponseAlg'],
    [withMain({ authorizationParams: { max_age: -1 } }), 'providers.main.authorizationParams.max_age'],
    [
      {
        supabase: { url: 'https://abc.supabase.co', key: 'anon', cookieOptions: { name: 'a b' } },
      },
      'supabase.cookieOptions.name',
    ],
  ],
  'is not a complete http(s) URL without user name and fragment': [
    [{ ...good, origin: 'app.example' }, 'origin'],
    [{ ...good, origin: 'https://u:p@app.example' }, 'origin'],
    [withMain({ issuer: '/x' }), 'providers.main.issuer'],
    [withMain({ issuer: 'https://as.example?x=1' }), 'providers.main.issuer'],
    [withMain({ authorizationEndpoint: 'https://as.example/a#b' }), 'providers.main.authorizationEndpoint'],
    [withMain({ tokenEndpoint: 'javascript:alert(1)' }), 'providers.main.tokenEndpoint'],
    [withMain({ jwksUri: 'https://as.example\n.evil' }), 'providers.main.jwksUri'],
  ],
  'is missing: the scope `openid` asks for an ID Token, and Landfall checks it with `issuer` and `jwksUri`. Set both next to `authorizationEndpoint`, or leave the scope out':
    [
      [withMain({ scopes: 'openid' }), 'providers.main.jwksUri'],
      [
        { ...good, providers: { main: { ...without(PROVIDER, 'issuer'), scopes: 'openid' } } },
        'providers.main.issuer',
      ],
    ],
  'must be https; plain http works only for this machine': [
    [{ ...good, origin: 'http://app.example' }, 'origin'],
    [withMain({ issuer: 'http://as.example' }), 'providers.main.issuer'],
    [withMain({ tokenEndpoint: 'http://127.0.0.1.evil.example/token' }), 'providers.main.tokenEndpoint'],
    [withMain({ userinfoEndpoint: 'http://as.example/me' }), 'providers.main.userinfoEndpoint'],
  ],
  'is a protocol parameter that Landfall sets itself': ['state', 'nonce', 'client_secret', 'request'].map(
    (name) => [
      withMain({ authorizationParams: { [name]: 'x' } }),
      `providers.main.authorizationParams.${name}`,
    ],
  ),
  'is necessary: the client secret has fewer than 32 bytes, and one cookie is enough to guess such a key. Set it to the output of `openssl rand -base64 32`':
    [[{ providers: { main: { ...PROVIDER, clientSecret: 'x'.repeat(31) } } }, 'secret']],
  'is the path of another route, or one callback begins with another: providers match only the beginning of a redirect_uri. Set another path':
    [
      [{ ...good, providers: { git: PROVIDER, github: PROVIDER } }, 'providers.github.callback'],
      [withMain({ callback: '/auth/sign-in' }), 'providers.main.callback'],
    ],
  'must have at least 32 bytes': [
    [{ ...good, secret: 'x'.repeat(31) }, 'secret'],
    [{ ...good, secret: [SECRET, 'x'] }, 'secret.1'],
  ],
}

for (const [problem, rows] of Object.entries(REFUSED)) {
  describe(problem, () => {
    for (const [options, parameter, suggestion] of rows) {
      test(parameter, () => {
        const ending = suggestion ? `; did you mean \`${suggestion}\`?` : '.'
        assert.throws(
          () => createAuth(options),
          (error) => {
            assert.ok(error instanceof LandfallError)
            assert.deepEqual([error.code, error.parameter], ['config_invalid', parameter])
            assert.equal(error.message, `landfall: createAuth: \`${parameter}\` ${problem}${ending}`)
            assert.ok(!error.message.includes(SECRET))
            return true
          },
        )
      })
    }
  })
}

describe('options that are no options', () => {
  for (const options of [
    null,
    [],
    'x',
    1,
    { ...good, secret: 'x'.repeat(70_000) },
    { ...good, secret: 'x'.repeat(3 << 20) },
    undefined,
  ]) {
    test(String(JSON.stringify(options)).slice(0, 20), () => {
      assert.throws(() => createAuth(options), { name: 'LandfallError', code: 'config_invalid' })
    })
  }
})

describe('options that are fine', () => {
  const fine = {
    'an array of secrets': { ...good, secret: [SECRET, 'x'.repeat(32)] },
    'a secret of 32 bytes that is not ASCII': { ...good, secret: 'ü'.repeat(16) },
    'a client secret instead of a secret': {
      providers: { main: { ...PROVIDER, clientSecret: 'x'.repeat(32) } },
    },
    'a URL object as an address': withMain({ issuer: new URL('https://as.example/tenant') }),
    'a preset by name': {
      providers: { bitbucket: { clientId: 'id', clientSecret: 'a client secret of 32 bytes, long' } },
    },
    'http on this machine': {
      ...withMain({ tokenEndpoint: 'http://[::1]:8080/t' }),
      origin: 'http://localhost:3000',
    },
    'an issuer with a path and nothing else': {
      ...good,
      providers: { main: { clientId: 'x', issuer: 'https://as.example/tenant/' } },
    },
  }
  test('hosts beyond ASCII become Punycode, and an issuer says how to write it', async () => {
    const auth = createAuth({ ...good, origin: 'https://bücher.example' })
    const response = await auth.signIn(makeRequest('/auth/sign-in'))
    const { searchParams } = new URL(response.headers.get('location'))
    assert.equal(searchParams.get('redirect_uri'), 'https://xn--bcher-kva.example/auth/callback/main')
    for (const options of [
      { ...good, origin: { trustedHosts: ['*.bücher.example:8443', 'bücher.example'] } },
      withMain({ tokenEndpoint: 'https://bücher.example/t' }),
    ])
      assert.equal(typeof createAuth(options).callback, 'function')
    const message = /`providers.main.issuer` .*Punycode/
    assert.throws(() => createAuth(withMain({ issuer: 'https://bücher.example' })), { message })
    for (const origin of [
      'https://bücher.example\n.evil',
      'https://bücher.example\t',
      'https://bücher example',
    ])
      assert.throws(() => createAuth({ ...good, origin }), { code: 'config_invalid' })
  })

  for (const [name, options] of Object.entries(fine)) {
    test(name, () => assert.equal(typeof createAuth(options).callback, 'function'))
  }
})
