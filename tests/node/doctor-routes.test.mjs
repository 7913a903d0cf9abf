// npx landfall doctor and the routes of an app: what is told once, and what is no callback although it answers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  diagnose,
  doctor,
  HOSTS,
  makeCertificate,
  startAuthorize,
  startBehindProxy,
} from './support/doctor.mjs'
import { startDirectApp, toError } from './support/doctor-app.mjs'
import { serve } from './support/node-servers.mjs'

const NAME = 'app.example'

test('an app that people reach over https, elsewhere than on this machine: that is fine', async (t) => {
  const { tls, env } = await makeCertificate(t, [`/CN=${NAME}`, `subjectAltName=DNS:${NAME}`])
  const app = await startBehindProxy(t, { host: NAME, tls })
  const { byId } = await diagnose([app.origin], { ...env, ...HOSTS })
  assert.deepEqual(byId.https, { id: 'https', result: 'fine', title: 'People reach it over https' })
})

test('a setting without a value is told once, although each route says the same', async (t) => {
  const { url: endpoint } = await startAuthorize(t)
  const missing = () => ({
    status: 303,
    headers: { location: '/auth/auth-code-error?error=config_missing#' },
  })
  const answers = { '/auth/sign-in': missing, '/auth/callback': missing, '/auth/callback/bitbucket': missing }
  const app = await startDirectApp(t, { endpoint, answers })
  const { stdout } = await doctor([app.origin, '--json'])
  const ids = JSON.parse(stdout).findings.map(({ id }) => id)
  assert.equal(ids.filter((id) => id === 'settings').length, 1, ids.join(' '))
})

test('a page that is not the callback’s is no callback, whatever its status or its words', async (t) => {
  const { url: endpoint } = await startAuthorize(t)
  const path = '/auth/callback/bitbucket'
  for (const [status, body, result] of [
    [200, '<h1>Welcome</h1>', 'wrong'],
    [404, 'No page here: response_missing', 'wrong'],
    [200, '<p>The address has no response: response_missing</p>', 'fine'],
  ]) {
    const app = await startDirectApp(t, { endpoint, answers: { [path]: { status, body } } })
    const { byId } = await diagnose([app.origin])
    assert.equal(byId.callback.result, result, body)
  }
})

const DIRECT = '/auth/callback/bitbucket'
const SHARED = '/auth/callback'
const GONE = { status: 404 }

test('where no sign-in starts, the callback is the one of the two that Landfall answers at', async (t) => {
  const page = { status: 200, body: 'response_missing' }
  const untrusted = { status: 400, body: 'host_untrusted: the host is not one of trustedHosts' }
  for (const [direct, shared, path, result] of [
    [page, GONE, DIRECT, 'fine'],
    [toError('response_missing'), toError('response_missing'), DIRECT, 'fine'],
    [untrusted, GONE, DIRECT, 'wrong'],
    [toError('callback_unknown'), toError('response_missing'), SHARED, 'fine'],
    [GONE, toError('response_missing'), SHARED, 'fine'],
    [GONE, GONE, SHARED, 'wrong'],
  ]) {
    const answers = { '/auth/sign-in': GONE, [DIRECT]: direct, [SHARED]: shared }
    const app = await startDirectApp(t, { endpoint: 'https://as.example/authorize', answers })
    const { byId } = await diagnose([app.origin])
    const { title, result: found } = byId.callback
    assert.deepEqual([title, found], [`The callback is at ${path}`, result])
  }
})

test('a callback that leads elsewhere, or nowhere: told once, and not followed', async (t) => {
  const asked = []
  const other = await serve(t, ({ url }, outgoing) => {
    asked.push(url)
    outgoing.end()
  })
  for (const [host, location, place] of [
    ['127.0.0.1', `${other.origin}/error`, `${other.origin}/error`],
    ['0.0.0.0', '', 'nowhere'],
  ]) {
    const refuse = ({ url }) => (url.includes('error=') ? { status: 303, headers: { location } } : undefined)
    const endpoint = 'https://as.example/authorize'
    const app = await startDirectApp(t, { endpoint, host, answers: { [DIRECT]: refuse } })
    const { stdout } = await doctor([app.origin, '--json'])
    const found = JSON.parse(stdout).findings.filter(({ id }) => id === 'error-page')
    assert.equal(found.length, 1, stdout)
    assert.ok(found[0].detail.startsWith(`The callback leads to ${place}, `), found[0].detail)
  }
  assert.deepEqual(asked, [])
})

