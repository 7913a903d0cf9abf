// npx landfall doctor and what Landfall's own pages say: the policies that they come with, and which settings have no value.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose, startAuthorize, startBehindProxy } from './support/doctor.mjs'
import { errorPage, hashOf, POLICY, SCRIPT, STYLE, startDirectApp, toError } from './support/doctor-app.mjs'

const ERROR_PAGE = '/auth/auth-code-error'

/** What is found of an app with these answers. @param {import('node:test').TestContext} t @param {object} answers */
const examine = async (t, answers) => {
  const { url } = await startAuthorize(t)
  return diagnose([(await startDirectApp(t, { endpoint: url, answers })).origin])
}

/** The page under policies. @param {string | string[]} [policy] @param {string} [body] @param {string} [name] */
const under = (policy, body = errorPage(), name = 'content-security-policy') => ({
  [ERROR_PAGE]: { headers: policy ? { [name]: policy } : {}, body },
})

test('a second policy, in a line of its own or in a list, that blocks the page: wrong, with the hashes to add', async (t) => {
  for (const policy of [
    [POLICY, "default-src 'self'"],
    `${POLICY}, default-src 'self'`,
    ["script-src https: 'unsafe-inline' 'nonce-1'; style-src 'self'; default-src *", POLICY],
  ]) {
    const found = await examine(t, under(policy))
    assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['policy'], []], JSON.stringify(found.byId))
    const { detail, fix } = found.byId.policy
    assert.equal(detail, 'It has 2 policies. Browsers apply all of them, and block its script and its style.')
    assert.ok(fix.endsWith(`add to your policy script-src ${hashOf(SCRIPT)}; style-src ${hashOf(STYLE)}`), fix)
  }
})

test('a policy in place of Landfall’s, or a page that is not as it was: what is blocked, and its hash', async (t) => {
  for (const [policy, style, detail, missing] of [
    ["default-src 'self'; style-src 'unsafe-inline'", STYLE, 'script', `script-src ${hashOf(SCRIPT)}`],
    [POLICY, STYLE.trim(), 'style', `style-src ${hashOf(STYLE.trim())}`],
  ]) {
    const found = await examine(t, under(policy, errorPage({ style })))
    assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['policy'], []])
    assert.equal(found.byId.policy.detail, `Its policy blocks its ${detail}.`)
    assert.ok(found.byId.policy.fix.endsWith(`add to your policy ${missing}`), found.byId.policy.fix)
  }
})

test('a policy that a proxy takes away', async (t) => {
  const found = await examine(t, under(undefined))
  assert.deepEqual([found.code, found.wrong], [1, ['policy']])
  assert.match(found.byId.policy.fix, /proxy_hide_header/)
})

test('policies that allow the page: a second one with its hashes, one that only reports, one that says nothing of it', async (t) => {
  const sha512 = `script-src ${hashOf(SCRIPT, 'sha512')}; style-src-elem ${hashOf(STYLE, 'sha384')}`
  for (const policy of [
    [POLICY, sha512],
    [POLICY, "frame-ancestors 'none'"],
    [POLICY, "script-src 'unsafe-inline'; script-src 'none'"],
  ]) {
    const found = await examine(t, under(policy))
    assert.deepEqual(
      [found.code, found.wrong, found.fine.at(-1)],
      [0, [], 'policy'],
      JSON.stringify(found.byId),
    )
  }
  const reported = {
    'content-security-policy': POLICY,
    'content-security-policy-report-only': "default-src 'none'",
  }
  const found = await examine(t, { [ERROR_PAGE]: { headers: reported, body: errorPage() } })
  assert.deepEqual([found.code, found.fine.at(-1)], [0, 'policy'])
})

test('an error page of the app’s own: its policy is its business', async (t) => {
  for (const body of [
    '<title>Sorry</title><style>p { color: red }</style><h1>Sorry</h1>',
    errorPage().replace('<h1>', '<h2>'),
    '',
  ]) {
    const found = await examine(t, under("default-src 'none'", body))
    assert.deepEqual([found.code, found.wrong, found.unsure], [0, [], []])
    assert.ok(!('policy' in found.byId))
  }
})

test('the page of createAuth behind a proxy that adds a policy is known as Landfall’s', async (t) => {
  const app = await startBehindProxy(t, {
    response: (answer) => answer.headers.append('content-security-policy', "default-src 'self'"),
  })
  const found = await diagnose([app.origin])
  assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['policy'], []], JSON.stringify(found.byId))
  assert.match(found.byId.policy.fix, /style-src 'sha256-[\w+/]{43}='$/)
})

/** The page of a setting without a value. @param {string} main */
const settingsPage = (main) => ({
  status: 500,
  headers: { 'content-type': 'text/html' },
  body: errorPage({ heading: 'This app is not set up yet', main }),
})

test('a setting without a value: the option and its variable, where the page names them', async (t) => {
  const one = `<p><code data-option>providers.github.clientSecret</code>: set
    <code data-variable>GITHUB_CLIENT_SECRET</code></p>`
  const named = await examine(t, { '/auth/sign-in': settingsPage(one) })
  assert.deepEqual([named.code, named.wrong, named.unsure], [1, ['settings'], []], JSON.stringify(named.byId))
  assert.deepEqual(named.byId.settings, {
    id: 'settings',
    result: 'wrong',
    title: 'Every setting has a value',
    detail: 'providers.github.clientSecret, GITHUB_CLIENT_SECRET: not set.',
    fix: 'Set GITHUB_CLIENT_SECRET in the app’s environment.',
  })
  const without = await examine(t, { '/auth/sign-in': settingsPage('<code data-option>secret</code>') })
  assert.deepEqual([without.wrong, without.byId.settings.detail], [['settings'], 'secret: not set.'])
  assert.match(without.byId.settings.fix, /auth\.check\(\)/)
})

test('a setting without a value, elsewhere: the code, and who names the setting', async (t) => {
  for (const code of ['config_missing', 'provider_not_configured']) {
    const found = await examine(t, { '/auth/sign-in': toError(code) })
    assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['settings'], []])
    assert.equal(found.byId.settings.detail, `Landfall says ${code}.`)
    assert.match(found.byId.settings.fix, /auth\.check\(\) and the app’s log name it/)
  }
})

test('a setting that only the callback misses, and a page that names what is no option', async (t) => {
  const atCallback = await examine(t, {
    '/auth/callback/bitbucket': settingsPage('<code data-option>secret</code>'),
  })
  assert.deepEqual(atCallback.wrong, ['settings'])
  const strange = await examine(t, {
    '/auth/sign-in': settingsPage('<code data-option><b>\x1b[2J</b></code>'),
  })
  assert.deepEqual(strange.wrong, ['sign-in'])
})
