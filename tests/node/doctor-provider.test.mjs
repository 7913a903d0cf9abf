// npx landfall doctor with the issuer and the client of a direct provider: metadata, keys, clock, token endpoint.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose, makeCertificate, startAuthorize } from './support/doctor.mjs'
import { startDirectApp } from './support/doctor-app.mjs'
import { CLIENT, json, makeKey, startPair, startProvider } from './support/doctor-provider.mjs'

const CHECKED = ['discovery', 'provider-clock', 'keys', 'client']
const METADATA = '/.well-known/openid-configuration'
const { BITBUCKET_CLIENT_SECRET: SECRET } = CLIENT

test('a good provider: all is well, it is asked for a code that nobody has, and nobody reads the secret', async (t) => {
  const { provider, args } = await startPair(t)
  const found = await diagnose(args, CLIENT)
  assert.deepEqual([found.code, found.wrong, found.unsure], [0, [], []], JSON.stringify(found.byId))
  assert.deepEqual(found.fine.slice(-4), CHECKED)
  assert.deepEqual(
    provider.requests.map(({ path }) => path),
    [METADATA, '/jwks', '/token'],
  )
  const { form } = provider.requests[2]
  assert.deepEqual([form.get('grant_type'), form.get('code')], ['authorization_code', 'landfall-doctor'])
  assert.match(form.get('redirect_uri'), /\/auth\/callback\/bitbucket$/)
  assert.ok(form.get('code_verifier').length >= 43)
  assert.ok(!JSON.stringify(found).includes(SECRET))
})

/**
 * What is spoiled, and what is found by it and nothing else.
 * @type {Record<string, { how: object, wrong?: string[], unsure?: string[], detail: RegExp, fix?: RegExp }>}
 */
const SPOILED = {
  'metadata of another issuer': {
    how: { metadata: (origin) => ({ issuer: `${origin}/` }) },
    wrong: ['discovery'],
    detail: /^They are for the issuer http:\/\/127\S+\/, not for http:\/\/127\S+\d\.$/,
    fix: /^Copy issuer exactly, with or without its last slash, to providers\.bitbucket\.issuer/,
  },
  'metadata that are not there': {
    how: { answers: { [METADATA]: () => json('', 404) } },
    wrong: ['discovery'],
    detail: /^http:\S+\/\.well-known\/openid-configuration answered 404\.$/,
    fix: /^Check --issuer/,
  },
  'metadata that are no JSON': {
    how: { answers: { [METADATA]: () => json('<html>') } },
    wrong: ['discovery'],
    detail: /^Landfall says discovery_invalid\. They are at http:/,
    fix: /^Correct the metadata/,
  },
  'metadata without an endpoint': {
    how: { metadata: () => ({ token_endpoint: undefined }) },
    wrong: ['discovery'],
    detail: /^Landfall says discovery_invalid, token_endpoint\./,
    fix: /^Correct the metadata/,
  },
  'metadata elsewhere': {
    how: { answers: { [METADATA]: () => json('', 302, { location: '/elsewhere' }) } },
    wrong: ['discovery'],
    detail: /answered 302\.$/,
    fix: /^Check --issuer/,
  },
  'a clock that is ahead': {
    how: { headers: { date: new Date(Date.now() + 45_000).toUTCString() } },
    wrong: ['provider-clock'],
    detail: /clock is [34]\d seconds ahead/,
    fix: /this machine’s clock/,
  },
  'keys that are not there': {
    how: { answers: { '/jwks': () => json('', 500) } },
    wrong: ['keys'],
    detail: /\/jwks answered 500\.$/,
    fix: /must reach the address jwks_uri/,
  },
  'keys that are no key set': {
    how: { answers: { '/jwks': () => json('[]') } },
    wrong: ['keys'],
    detail: /is no key set/,
    fix: /jwks_uri/,
  },
  'algorithms that nobody may use': {
    how: { metadata: () => ({ id_token_signing_alg_values_supported: ['HS256', 'none'] }) },
    wrong: ['keys'],
    detail: /^It signs with HS256, none\.$/,
    fix: /EdDSA, RS256, PS256, ES256, RS384/,
  },
  'a token endpoint that refuses everything': {
    how: { answers: { '/token': () => json({ error: 'invalid_client' }, 401) } },
    wrong: ['client'],
    detail: /^The token endpoint answered 401: it does not accept the client_id or the client_secret\.$/,
    fix: /^Compare BITBUCKET_CLIENT_ID and BITBUCKET_CLIENT_SECRET with the values at bitbucket/,
  },
  'a token endpoint that echoes the secret': {
    how: { answers: { '/token': ({ secret }) => json({ error: secret, error_description: secret }, 400) } },
    unsure: ['client'],
    detail: /^The token endpoint answered 400 to a code that nobody has: token_error\.$/,
  },
  'a token endpoint that gives tokens to anybody': {
    how: { answers: { '/token': () => json({ access_token: 'at', token_type: 'Bearer' }) } },
    unsure: ['client'],
    detail: /answered 200 to a code that nobody has: id_token_missing\.$/,
  },
  'a token endpoint that leads elsewhere': {
    how: { answers: { '/token': () => json('', 307, { location: '/other' }) } },
    unsure: ['client'],
    detail: /answered 307 to a code that nobody has: token_redirect\.$/,
  },
  'a token endpoint that hangs up': {
    how: { answers: { '/token': (_, outgoing) => outgoing.destroy() && { isSilent: true } } },
    wrong: ['client'],
    detail: /^The token endpoint did not answer: ECONNRESET\.$/,
    fix: /must reach it/,
  },
  'a client that is for the form, where the metadata do not say so': {
    how: { methods: ['client_secret_post'] },
    unsure: ['client'],
    detail:
      /^It does by client_secret_post, and not by client_secret_basic: set .*\.tokenEndpointAuthMethod to '\w+post'\.$/,
  },
}

