// npx landfall doctor with the name of a provider alone: its row gives the servers, and the stand-ins of the providers answer.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { PROVIDERS } from '../../dist/generated/providers.js'
import { diagnose } from './support/doctor.mjs'
import { startDirectApp } from './support/doctor-app.mjs'
import { startProvider } from './support/doctor-provider.mjs'
import { ROWS } from './support/provider-client.mjs'
import { APPLE_KEY, startWorld } from './support/provider-sign-in.mjs'

const HOOK = fileURLToPath(new URL('support/stand-in-hosts.cjs', import.meta.url))
/** They refuse a code in words that say nothing of the client. */
const OWN_WORDS = ['facebook', 'figma', 'notion', 'twitch', 'zoom']
const TENANT = '72f988bf-86f1-41af-91ab-2d7cd011db47'

let world
before(async () => {
  world = await startWorld()
})
after(() => world.stop())

/** The environment of a client: what the provider's console shows. @param {string} name @param {object} [changes] */
const clientOf = (name, changes = {}) => {
  const app = { ...world.apps[name], ...(name === 'apple' && { privateKey: APPLE_KEY }), ...changes }
  const { options } = PROVIDERS.find(({ names }) => names[0] === name) ?? assert.fail(name)
  return Object.fromEntries(
    Object.entries(options).map(([option, end]) => [`${name.toUpperCase()}_${end}`, app[option]]),
  )
}

/**
 * What is found of a provider by an app that signs in there.
 * @param {import('node:test').TestContext} t @param {string} name
 * @param {{ endpoint?: string, env?: Record<string, string>, args?: string[], scope?: string }} [how]
 */
const find = async (t, name, how = {}) => {
  const { endpoint, env = clientOf(name), args = [] } = how
  const { authorizationEndpoint } = PROVIDERS.find(({ names }) => names.includes(name)) ?? assert.fail(name)
  const address = authorizationEndpoint.replace('{tenant}', TENANT).replace('{host}', 'github.example')
  const { scope = ROWS[name] && !ROWS[name].idToken ? 'profile' : 'openid' } = how
  const app = await startDirectApp(t, {
    endpoint: endpoint ?? (address || ROWS[name]?.authorize || 'https://login.example/authorize'),
    callback: `/auth/callback/${name}`,
    query: { scope },
  })
  const asked = world.requests.length
  const stand = { NODE_OPTIONS: `--require ${HOOK}`, LANDFALL_STAND_INS: world.origin }
  const { byId } = await diagnose([app.origin, '--provider', name, ...args], { ...stand, ...env })
  const results = Object.fromEntries(
    ['row', 'discovery', 'keys', 'provider-clock', 'client', 'doctor']
      .filter((id) => id in byId)
      .map((id) => [id, byId[id].result]),
  )
  return { byId, results, requests: world.requests.slice(asked) }
}

describe('each provider by name, with its client', () => {
  for (const [name, row] of Object.entries(ROWS))
    test(name, async (t) => {
      const known = PROVIDERS.find(({ names }) => names[0] === name) ?? assert.fail(name)
      const { byId, results, requests } = await find(t, name)
      const hasKeys = row.idToken && (known.jwksUri || row.metadata)
      assert.deepEqual(
        results,
        {
          row: 'fine',
          ...(row.metadata && { discovery: 'fine' }),
          ...(hasKeys && { keys: 'fine' }),
          'provider-clock': 'fine',
          client: OWN_WORDS.includes(name) ? 'unsure' : 'fine',
        },
        JSON.stringify(byId),
      )
      assert.ok(byId.row.title.startsWith(`${name} stands for ${known.title} at https://`), byId.row.title)
      const token = row.token.replace('{tenant}', TENANT).replace('{version}', 'v24.0')
      assert.equal(requests.filter(({ kind }) => kind === 'token').at(-1)?.address, token)
    })
})

