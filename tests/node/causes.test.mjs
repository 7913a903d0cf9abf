// The whole story of a request that failed, in the app's event: over real sockets, with the runtime's own words.
import assert from 'node:assert/strict'
import { createServer as createHttp } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { test } from 'node:test'
import { createAuth } from '../../dist/index.js'
import { findPort } from '../../stand-ins/port.mjs'
import { makeRequest } from './support/app.mjs'
import { makeCertificate } from './support/doctor.mjs'

const METADATA = '/.well-known/openid-configuration'

/** Begins a sign-in at an issuer, and gives the event. */
const begin = async (issuer, more = {}) => {
  const events = []
  const auth = createAuth({
    providers: { work: { clientId: 'c', clientSecret: 's'.repeat(32), issuer, scopes: ['openid'] } },
    origin: 'https://app.example',
    onEvent: (event) => void events.push(event),
    ...more,
  })
  await auth.signIn(makeRequest('/auth/sign-in'))
  const ready = await auth.ready().catch((error) => error)
  assert.deepEqual([events.length, ready.code], [1, events[0].code])
  return { ...events[0], ready }
}

const listen = async (t, server) => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return server.address().port
}

test('nobody listens: the event has the address and ECONNREFUSED, and so does the error of ready()', async () => {
  const issuer = `http://127.0.0.1:${await findPort()}`
  const event = await begin(issuer)
  assert.equal(event.code, 'discovery_unavailable')
  assert.equal(event.detail, 'ECONNREFUSED')
  assert.equal(event.url, issuer + METADATA)
  assert.equal(event.cause.cause.code, 'ECONNREFUSED')
  assert.equal(event.ready.cause.cause.code, 'ECONNREFUSED')
  assert.equal(event.status, undefined)
})

test('a host that does not exist: the name server says so', async () => {
  const event = await begin('https://nowhere.invalid')
  assert.equal(event.code, 'discovery_unavailable')
  assert.match(event.detail, /^(ENOTFOUND|EAI_AGAIN)$/)
  assert.equal(event.url, `https://nowhere.invalid${METADATA}`)
})

test('a certificate that the runtime does not trust: the sentence names NODE_EXTRA_CA_CERTS', async (t) => {
  const { tls } = await makeCertificate(t)
  const port = await listen(
    t,
    createHttps(tls, (_request, response) => response.end('{}')),
  )
  const event = await begin(`https://127.0.0.1:${port}`)
  assert.equal(event.code, 'certificate_untrusted')
  assert.equal(event.blame, 'app')
  assert.match(event.detail, /SELF_SIGNED/)
  assert.match(event.message, /NODE_EXTRA_CA_CERTS/)
})

test('only a certificate of an unknown authority is untrusted: of others the provider is to blame', async () => {
  const rows = {
    certificate_untrusted: [
      { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      { code: 'SELF_SIGNED_CERT_IN_CHAIN' },
      { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
      { code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' },
      { code: 'CERT_UNTRUSTED' },
      { message: 'invalid peer certificate: UnknownIssuer' },
      { message: 'invalid peer certificate: CaUsedAsEndEntity' },
    ],
    discovery_unavailable: [
      { code: 'CERT_HAS_EXPIRED' },
      { code: 'CERT_NOT_YET_VALID' },
      { code: 'CERT_REVOKED' },
      { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
      { message: 'invalid peer certificate: Expired' },
      { message: 'invalid peer certificate: certificate not valid for name "a"' },
      { message: 'invalid peer certificate: NotValidForName' },
    ],
  }
  for (const [code, causes] of Object.entries(rows))
    for (const { message = 'x', ...cause } of causes) {
      const fetch = () =>
        Promise.reject(new TypeError(message, { cause: Object.assign(new Error(message), cause) }))
      const event = await begin('https://issuer.example', { fetch })
      assert.equal(event.code, code, JSON.stringify({ message, ...cause }))
    }
})

for (const status of [302, 404, 503])
  test(`an answer of ${status}: the event has the status and the address`, async (t) => {
    const port = await listen(
      t,
      createHttp((_request, response) =>
        response.writeHead(status, { location: '/x?secret=1' }).end('<p>no'),
      ),
    )
    const event = await begin(`http://127.0.0.1:${port}`)
    assert.equal(event.code, 'discovery_unavailable')
    assert.deepEqual([event.status, event.url], [status, `http://127.0.0.1:${port}${METADATA}`])
    assert.equal(event.cause, undefined)
  })

test('what a fetch of the app throws is the cause, whatever it is', async () => {
  for (const thrown of [
    undefined,
    null,
    7,
    'no',
    Object.assign(new Error('x'), { code: 'E_\u001b[31m"' }),
    new Proxy({}, { get: () => assert.fail('a trap') }),
  ]) {
    const fetch = () => Promise.reject(thrown)
    const event = await begin('https://issuer.example', { fetch })
    assert.equal(event.code, 'discovery_unavailable')
    assert.equal(event.cause, thrown)
    assert.ok(!/[^\x20-\x7e]/.test(event.detail ?? ''))
  }
})

test('a success, or a refusal by the provider, tells of no request', async (t) => {
  const seen = []
  const port = await listen(
    t,
    createHttp((request, response) => {
      seen.push(request.url)
      const issuer = `http://${request.headers.host}`
      const metadata = {
        issuer,
        authorization_endpoint: `${issuer}/a`,
        token_endpoint: `${issuer}/t`,
        jwks_uri: `${issuer}/k`,
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(metadata))
    }),
  )
  const events = []
  const auth = createAuth({
    providers: {
      work: {
        clientId: 'c',
        clientSecret: 's'.repeat(32),
        issuer: `http://127.0.0.1:${port}`,
        scopes: ['openid'],
      },
    },
    origin: 'https://app.example',
    onEvent: (event) => void events.push(event),
  })
  const started = await auth.signIn(makeRequest('/auth/sign-in'))
  assert.equal(started.status, 303)
  assert.deepEqual(events, [{ type: 'sign_in', ok: true, provider: 'work' }])
  // The metadata was fine, so a refusal is not about it.
  const state = new URL(started.headers.get('location')).searchParams.get('state')
  const cookie = started.headers.getSetCookie()[0].split(';')[0]
  await auth.callback(makeRequest(`/auth/callback/work?error=access_denied&state=${state}`, { cookie }))
  assert.equal(events[1].code, 'provider_access_denied')
  assert.deepEqual([events[1].status, events[1].url], [undefined, undefined])
  assert.deepEqual(seen, [METADATA])
})

test('a long name of a failure is cut, and a getter is read once', async () => {
  let reads = 0
  const thrown = {
    get code() {
      reads += 1
      return 'E'.repeat(5_000_000)
    },
  }
  const event = await begin('https://issuer.example', { fetch: () => Promise.reject(thrown) })
  assert.equal(event.code, 'discovery_unavailable')
  assert.ok(event.detail.length <= 128)
  assert.equal(reads, 2, 'once for each of the two requests')
})

test('the words of Deno, which has no code: the certificate is seen in the inner message', async () => {
  const cause = new Error('client error (Connect): invalid peer certificate: UnknownIssuer')
  const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }))
  const event = await begin('https://issuer.example', { fetch })
  assert.deepEqual([event.code, event.detail], ['certificate_untrusted', undefined])
})