for (const [name, { how, wrong = [], unsure = [], detail, fix }] of Object.entries(SPOILED)) {
  test(`${name}: found, and nothing else`, async (t) => {
    const { args } = await startPair(t, how)
    const found = await diagnose(args, CLIENT)
    assert.deepEqual(
      [found.code, found.wrong, found.unsure],
      [wrong.length, wrong, unsure],
      JSON.stringify(found.byId),
    )
    const last = found.byId[[...wrong, ...unsure].at(-1)]
    assert.match(last.detail, detail)
    if (fix) assert.match(last.fix, fix)
    assert.ok(!JSON.stringify(found).includes(SECRET))
  })
}

test('a key set: what is usable for the listed algorithms, and what is not', async (t) => {
  const rsa = (bits, more) => makeKey('rsa', { modulusLength: bits }, more)
  const ec = (namedCurve, more) => makeKey('ec', { namedCurve }, more)
  let keys
  const { args } = await startPair(t, { answers: { '/jwks': () => json({ keys }) } })
  for (const [set, isUsable] of [
    [[rsa(2048)], true],
    [[rsa(2048, { use: 'enc' }), ec('P-256', { alg: 'ES256', key_ops: ['verify'] })], true],
    [[null, 1, 'x', {}, [], { kty: 'RSA' }, rsa(2048)], true],
    [[], false],
    [[rsa(1024)], false],
    [[rsa(2048, { use: 'enc' })], false],
    [[rsa(2048, { alg: 'PS256' })], false],
    [[ec('P-384')], false],
    [[ec('P-256', { key_ops: ['sign'] })], false],
    [[makeKey('ed25519')], false],
    [[{ kty: 'oct', k: 'c2VjcmV0' }], false],
  ]) {
    keys = set
    const found = await diagnose(args)
    assert.deepEqual([found.wrong, found.unsure], [isUsable ? [] : ['keys'], ['client']], JSON.stringify(set))
    if (!isUsable) assert.equal(found.byId.keys.detail, `None of its ${set.length} keys is for RS256, ES256.`)
  }
})

test('Ed25519 has two names', async (t) => {
  const key = makeKey('ed25519', {}, { alg: 'EdDSA' })
  const { args } = await startPair(t, {
    metadata: () => ({ id_token_signing_alg_values_supported: ['Ed25519'] }),
    answers: { '/jwks': () => json({ keys: [key] }) },
  })
  assert.ok((await diagnose(args)).fine.includes('keys'))
})

test('a provider of OAuth 2.0 has its metadata elsewhere, and no keys', async (t) => {
  const path = '/.well-known/oauth-authorization-server'
  const answers = {
    [path]: (_, __, origin) =>
      json({
        issuer: origin,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
      }),
  }
  const { args, provider } = await startPair(t, { answers }, 'profile')
  const found = await diagnose(args, CLIENT)
  assert.deepEqual([found.code, found.fine.slice(-3)], [0, ['discovery', 'provider-clock', 'client']])
  assert.deepEqual(
    provider.requests.map((one) => one.path),
    [path, '/token'],
  )
})

test('without its client, the token endpoint is not asked, and that is said', async (t) => {
  const { args, provider } = await startPair(t)
  const found = await diagnose(args, { BITBUCKET_CLIENT_ID: 'client-1' })
  assert.deepEqual([found.code, found.wrong, found.unsure], [0, [], ['client']])
  assert.match(found.byId.client.detail, /BITBUCKET_CLIENT_ID or BITBUCKET_CLIENT_SECRET is not set\.$/)
  assert.ok(provider.requests.every(({ path }) => path !== '/token'))
})

test('a provider without metadata: its token endpoint, and its clock', async (t) => {
  const provider = await startProvider(t, { headers: { date: new Date(Date.now() - 90_000).toUTCString() } })
  const { url } = await startAuthorize(t)
  const app = await startDirectApp(t, { endpoint: url })
  const found = await diagnose([app.origin, '--token-endpoint', `${provider.origin}/token`], CLIENT)
  assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['provider-clock'], []])
  assert.equal(found.fine.at(-1), 'client')
  assert.deepEqual(
    provider.requests.map(({ path }) => path),
    ['/token'],
  )
})

test('a certificate that nobody trusts: NODE_EXTRA_CA_CERTS is named, and with it all is well', async (t) => {
  const { tls, env } = await makeCertificate(t)
  const { args } = await startPair(t, { tls })
  const found = await diagnose(args, CLIENT)
  assert.deepEqual(
    [found.code, found.wrong, found.unsure],
    [1, ['discovery'], []],
    JSON.stringify(found.byId),
  )
  assert.match(found.byId.discovery.detail, /did not answer: \w*SELF_SIGNED\w*\.$/)
  assert.match(found.byId.discovery.fix, /^Set NODE_EXTRA_CA_CERTS to a file with the certificate/)
  const trusted = await diagnose(args, { ...CLIENT, ...env })
  assert.deepEqual([trusted.code, trusted.fine.slice(-4)], [0, CHECKED], JSON.stringify(trusted.byId))
})