describe('without a client, or with a wrong one', () => {
  test('the servers are named, the keys are checked, and the client is unsure: no token endpoint is asked', async (t) => {
    for (const [name, wanted, detail] of [
      ['github', { row: 'fine' }, 'GITHUB_CLIENT_ID or GITHUB_CLIENT_SECRET'],
      ['google', { row: 'fine', keys: 'fine' }, 'GOOGLE_CLIENT_ID or GOOGLE_CLIENT_SECRET'],
      [
        'apple',
        { row: 'fine', keys: 'fine' },
        'APPLE_CLIENT_ID or APPLE_TEAM_ID or APPLE_KEY_ID or APPLE_PRIVATE_KEY',
      ],
      [
        'vercel',
        { row: 'fine', discovery: 'fine', keys: 'fine', 'provider-clock': 'fine' },
        'VERCEL_CLIENT_ID or VERCEL_CLIENT_SECRET',
      ],
    ]) {
      const { byId, results, requests } = await find(t, name, { env: {} })
      assert.deepEqual(results, { ...wanted, client: 'unsure' }, JSON.stringify(byId))
      assert.equal(byId.client.detail, `The doctor did not ask: ${detail} is not set.`)
      assert.ok(requests.every(({ kind }) => kind !== 'token'))
    }
  })

  test('an app that asks for no ID Token: nobody needs the keys, and they are not read', async (t) => {
    const { results, requests } = await find(t, 'google', { env: {}, scope: 'profile' })
    assert.deepEqual(results, { row: 'fine', client: 'unsure' })
    assert.deepEqual(requests, [])
  })

  test('a wrong secret: the address of the row is told, and the variables', async (t) => {
    const clientSecret = 'wrong-wrong-wrong-wrong-wrong-wrong'
    const { byId, results } = await find(t, 'github', { env: clientOf('github', { clientSecret }) })
    assert.deepEqual(results, { row: 'fine', 'provider-clock': 'fine', client: 'wrong' })
    const { detail, fix } = byId.client
    const address = 'https://github.com/login/oauth/access_token'
    assert.equal(detail, `${address} answered 200: it does not accept the client_id or the client_secret.`)
    assert.match(
      fix,
      /^Compare GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET with the values at github: a new secret/,
    )
    assert.ok(!JSON.stringify(byId).includes(clientSecret))
  })

  test('a key that Apple does not know: the signature, and the four variables', async (t) => {
    const { byId } = await find(t, 'apple', { env: clientOf('apple', { keyId: 'ANOTHERKEY' }) })
    assert.equal(byId.client.result, 'wrong')
    assert.match(byId.client.detail, /does not accept the client_id or the signature of the key\.$/)
    assert.match(
      byId.client.fix,
      /^Compare APPLE_CLIENT_ID and APPLE_TEAM_ID and APPLE_KEY_ID and APPLE_PRIVATE_KEY/,
    )
    assert.ok(!JSON.stringify(byId).includes(APPLE_KEY.split('\n')[1]))
  })

  test('a client that createAuth refuses: the option is told, and nobody is asked', async (t) => {
    const { byId, results, requests } = await find(t, 'line', {
      env: clientOf('line', { clientSecret: 'short' }),
    })
    assert.deepEqual(results, { row: 'fine', client: 'wrong' }, JSON.stringify(byId))
    assert.match(
      byId.client.detail,
      /^Landfall refuses it: .*`providers\.line\.clientSecret` must have at least 32/,
    )
    assert.equal(byId.client.fix, 'Correct LINE_CLIENT_ID and LINE_CLIENT_SECRET.')
    assert.deepEqual(requests, [])
  })

  test('an app that signs in elsewhere: no client goes to a server that the app does not use', async (t) => {
    const endpoint = 'https://login.example/authorize'
    const { byId, results, requests } = await find(t, 'github', { endpoint })
    assert.deepEqual(results, { row: 'unsure' })
    assert.equal(byId.row.title, 'github stands for GitHub at https://github.com/login/oauth/authorize')
    assert.match(
      byId.row.detail,
      /^The app sends people to https:\/\/login\.example\/authorize\. .*give --issuer or --token/,
    )
    assert.deepEqual(requests, [])
    assert.deepEqual((await find(t, 'github', { endpoint, env: {} })).results, {})
  })
})

