// What callback_cases.json demands of the token request and its answer.
import assert from 'node:assert/strict'
import { NOW } from './case-run.mjs'
import { ALWAYS, ELSEWHERE, isFast, SCENARIO, tokenUnused } from './must-checks.mjs'

const onlyOneHost = ({ app }) =>
  assert.deepEqual(
    app.sent.map((one) => one.url),
    ['https://as.example/token'],
  )

const expiresSanely = ({ session }) => {
  if (!session || session.expires_at === undefined) return
  assert.ok(Number.isSafeInteger(session.expires_at) && session.expires_at >= NOW)
  assert.ok(session.expires_in <= 100 * 366 * 24 * 3600)
}

const isWellShaped = ({ tokenRequests: [{ url, method, headers, form, init }] }) => {
  assert.equal(method, 'POST')
  assert.equal(url, 'https://as.example/token')
  assert.equal(headers.get('content-type'), 'application/x-www-form-urlencoded')
  assert.equal(headers.get('accept'), 'application/json')
  const names = [...form.keys()].sort()
  assert.deepEqual(names, ['client_id', 'code', 'code_verifier', 'grant_type', 'redirect_uri'])
  assert.equal(headers.get('authorization'), null)
  assert.equal(init.redirect, 'manual')
  assert.equal(init.credentials, 'omit')
  // A POST is never answered from a cache, and some runtimes throw on `cache`.
  assert.ok(init.cache === undefined || init.cache === 'no-store')
}

/** @type {Record<string, (outcome: any) => void>} */
export const TOKEN_MUSTS = {
  'no expiry assumed or a documented default': ({ session }) => assert.ok(!('expires_at' in session)),
  'never NaN, negative, or overflowed expires_at; clamp to a maximum': expiresSanely,
  'does not try to store it in one 4 KB cookie silently': ({ session }) =>
    assert.equal(session.access_token.length, 65536),
  'granted scope exposed to the app': ({ session }) => assert.equal(session.scope, 'profile'),
  'if accepted, the last wins in both the core and JS': ({ class: name }) => assert.equal(name, 'error'),
  'same result in every runtime (Response.json differs: Node strips it, Bun/Deno/Workers throw)': ELSEWHERE(
    'the core decodes the bytes, so there is only one result',
  ),
  'no stack overflow in the Wasm core; iterative parser or depth limit (64..512)': isFast,
  'reading stops at the limit and the stream is cancelled': ({ reading }) =>
    assert.ok(reading.cancelled && reading.read <= 1.25 * 2 ** 20, JSON.stringify(reading)),
  'count bytes after decompression, Content-Length is the compressed size (measured)': ELSEWHERE(
    'hungry-token-endpoint.test.mjs, over a socket',
  ),
  'total deadline, not an idle timer only': SCENARIO,
  'request sends Accept: application/json': ({ tokenRequests }) =>
    assert.equal(tokenRequests[0].headers.get('accept'), 'application/json'),
  'not read as success': tokenUnused,
  'no credential prompt reaches the browser': ALWAYS,
  'second host never contacted; code, verifier, secret not re-sent': onlyOneHost,
  'forward it to the browser': ALWAYS,
  'not used as identity unless validated': ({ session }) =>
    assert.ok(session.id_token === undefined && session.claims === undefined),
  'http allowed only for loopback': SCENARIO,
  'POST, application/x-www-form-urlencoded, Accept: application/json': isWellShaped,
  'grant_type, code, redirect_uri (exactly as in the authorization request), code_verifier, and client_id or client authentication':
    isWellShaped,
  'credentials: omit, cache: no-store, redirect: manual': isWellShaped,
  'one client authentication method only': isWellShaped,
  'no query parameters added to the endpoint except those configured': isWellShaped,
  'id and secret form-urlencoded before base64: "id%3A1+%C3%A9" : "s%2B%25%2F+%C3%BC%3A"': ({
    tokenRequests: [{ headers, form }],
  }) => {
    const wanted = Buffer.from('id%3A1+%C3%A9:s%2B%25%2F+%C3%BC%3A').toString('base64')
    assert.equal(headers.get('authorization'), `Basic ${wanted}`)
    assert.ok(!form.has('client_id') && !form.has('client_secret'))
  },
  'query kept (Azure AD B2C)': ({ tokenRequests }) =>
    assert.equal(tokenRequests[0].url, 'https://as.example/token?p=B2C_1_x'),
  'code, state, verifier, tokens, client secret or cookie values in logs, errors, or error causes': ALWAYS,
}
