// The doctor and a provider's client: what the provider is asked, and what of it needs no metadata.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkProvider } from '../../dist/doctor/provider.js'
import { look, resultsOf } from './support/doctor-check.mjs'
import { CLIENT, startProvider } from './support/doctor-provider.mjs'

const SETTINGS = {
  ...{ issuer: '', tokenEndpoint: '' },
  client: { clientId: CLIENT.BITBUCKET_CLIENT_ID, clientSecret: CLIENT.BITBUCKET_CLIENT_SECRET },
  variables: { clientId: 'ACME_CLIENT_ID', clientSecret: 'ACME_CLIENT_SECRET' },
}

/** What is found of a provider. @param {object} settings @param {string} [provider] its name */
const lookAt = (settings, provider = 'acme') => {
  const app = {
    ...{ origin: 'http://127.0.0.1:3000', provider, callback: '/auth/callback' },
    ...{ signIn: '/auth/sign-in', error: '/auth/auth-code-error' },
  }
  return look((findings) => checkProvider(findings, app, { ...SETTINGS, ...settings }, true))
}
const METADATA = { discovery: 'fine', 'provider-clock': 'fine', keys: 'fine' }

test('the token endpoint hears the client’s own id, in the form where the metadata ask for it', async (t) => {
  const metadata = () => ({ token_endpoint_auth_methods_supported: ['client_secret_post'] })
  const { origin, requests } = await startProvider(t, { metadata })
  const list = await lookAt({ issuer: origin })
  assert.deepEqual(
    list.map(({ id, result }) => [id, result]),
    Object.entries({ ...METADATA, client: 'fine' }),
  )
  const { path, form } = requests.at(-1)
  assert.deepEqual([path, form.get('client_id')], ['/token', SETTINGS.client.clientId])
})

test('half a client is not tried', async (t) => {
  const { origin, requests } = await startProvider(t)
  for (const half of ['clientId', 'clientSecret']) {
    const list = await lookAt({ issuer: origin, client: { ...SETTINGS.client, [half]: '' } })
    assert.deepEqual(resultsOf(list), { ...METADATA, client: 'unsure' }, half)
    const detail = 'The doctor did not ask: ACME_CLIENT_ID or ACME_CLIENT_SECRET is not set.'
    assert.equal(list.at(-1).detail, detail)
  }
  assert.ok(requests.every(({ path }) => path !== '/token'))
})

test('a provider without metadata has no issuer in its answers, and its clock is the token endpoint’s', async (t) => {
  const { origin } = await startProvider(t)
  const list = await lookAt({ tokenEndpoint: `${origin}/token` })
  assert.deepEqual(resultsOf(list), { 'provider-clock': 'fine', client: 'fine' })
})

test('an endpoint with a state of its own: Landfall refuses the answer, and the token endpoint is not asked', async (t) => {
  const { origin, requests } = await startProvider(t)
  const list = await lookAt({ tokenEndpoint: `${origin}/token?state=theirs` })
  const [{ detail, fix }] = list
  assert.deepEqual(resultsOf(list), { client: 'wrong' })
  assert.deepEqual([detail, fix], ['Landfall says state_mismatch.', 'Check --token-endpoint.'])
  assert.deepEqual(requests, [])
})

test('a provider that does not answer: the reason of the socket is told', async (t) => {
  const gone = 'http://127.0.0.1:1'
  const [{ title, detail }] = await lookAt({ issuer: gone })
  const address = `${gone}/.well-known/openid-configuration`
  assert.deepEqual([title, detail], [`${gone} has metadata`, `${address} did not answer: ECONNREFUSED.`])
  const metadata = () => ({ token_endpoint: `${gone}/token` })
  const { origin } = await startProvider(t, { metadata })
  const list = await lookAt({ issuer: origin })
  assert.deepEqual(resultsOf(list), { ...METADATA, client: 'wrong' })
  assert.equal(list.at(-1).detail, 'The token endpoint did not answer: ECONNREFUSED.')
})

test('a provider that Landfall knows: its own issuer needs no metadata', async () => {
  const client = { ...SETTINGS.client, clientSecret: '' }
  const list = await lookAt({ issuer: 'https://accounts.google.com', client }, 'google')
  assert.deepEqual(resultsOf(list), { client: 'unsure' })
})
