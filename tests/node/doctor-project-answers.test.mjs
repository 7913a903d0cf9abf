// The doctor and the answers of a Supabase project: what each status and each word means, and what is asked no more.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkProject, isAuthServer } from '../../dist/doctor/project.js'
import { checkProviderReturn } from '../../dist/doctor/provider-return.js'
import { checkRedirect } from '../../dist/doctor/redirect-urls.js'
import { findSecret } from '../../dist/doctor/secret-key.js'
import { findReturn } from '../../dist/doctor/supabase-sign-in.js'
import { look, resultsOf, startServer } from './support/doctor-check.mjs'

const [SETTINGS, AUTHORIZE] = ['/auth/v1/settings', '/auth/v1/authorize']
const EXTERNAL = '{"external":{"acme":true}}'
const CHECK_URL = /^Check SUPABASE_URL\./
const READ_LOG = /^Read the log of the Auth server/

/** A JSON Web Token with a role. @param {string} role */
const tokenOf = (role) => `e30.${Buffer.from(JSON.stringify({ role })).toString('base64url')}.x`

/** What is found of a project. @param {import('node:test').TestContext} t @param {Record<string, object>} answers @param {object} [more] */
const lookAt = async (t, answers, more) => {
  const { origin, asked } = await startServer(t, (path) => answers[path] ?? { status: 404 })
  const project = { url: origin, key: 'sb_publishable_1', provider: 'acme', redirectTo: '', isTold: false }
  const list = await look((findings) => checkProject(findings, { ...project, ...more }))
  return { list, found: resultsOf(list), asked }
}

test('an Auth server shows its providers, or its gateway asks for the key', async (t) => {
  const noKey = '{"message":"No API key found in request"}'
  for (const [status, body, wanted] of [
    [200, EXTERNAL, true],
    [200, '{"external":null}', false],
    [200, '{"external":"acme"}', false],
    [200, '{}', false],
    [200, noKey, false],
    [404, EXTERNAL, false],
    [404, noKey, false],
    [401, noKey, true],
    [403, noKey, true],
    [401, EXTERNAL, false],
    [403, 'Sign in first.', false],
  ]) {
    const { origin } = await startServer(t, () => ({ status, body }))
    assert.equal(await isAuthServer(origin), wanted, `${status} ${body}`)
  }
})

test('an answer of /settings: another key, another server, or a server with a problem', async (t) => {
  const refused = { project: 'fine', key: 'wrong' }
  const strange = { project: 'wrong' }
  for (const [status, body, wanted, fix] of [
    [401, '', refused, /^Set SUPABASE_ANON_KEY/],
    [403, '', refused, /^Set SUPABASE_ANON_KEY/],
    [200, '{}', strange, CHECK_URL],
    [200, '{"external":null}', strange, CHECK_URL],
    [200, '{"external":"acme"}', strange, CHECK_URL],
    [201, EXTERNAL, strange, CHECK_URL],
    [404, EXTERNAL, strange, CHECK_URL],
    [499, '', strange, CHECK_URL],
    [500, '', strange, READ_LOG],
    [539, '', strange, READ_LOG],
    [540, '', strange, CHECK_URL],
    [541, '', strange, READ_LOG],
  ]) {
    const { list, found, asked } = await lookAt(t, { [SETTINGS]: { status, body } })
    assert.deepEqual([found, asked], [wanted, [SETTINGS]], `${status} ${body}`)
    assert.match(list.at(-1).fix, fix, `${status}`)
  }
})

test('a provider that /settings says is off is not asked for', async (t) => {
  const { list, asked } = await lookAt(t, { [SETTINGS]: { body: '{"external":{"acme":false}}' } })
  const { id, result, detail } = list.at(-1)
  assert.deepEqual([id, result, detail], ['provider', 'wrong', '/settings says that it is off.'])
  assert.deepEqual(asked, [SETTINGS])
})

test('a sign-in that does not start is known by its status and its words', async (t) => {
  const off = 'Unsupported provider: provider is not enabled'
  for (const [status, body, result, detail] of [
    [400, off, 'wrong', '/authorize says that it is missing or off.'],
    [400, 'Bad request', 'unsure', 'A sign-in does not start: /authorize answered 400.'],
    [422, off, 'unsure', 'A sign-in does not start: /authorize answered 422.'],
    [301, '', 'unsure', 'A sign-in does not start: /authorize answered 301.'],
    [200, off, 'unsure', 'A sign-in does not start: /authorize answered 200.'],
  ]) {
    const answers = { [SETTINGS]: { body: EXTERNAL }, [AUTHORIZE]: { status, body } }
    const { list, found, asked } = await lookAt(t, answers, {
      redirectTo: 'https://app.example/auth/callback',
    })
    const fine = { project: 'fine', key: 'fine', 'project-clock': 'fine' }
    assert.deepEqual(found, { ...fine, provider: result }, `${status} ${body}`)
    assert.equal(list.at(-1).detail, detail)
    assert.deepEqual(asked, [SETTINGS, AUTHORIZE])
  }
})

