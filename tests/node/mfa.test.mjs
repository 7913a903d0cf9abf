// A second step after the callback, by the code of docs/mfa.md: the real @supabase/ssr, and a browser that keeps cookies.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { readStoredSession } from '../../stand-ins/stored-session.mjs'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'
import { claimsOf } from '../../stand-ins/supabase-client.mjs'
import { clientInJar, loadNewest } from '../../stand-ins/supabase-libraries.mjs'
import { toBase32, totpAt } from '../../stand-ins/totp.mjs'
import { codeOf, makeProject } from '../docs-checks/code.mjs'
import { readPage } from '../docs-checks/markdown.mjs'

const ORIGIN = 'https://app.example'
const EVIL = ['//evil.example', 'https://evil.example/', '/\\evil.example', '/\t/evil.example']
const NAME = 'sb-127-auth-token'
const HOUR_MS = 3_600_000
const LIFETIME_SECONDS = 3601
const FIVE_MINUTES_SECONDS = 300

let supabase
let project
let app
let pair
before(async () => {
  pair = await loadNewest()
  supabase = await startSupabaseAuth({ siteUrl: ORIGIN })
  Object.assign(process.env, {
    APP_ORIGIN: ORIGIN,
    SUPABASE_URL: supabase.url,
    SUPABASE_ANON_KEY: supabase.key,
  })
  const blocks = codeOf([readPage('docs/mfa.md')]).slice(0, 2)
  project = makeProject(blocks)
  const files = [...project.names.keys()].map((name) => join(project.folder, `${name}.js`))
  const [{ auth }, { GET, POST, requireSteps }] = await Promise.all(files.map((file) => import(file)))
  app = { auth, GET, POST, requireSteps }
})
after(async () => {
  project?.remove()
  await supabase?.close()
})

beforeEach(() => {
  supabase.users.rows.clear()
  supabase.sessions.rows.clear()
})

/** The app: Landfall's routes, the page of the second step, and pages that need both steps. */
const serve = async (request) => {
  const answer = await app.auth.handle(request)
  if (answer) return answer
  if (new URL(request.url).pathname === '/mfa') return app[request.method](request)
  const headers = new Headers({ 'content-type': 'text/html' })
  return (await app.requireSteps(request, headers)) ?? new Response('Your account', { headers })
}

const openBrowser = () => new BrowserJar({ sites: { [ORIGIN]: serve } })
const signIn = (jar, next = '/account?tab=1') =>
  jar.fetch(`${ORIGIN}/auth/sign-in?${new URLSearchParams({ provider: 'bitbucket', next })}`)