describe('a row that leaves something open', () => {
  test('Microsoft: the tenant is the one that the app names', async (t) => {
    const { requests } = await find(t, 'azure')
    const at = requests.map(({ address }) => new URL(address).pathname.split('/')[1])
    assert.deepEqual(at, Array(at.length).fill(TENANT))
    for (const endpoint of [
      ...['..%2fevil', 'a b', ''].map(
        (one) => `https://login.microsoftonline.com/${one}/oauth2/v2.0/authorize`,
      ),
      `https://login.microsoftonline.net/${TENANT}/oauth2/v2.0/authorize`,
      `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/authorise`,
    ]) {
      const { byId, results } = await find(t, 'azure', { endpoint })
      assert.deepEqual(results, { row: 'unsure' }, endpoint)
      assert.match(byId.row.title, /\.com\/common\/oauth2\/v2\.0\/authorize$/, endpoint)
    }
  })

  test('GitHub Enterprise: the host is the person’s, and never the app’s', async (t) => {
    const client = { GHES_CLIENT_ID: 'client-1', GHES_CLIENT_SECRET: 'hush-hush-secret' }
    const without = await find(t, 'ghes', { env: client })
    assert.deepEqual(without.results, { row: 'unsure' })
    assert.equal(without.byId.row.detail, 'The doctor did not ask it: set GHES_HOST.')
    const other = await find(t, 'ghes', { env: { ...client, GHES_HOST: 'other.example' } })
    assert.deepEqual(other.results, { row: 'unsure' })
    assert.match(other.byId.row.title, / at https:\/\/other\.example\/login\/oauth\/authorize$/)
    // Nobody plays it: that it is asked shows as a status that says nothing of the client.
    const own = await find(t, 'ghes', { env: { ...client, GHES_HOST: 'github.example' } })
    assert.equal(own.results.row, 'fine')
    assert.match(
      own.byId.client.detail,
      /^https:\/\/github\.example\/login\/oauth\/access_token answered 404 /,
    )
  })

  test('Keycloak: the issuer is in the environment or an option, and without one the finding says so', async (t) => {
    const provider = await startProvider(t)
    const client = { KEYCLOAK_CLIENT_ID: 'client-1', KEYCLOAK_CLIENT_SECRET: 'hush-hush-secret' }
    const without = await find(t, 'keycloak', { env: client })
    assert.deepEqual(without.results, { row: 'unsure' })
    assert.equal(without.byId.row.title, 'keycloak stands for a server of Keycloak')
    assert.equal(without.byId.row.detail, 'The doctor did not ask it: give --issuer, or set KEYCLOAK_ISSUER.')
    const all = { discovery: 'fine', keys: 'fine', 'provider-clock': 'fine', client: 'fine' }
    const named = await find(t, 'keycloak', { env: { ...client, KEYCLOAK_ISSUER: provider.origin } })
    assert.deepEqual(named.results, { row: 'fine', ...all }, JSON.stringify(named.byId))
    assert.equal(named.byId.row.title, `keycloak stands for Keycloak at ${provider.origin}`)
    const given = await find(t, 'keycloak', { env: client, args: ['--issuer', provider.origin] })
    assert.deepEqual(given.results, all)
    const wrong = await find(t, 'keycloak', { env: { ...client, KEYCLOAK_ISSUER: `${provider.origin}/no` } })
    assert.match(wrong.byId.discovery.fix, /^Check --issuer or KEYCLOAK_ISSUER: /)
  })

  test('metadata of a row that do not come, or name another issuer: nobody is told of an option that was not given', async (t) => {
    const metadata = 'https://vercel.com/.well-known/openid-configuration'
    const { changes } = world
    t.after(() => delete changes[metadata])
    changes['https://vercel.com/.well-known/openid-configuration'] = () => ({
      issuer: 'https://other.example',
    })
    const { byId, results } = await find(t, 'vercel')
    assert.deepEqual(results, { row: 'fine', discovery: 'wrong' })
    assert.equal(byId.row.title, 'vercel stands for Vercel at https://vercel.com')
    assert.ok(!byId.discovery.fix.includes('--issuer'), byId.discovery.fix)
  })
})