test('a secret key is told by its beginning or its role, and sent to nobody', async (t) => {
  for (const [key, secret] of [
    ['sb_publishable_1', ''],
    [tokenOf('anon'), ''],
    [tokenOf('authenticated'), ''],
    ['no.token', ''],
    ['sb_secret_1', 'sb_secret_'],
    ['sbp_1', 'sbp_'],
    [tokenOf('service_role'), 'service_role'],
    [tokenOf('supabase_admin'), 'supabase_admin'],
  ]) {
    assert.equal(findSecret(key), secret, key)
    if (!secret) continue
    const { found, asked } = await lookAt(t, { [SETTINGS]: { body: EXTERNAL } }, { key })
    assert.deepEqual([found, asked], [{ 'key-secret': 'wrong' }, []], key)
  }
})

test('an authorization request without a redirect_uri tells nothing of where the provider comes back to', async () => {
  const project = { url: 'https://project.example', provider: 'acme' }
  const authorize = 'https://acme.example/authorize'
  for (const [location, wanted] of [
    ['', {}],
    [authorize, {}],
    [`${authorize}?redirect_uri=`, {}],
    [`${authorize}?redirect_uri=${project.url}/auth/v1/callback`, { 'provider-return': 'fine' }],
    [`${authorize}?redirect_uri=${project.url}/`, { 'provider-return': 'wrong' }],
  ]) {
    const list = await look((findings) => checkProviderReturn(findings, project, { location }))
    assert.deepEqual(resultsOf(list), wanted, location)
  }
})

/**
 * What is found of where a project comes back to.
 * @param {import('node:test').TestContext} t @param {string | undefined} site it says none if undefined
 * @param {(redirectTo: string) => string | undefined} comeBack the place for an address; undefined for no redirect
 * @param {object} [more] of the project
 */
const lookAtReturn = async (t, site, comeBack, more) => {
  let redirectTo
  const goTo = (location) => (location ? { status: 303, headers: { location } } : { status: 404 })
  const { origin } = await startServer(t, (path, query) => {
    if (path === AUTHORIZE) redirectTo = query.get('redirect_to')
    if (path === AUTHORIZE) return { status: 302, headers: { location: 'https://acme.example/?state=s' } }
    return goTo(query.get('state') === 's' ? comeBack(redirectTo) : site)
  })
  const asks = { redirectTo: `${CALLBACK}?sb_flow_id=1`, isTold: true }
  const project = { url: origin, key: 'sb_publishable_1', provider: 'acme', ...asks, ...more }
  return look((findings) => checkRedirect(findings, project))
}
const CALLBACK = 'https://app.example/auth/callback'
const HOME = 'https://site.example/'

test('a project that does not say its Site URL is judged by the place that it comes back to', async (t) => {
  const isOwn = (one) => one.split('?')[0] === CALLBACK
  const allowed = await lookAtReturn(t, undefined, (one) => (isOwn(one) ? one : HOME))
  assert.deepEqual(resultsOf(allowed), { redirect: 'fine', 'redirect-wide': 'fine' })
  for (const redirectTo of [CALLBACK, `${CALLBACK}?x`]) {
    const list = await lookAtReturn(t, undefined, () => HOME, { redirectTo })
    assert.deepEqual(resultsOf(list), { redirect: 'wrong' })
    const detail = `It goes to the Site URL ${HOME} instead: the address is not in the allow list.`
    assert.equal(list[0].detail, detail)
  }
})

test('a project that comes back nowhere is unsure, and nothing else is said', async (t) => {
  const list = await lookAtReturn(t, HOME, () => undefined)
  assert.deepEqual(resultsOf(list), { redirect: 'unsure' })
  assert.equal(list[0].detail, 'The refused sign-in answered 404.')
})

test('a sign-in without a state is not refused; of those that the project ends, its own fault alone is in its log', async (t) => {
  const end = async (authorize, callback) => {
    const { origin, asked } = await startServer(t, (path) => (path === AUTHORIZE ? authorize : callback))
    const project = { url: origin, key: 'sb_publishable_1', provider: 'acme', redirectTo: '', isTold: false }
    const { place, detail, fix = '' } = await findReturn(project, CALLBACK)
    return { asked: asked.length, place, detail, fix }
  }
  const goTo = (location) => ({ status: 302, headers: { location } })
  for (const [status, fix] of [
    [302, /^$/],
    [499, /^$/],
    [500, READ_LOG],
  ]) {
    const found = await end({ ...goTo('https://acme.example/'), status })
    assert.deepEqual([found.asked, found.place, found.detail], [1, '', `/authorize answered ${status}.`])
    assert.match(found.fix, fix)
  }
  const begun = goTo('https://acme.example/?state=s')
  for (const [error, fix] of [
    ['server_error', READ_LOG],
    ['invalid_request', /^$/],
  ]) {
    const found = await end(begun, goTo(`${HOME}?error=${error}`))
    assert.deepEqual(
      [found.asked, found.place, found.detail],
      [2, '', `Supabase Auth ends the sign-in itself: ${error}.`],
    )
    assert.match(found.fix, fix)
  }
})
