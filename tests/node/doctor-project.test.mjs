// npx landfall doctor with a Supabase project: the stand-in as it should be, and with what is wrong in practice.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from './support/doctor.mjs'
import { PROJECT, REDIRECTS, startBoth, startProject } from './support/doctor-project.mjs'

test('an app and its project, both well: nothing is wrong, and no token was asked for', async (t) => {
  const { app, project, args } = await startBoth(t, (callback) => ({ allowList: [`${callback}?**`] }))
  const found = await diagnose(args)
  assert.deepEqual([found.code, found.wrong, found.unsure], [0, [], []], JSON.stringify(found.byId))
  assert.deepEqual(found.fine.slice(-7), [...PROJECT, ...REDIRECTS])
  assert.equal(found.fine.length, 21)
  assert.deepEqual([app.sessions, app.sent, project.stats.count('token')], [[], [], 0])
})

test('the same from the environment', async (t) => {
  const { app, project } = await startBoth(t, (callback) => ({ allowList: [`${callback}?**`] }))
  const env = { SUPABASE_URL: `${project.url}/`, SUPABASE_ANON_KEY: project.key }
  const found = await diagnose([app.origin], env)
  assert.deepEqual([found.code, found.fine.slice(-7)], [0, [...PROJECT, ...REDIRECTS]])
})

test('a callback that is not in the allow list, at all or only without a query', async (t) => {
  for (const [allowList, detail, more] of [
    [[], /goes to the Site URL http:\/\/site\.example\/? instead/, ''],
    [['exact'], /matches exactly/, ', or createAuth({ supabase: { exactRedirectTo: true } })'],
  ]) {
    const { args, callback } = await startBoth(t, (url) => ({ allowList: allowList.map(() => url) }))
    const found = await diagnose(args)
    assert.deepEqual([found.code, found.wrong], [1, ['redirect']], JSON.stringify(found.byId))
    assert.match(found.byId.redirect.detail, detail)
    assert.equal(
      found.byId.redirect.fix,
      `Authentication → URL Configuration → Redirect URLs: add ${callback}?**${more}`,
    )
  }
})

test('an allow list, or a Site URL, that reaches every address of the app: unsure, and what narrows it', async (t) => {
  const origin = (callback) => new URL(callback).origin
  for (const [options, narrow] of [
    [
      (callback) => ({ allowList: [`${origin(callback)}/**`] }),
      (callback) => `Allow only ${callback} and ${callback}?**.`,
    ],
    [
      (callback) => ({ siteUrl: origin(callback) }),
      (callback) =>
        `The Site URL ${origin(callback)}/ is on this host, and Supabase allows every path of that host.`,
    ],
  ]) {
    const { args, callback } = await startBoth(t, options)
    const found = await diagnose(args)
    assert.deepEqual([found.code, found.wrong, found.unsure], [0, [], ['redirect-wide']])
    const { detail } = found.byId['redirect-wide']
    assert.ok(detail.startsWith(`It comes back to ${callback}/landfall-doctor. This matters if`), detail)
    assert.ok(detail.includes(narrow(callback)), detail)
  }
})

test('a provider that is off', async (t) => {
  const { args } = await startBoth(t, () => ({ providers: ['github'] }))
  const found = await diagnose(args)
  assert.deepEqual([found.code, found.wrong, 'redirect' in found.byId], [1, ['provider'], false])
  assert.match(found.byId.provider.fix, /^Authentication → Sign In \/ Providers → bitbucket: enable it\.$/)
})

test('a provider that /settings does not list: /authorize knows', async (t) => {
  const project = await startProject(t, { providers: ['custom:work'] })
  const ask = (name) =>
    diagnose([project.url, '--supabase-url', project.url, '--key', project.key, '--provider', name])
  const on = await ask('custom:work')
  assert.deepEqual([on.code, on.fine], [0, PROJECT])
  const off = await ask('custom:play')
  assert.deepEqual([off.code, off.wrong], [1, ['provider']])
  assert.match(off.byId.provider.fix, /custom:play: enable it/)
})

test('a key of another project', async (t) => {
  const project = await startProject(t)
  const found = await diagnose([project.url, '--supabase-url', project.url, '--key', 'sb_publishable_other'])
  assert.deepEqual([found.code, found.fine, found.wrong], [1, ['project'], ['key']])
  assert.match(found.byId.key.detail, /401/)
  assert.match(found.byId.key.fix, /^Set SUPABASE_ANON_KEY \(supabase\.key\)/)
})

test('a project that is paused, one that is gone, and one that answers with something else', async (t) => {
  const project = await startProject(t)
  const args = [project.url, '--supabase-url', project.url, '--key', project.key]
  project.script(() => ({ status: 540, body: 'Project paused' }))
  const paused = await diagnose(args)
  project.script(() => ({ status: 200, body: 'no JSON' }))
  const strange = await diagnose(args)
  await project.close()
  const gone = await diagnose(args)
  for (const [found, detail] of [
    [paused, /\/settings answered 540/],
    [gone, /ECONNREFUSED/],
  ]) {
    assert.deepEqual([found.code, found.wrong, found.fine], [1, ['project'], []])
    assert.match(found.byId.project.detail, detail)
    assert.match(found.byId.project.fix, /Check SUPABASE_URL/)
  }
  assert.deepEqual([strange.code, strange.wrong, strange.fine], [1, ['project'], []])
  assert.match(strange.byId.project.detail, /is no answer of Supabase Auth/)
})

test('clocks that disagree', async (t) => {
  const project = await startProject(t)
  project.script(({ endpoint }) =>
    endpoint === 'settings'
      ? {
          status: 200,
          headers: { date: new Date(Date.now() - 600_000).toUTCString() },
          body: '{"external":{"bitbucket":true}}',
        }
      : undefined,
  )
  const found = await diagnose([project.url, '--supabase-url', project.url, '--key', project.key])
  assert.deepEqual(found.wrong, ['project-clock'])
  assert.match(found.byId['project-clock'].fix, /this machine’s clock/)
})

test('without its key, the project of an app is not asked, and that is said', async (t) => {
  const { app, project } = await startBoth(t)
  const found = await diagnose([app.origin, '--supabase-url', project.url])
  assert.deepEqual([found.code, found.wrong, found.unsure], [0, [], ['project']])
  assert.match(found.byId.project.detail, /--key or SUPABASE_ANON_KEY is missing/)
  assert.equal(project.requests.length, 0)
})
