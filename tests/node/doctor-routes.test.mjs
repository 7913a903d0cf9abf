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
import { startDirectApp } from './support/doctor-app.mjs'

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
