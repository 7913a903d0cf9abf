// npx landfall doctor with an app behind a proxy that ends TLS, as most are.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fixSilence } from '../../dist/doctor/silence.js'
import { diagnose, makeCertificate, startBehindProxy } from './support/doctor.mjs'

const trusting = (origin) => ({ origin: { trustedHosts: [new URL(origin).host] } })
const forwarded = (headers) => {
  headers['x-forwarded-proto'] = 'https'
  headers['x-forwarded-host'] = headers.host
}
const withCookies = (change) => (answer) => {
  const lines = answer.headers.getSetCookie()
  answer.headers.delete('set-cookie')
  for (const line of lines) answer.headers.append('set-cookie', change(line))
}

test('a proxy that says so, or an origin that is set: everything is fine, with a __Host- cookie', async (t) => {
  const { tls, env } = await makeCertificate(t)
  for (const how of [{ options: trusting, request: forwarded }, {}]) {
    const names = []
    const note = (answer) => void names.push(...answer.headers.getSetCookie())
    const app = await startBehindProxy(t, { tls, response: note, ...how })
    const found = await diagnose([app.origin], env)
    assert.deepEqual([found.code, found.wrong, found.unsure], [0, [], []], JSON.stringify(found.byId))
    assert.ok(names.every((line) => line.startsWith('__Host-landfall-')) && names.length > 0)
  }
})

test('a proxy that does not say so: the app takes itself for http, and the line to change is its origin', async (t) => {
  const { tls, env } = await makeCertificate(t)
  const app = await startBehindProxy(t, { tls, options: trusting })
  const found = await diagnose([app.origin], env)
  assert.ok(found.wrong.includes('origin'), JSON.stringify(found.byId))
  assert.match(found.byId.origin.detail, /sends the provider to http:.*, not to https:/)
  assert.ok(found.byId.origin.fix.startsWith(`createAuth({ origin: '${app.origin}' })`))
})

test('a Domain that a proxy adds, and Secure that it takes away: browsers refuse such a cookie', async (t) => {
  const { tls, env } = await makeCertificate(t)
  for (const [change, detail] of [
    [(line) => `${line}; Domain=127.0.0.1`, /browsers refuse domain=127\.0\.0\.1:/],
    [(line) => line.replace('; Secure', ''), /Secure is missing/],
  ]) {
    const app = await startBehindProxy(t, { tls, response: withCookies(change) })
    const found = await diagnose([app.origin], env)
    assert.deepEqual(found.wrong, ['cookie'])
    assert.match(found.byId.cookie.detail, detail)
    assert.match(found.byId.cookie.fix, /proxy_cookie_domain, proxy_cookie_flags/)
  }
})

test('a certificate that nobody trusts: it is not reachable, and why', async (t) => {
  const { tls } = await makeCertificate(t)
  const app = await startBehindProxy(t, { tls })
  const found = await diagnose([app.origin])
  assert.deepEqual([found.code, found.wrong], [1, ['reachable']])
  assert.match(found.byId.reachable.detail, /SELF_SIGNED/)
  assert.match(
    found.byId.reachable.fix,
    /^Set NODE_EXTRA_CA_CERTS to a file with the certificate of the issuing authority/,
  )
  const project = await diagnose([app.origin, '--supabase-url', app.origin, '--key', 'k'])
  assert.deepEqual([project.code, project.wrong], [1, ['project']])
  assert.match(project.byId.project.detail, /SELF_SIGNED/)
  assert.match(project.byId.project.fix, /^Set NODE_EXTRA_CA_CERTS/)
})

test('a certificate that is old, and one of another host: no authority helps, and what does is said', () => {
  for (const [problem, fix] of [
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /NODE_EXTRA_CA_CERTS/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /NODE_EXTRA_CA_CERTS/],
    ['CERT_HAS_EXPIRED', /^Renew its certificate/],
    ['CERT_NOT_YET_VALID', /clock of this machine/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /for another host/],
    ['ECONNREFUSED', /^the usual$/],
  ])
    assert.match(fixSilence({ problem }, 'the usual'), fix)
})
