// npx landfall doctor and a direct provider that means it harm: its metadata, its keys, its token endpoint.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose, doctor, HOSTS } from './support/doctor.mjs'
import { startDirectApp } from './support/doctor-app.mjs'
import { CLIENT, json, startPair, startProvider } from './support/doctor-provider.mjs'
import { raw, startRaw } from './support/doctor-raw.mjs'
import { CONTROLS, endless, IN_QUERY, readText, STRANGE, UNSEEN } from './support/doctor-strange.mjs'

const { BITBUCKET_CLIENT_SECRET: SECRET } = CLIENT
const TEXT = JSON.stringify(CONTROLS + UNSEEN)

/** What JSON can hold where something else is meant. @param {string} place */
const jsonFor = (place) =>
  [
    ...['null', '[]', '"x"', '1', '{}', `{"a":${TEXT}}`, '['.repeat(90_000), `{"error":${TEXT}}`],
    ...{
      metadata: [`{"issuer":${TEXT}}`, '{"issuer":[[1]]}', `{"issuer":"${'x'.repeat(50_000)}"}`],
      jwks: [
        '{"keys":null}',
        `{"keys":[${TEXT}]}`,
        `{"keys":[${'{"kty":"RSA","n":"AQ","e":"AQ"},'.repeat(5_000)}1]}`,
      ],
      token: ['{"error":"invalid_client"}', `{"error":"invalid_client","error_description":${TEXT}}`],
    }[place],
  ].map((body) => raw('200 OK', ['Content-Type: application/json'], Buffer.from(body).toString('latin1')))

for (const place of ['metadata', 'jwks', 'token'])
  test(`a provider that sends anything as its ${place}: findings in clean lines, and no secret`, async (t) => {
    let current = ''
    const { origin } = await startRaw(t, { [place]: () => current })
    for (current of [...STRANGE, ...jsonFor(place)]) {
      const about = `${place}: ${JSON.stringify(current.slice(0, 200))}`
      const text = await readText([origin, '--issuer', origin], about, CLIENT)
      assert.ok(!text.includes(SECRET), about)
    }
  })

test('metadata that name hostile addresses and algorithms: in clean lines', async (t) => {
  const strange = decodeURIComponent(IN_QUERY)
  for (const more of [
    ...['jwks_uri', 'token_endpoint', 'issuer'].map((name) => ({ [name]: strange })),
    { id_token_signing_alg_values_supported: [strange, [[[]]], null, 1] },
    { id_token_signing_alg_values_supported: strange },
    { jwks_uri: 'http://ada:secret@127.0.0.1:1/' },
    { jwks_uri: 'file:///etc/passwd' },
  ]) {
    const { args } = await startPair(t, { metadata: () => more })
    await readText(args, JSON.stringify(more), CLIENT)
  }
})

test('a body that never ends, and an answer that never comes: an outcome within the deadline', async (t) => {
  const head = raw('200 OK', ['Content-Type: application/json'])
  const cases = ['metadata', 'jwks', 'token'].flatMap((place) => [
    [place, () => endless(head, ' '.repeat(10_000))],
    [place, undefined],
  ])
  await Promise.all(
    cases.map(async ([place, answer]) => {
      const path = { metadata: '/.well-known/openid-configuration', jwks: '/jwks', token: '/token' }[place]
      const args = answer
        ? await startRaw(t, { [place]: answer }).then(({ origin }) => [origin, '--issuer', origin])
        : (await startPair(t, { answers: { [path]: () => ({ isSilent: true }) } })).args
      const start = Date.now()
      const found = await diagnose(args, CLIENT)
      assert.ok(Date.now() - start < 25_000, place)
      const id = { metadata: 'discovery', jwks: 'keys', token: 'client' }[place]
      assert.ok(['wrong', 'unsure'].includes(found.byId[id].result), JSON.stringify(found.byId))
      if (!answer) {
        assert.deepEqual([found.code, found.wrong], [1, [id]], JSON.stringify(found.byId))
        assert.match(found.byId[id].detail, / did not answer: no answer within ten seconds\.$/)
      }
    }),
  )
})

test('the secret goes to nobody that an app or an environment names', async (t) => {
  const thief = await startProvider(t)
  const app = await startDirectApp(t, { endpoint: `${thief.origin}/authorize`, query: { scope: 'openid' } })
  const env = {
    ...{ THIEF_CLIENT_ID: 'client-1', THIEF_CLIENT_SECRET: SECRET },
    ...{ THIEF_ISSUER: thief.origin, THIEF_TOKEN_ENDPOINT: `${thief.origin}/token` },
  }
  await doctor([app.origin, '--provider', 'thief'], env)
  assert.ok(thief.requests.length > 0)
  assert.ok(thief.requests.every(({ path, secret }) => path === '/authorize' && !secret))
})

test('the secret follows no redirect of a token endpoint', async (t) => {
  const thief = await startProvider(t)
  const location = `${thief.origin}/token`
  const { args } = await startPair(t, { answers: { '/token': () => json('', 307, { location }) } })
  const found = await diagnose(args, CLIENT)
  assert.deepEqual([found.unsure, thief.requests], [['client'], []])
})

test('Bitbucket needs no issuer: its client is enough, for an app that asks it directly', async (t) => {
  const app = await startDirectApp(t, { endpoint: 'https://bitbucket.org/site/oauth2/authorize' })
  const found = await diagnose([app.origin], { ...CLIENT, ...HOSTS })
  assert.deepEqual([found.code, found.wrong], [1, ['client']], JSON.stringify(found.byId))
  const token = 'https://bitbucket.org/site/oauth2/access_token'
  assert.equal(found.byId.client.detail, `${token} did not answer: ENOTFOUND.`)
})