const clientOf = (jar) => clientInJar(pair, supabase, jar, ORIGIN)
const sessionOf = (jar) => readStoredSession(jar.cookies.headerFor(ORIGIN))
const levelOf = (jar) => claimsOf(sessionOf(jar).access_token).aal
const at = (jar) => jar.url.replace(ORIGIN, '').replace(/#$/, '')
const codeNow = (secret, later = 0) => totpAt(secret, supabase.clock.now() + later)

/** Makes a factor with the person's own client: its secret. */
async function enroll(jar) {
  const { mfa } = clientOf(jar).auth
  const { data, error } = await mfa.enroll({ factorType: 'totp' })
  assert.equal(error, null)
  const verified = await mfa.challengeAndVerify({ factorId: data.id, code: codeNow(data.totp.secret) })
  assert.equal(verified.error, null)
  return data.totp.secret
}

/** Somebody with a factor: a browser with a session of both steps, and one without a session. */
async function openEnrolled() {
  const first = openBrowser()
  await signIn(first)
  return { first, secret: await enroll(first), jar: openBrowser() }
}

test('without a factor, the callback leads to next at once', async () => {
  const jar = openBrowser()
  const answer = await signIn(jar)
  assert.deepEqual([at(jar), await answer.text(), levelOf(jar)], ['/account?tab=1', 'Your account', 'aal1'])
})

test('with a factor: to the second step, a wrong code, a good one, and to next with the level aal2', async () => {
  const { jar, secret } = await openEnrolled()
  const page = await signIn(jar)
  assert.deepEqual([at(jar), levelOf(jar)], ['/mfa?next=%2Faccount%3Ftab%3D1', 'aal1'])
  const form = await page.text()
  const wrong = await jar.submit(form, { fields: { code: codeNow(secret, HOUR_MS) } })
  assert.deepEqual([wrong.status, levelOf(jar)], [422, 'aal1'])
  const { refresh_token } = sessionOf(jar)
  const good = await jar.submit(await wrong.text(), { fields: { code: codeNow(secret) } })
  assert.deepEqual([at(jar), await good.text()], ['/account?tab=1', 'Your account'])
  const { aal, amr } = claimsOf(sessionOf(jar).access_token)
  assert.deepEqual([aal, amr.map(({ method }) => method)], ['aal2', ['totp', 'oauth']])
  assert.notEqual(sessionOf(jar).refresh_token, refresh_token)
})

test('a session of both steps stays one when it is renewed', async () => {
  const { first } = await openEnrolled()
  supabase.clock.advance(LIFETIME_SECONDS)
  const { data, error } = await clientOf(first).auth.refreshSession()
  assert.equal(error, null)
  assert.equal(claimsOf(data.session.access_token).aal, 'aal2')
})

test('a page that needs both steps leads to the missing one, and comes back', async () => {
  const { jar, secret } = await openEnrolled()
  const page = await jar.fetch(`${ORIGIN}/notes?id=1`)
  assert.equal(new URL(jar.url).pathname, '/mfa')
  assert.equal((await jar.fetch(`${ORIGIN}/notes?id=1`, { redirect: 'manual' })).status, 303)
  await jar.click('/mfa?next=%2Fnotes%3Fid%3D1')
  await jar.submit(await page.text(), { fields: { code: codeNow(secret) } })
  assert.equal(at(jar), '/notes?id=1')
})

test('a cookie that hides the factor opens nothing, nor does a token with another level', async () => {
  const { jar } = await openEnrolled()
  await signIn(jar)
  const session = sessionOf(jar)
  const [head, , signature] = session.access_token.split('.')
  const claims = { ...claimsOf(session.access_token), aal: 'aal2' }
  const raised = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`
  const forged = [
    { ...session, user: { ...session.user, factors: [] } },
    { ...session, access_token: raised },
  ]
  for (const [index, value] of forged.entries()) {
    const thief = openBrowser()
    const cookie = `base64-${Buffer.from(JSON.stringify(value)).toString('base64url')}`
    thief.cookies.store(`${NAME}=${cookie}; Path=/`, ORIGIN)
    const answer = await thief.fetch(`${ORIGIN}/account`, { redirect: 'manual' })
    assert.equal(answer.status, 303)
    assert.match(answer.headers.get('location'), [/^\/mfa\?/, /^\/auth\/sign-in\?/][index])
  }
})

for (const next of EVIL)
  test(`after the second step, next=${JSON.stringify(next)} stays in the app`, async () => {
    const { jar, secret } = await openEnrolled()
    await signIn(jar)
    const page = await jar.fetch(`${ORIGIN}/mfa?${new URLSearchParams({ next })}`)
    await jar.submit(await page.text(), { fields: { code: codeNow(secret) } })
    assert.equal(new URL(jar.url).origin, ORIGIN)
    assert.equal(at(jar), '/')
  })

test('a good code ends the other sessions of one step, and keeps those of both', async () => {
  const { first, jar, secret } = await openEnrolled()
  const other = openBrowser()
  for (const each of [jar, other]) await signIn(each)
  await jar.submit(await (await jar.fetch(`${ORIGIN}/mfa`)).text(), { fields: { code: codeNow(secret) } })
  const outcomes = []
  for (const each of [first, jar, other]) outcomes.push((await clientOf(each).auth.getUser()).error?.name)
  assert.deepEqual(outcomes, [undefined, undefined, 'AuthSessionMissingError'])
})

test('a challenge works once, for five minutes, and for its own factor', async () => {
  const { jar, secret } = await openEnrolled()
  await signIn(jar)
  const { mfa } = clientOf(jar).auth
  const factorId = (await mfa.listFactors()).data.totp[0].id
  const verify = async (challengeId) =>
    (await mfa.verify({ factorId, challengeId, code: codeNow(secret) })).error
  const challenge = async () => (await mfa.challenge({ factorId })).data.id
  const late = await challenge()
  supabase.clock.advance(FIVE_MINUTES_SECONDS + 1)
  assert.equal((await verify(late)).code, 'mfa_challenge_expired')
  const used = await challenge()
  assert.equal(await verify(used), null)
  assert.equal((await verify(used)).status, 422)
  assert.equal((await verify(factorId)).code, 'mfa_factor_not_found')
  assert.equal((await mfa.challenge({ factorId: used })).error.code, 'mfa_factor_not_found')
})

test('the codes are those of RFC 6238, appendix B', () => {
  const secret = toBase32(Buffer.from('12345678901234567890'))
  const codes = [59, 1111111109, 20000000000].map((seconds) => totpAt(secret, seconds * 1000))
  assert.deepEqual(codes, ['287082', '081804', '353130'])
})