test('an error page may answer as a page or as a failure, and no other status is one', async (t) => {
  const { url: endpoint } = await startAuthorize(t)
  for (const [status, result] of [
    [200, 'fine'],
    [400, 'fine'],
    [404, 'wrong'],
  ]) {
    const answers = { '/auth/auth-code-error': { status, body: 'an error page of the app' } }
    const app = await startDirectApp(t, { endpoint, answers })
    assert.equal((await diagnose([app.origin])).byId['error-page'].result, result, String(status))
  }
})

test('what is not there is told with the path at which the doctor asked', async (t) => {
  const { url: endpoint } = await startAuthorize(t)
  const refuse = ({ url }) =>
    url.includes('error=') ? toError('provider_access_denied', '/oops') : undefined
  const oops = await startDirectApp(t, { endpoint, answers: { [DIRECT]: refuse } })
  const { byId } = await diagnose([oops.origin])
  assert.equal(byId['error-page'].detail, 'The error page /oops answered 404.')
  const elsewhere = await startDirectApp(t, { endpoint, callback: '/back', answers: { '/back': GONE } })
  const { title, detail } = (await diagnose([elsewhere.origin])).byId.callback
  assert.deepEqual([title, detail], ['The callback is at /back', 'GET /back answered 404.'])
})

test('a sign-in that names no address to come back to', async (t) => {
  const { url: endpoint } = await startAuthorize(t)
  const app = await startDirectApp(t, { endpoint, query: { redirect_uri: '' } })
  const { origin } = (await diagnose([app.origin])).byId
  assert.ok(origin.detail.startsWith('The app sends the provider to no address, not to '), origin.detail)
})

test('a prefetch that sets a cookie has redeemed something', async (t) => {
  const { url: endpoint } = await startAuthorize(t)
  const prefetch = { status: 204, headers: { 'set-cookie': 'session=1' } }
  const answers = { [DIRECT]: ({ headers }) => (headers['sec-purpose'] ? prefetch : undefined) }
  const app = await startDirectApp(t, { endpoint, answers })
  assert.equal((await diagnose([app.origin])).byId.prefetch.result, 'wrong')
})

test('a sign-in that does not start says what answered, and what to change', async (t) => {
  const page = { status: 200, body: '<p>Set <code data-option>secret</code>.</p>' }
  const login = { status: 302, headers: { location: '/login' } }
  const asked = 'GET /auth/sign-in answered'
  for (const [answer, detail, fix] of [
    [toError('origin_required'), 'Landfall says origin_required.', /^createAuth\(\{ origin: /],
    [toError('host_untrusted'), 'Landfall says host_untrusted.', /^createAuth\(\{ origin: /],
    [
      toError('provider_unknown'),
      'Landfall says provider_unknown.',
      /^createAuth\(\{ providers: \{ bitbucket: /,
    ],
    [toError('internal_error'), 'Landfall says internal_error.', /onEvent: console\.log/],
    [GONE, `${asked} 404.`, /^Mount auth\.signIn at /],
    [page, `${asked} 200.`, /^Mount auth\.signIn at /],
    [login, `${asked} 302, and leads to /login.`, /^Mount auth\.signIn at /],
  ]) {
    const answers = { '/auth/sign-in': answer }
    const app = await startDirectApp(t, { endpoint: 'https://as.example/authorize', answers })
    const { byId } = await diagnose([app.origin])
    assert.equal(byId['sign-in'].detail, detail)
    assert.match(byId['sign-in'].fix, fix)
    assert.equal(byId.settings, undefined)
  }
})

test('a sign-in that starts misses no setting, whatever its address has in it', async (t) => {
  const { url: endpoint } = await startAuthorize(t)
  const app = await startDirectApp(t, { endpoint, query: { error: 'config_missing' } })
  const { byId } = await diagnose([app.origin])
  assert.deepEqual([byId['sign-in'].result, byId.settings], ['fine', undefined])
})
