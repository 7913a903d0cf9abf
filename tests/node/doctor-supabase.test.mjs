// npx landfall doctor and what only a real project shows: its keys, its failures, its addresses, what replaces them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLI, diagnose, doctor, run } from './support/doctor.mjs'
import { PROJECT, startBoth, startProject } from './support/doctor-project.mjs'

/** A JSON Web Token with a role. @param {string} role */
const tokenOf = (role) => {
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url')
  return [
    encode({ alg: 'HS256', typ: 'JWT' }),
    encode({ iss: 'supabase', role }),
    'c2lnbmF0dXJlLW9mLXRoZS1rZXk',
  ].join('.')
}

test('exactRedirectTo and an exact entry in the allow list: nothing is wrong', async (t) => {
  const { args } = await startBoth(t, (url) => ({ allowList: [url] }), {
    supabase: { exactRedirectTo: true },
  })
  const found = await diagnose(args)
  assert.deepEqual([found.code, found.wrong, found.unsure], [0, [], []], JSON.stringify(found.byId))
  assert.ok(found.fine.includes('redirect') && found.fine.includes('redirect-wide'))
})

test('an exact entry, and an app that does not say how it asks: unsure', async (t) => {
  const { app, project, callback } = await startBoth(t, (url) => ({ allowList: [url] }))
  const args = [app.origin, '--supabase-url', project.url, '--key', project.key, '--sign-in', '/nowhere']
  const found = await diagnose(args)
  assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['sign-in'], ['redirect']])
  assert.equal(found.byId.redirect.title, `Supabase comes back to ${callback}`)
  assert.match(found.byId.redirect.detail, /matches exactly\. exactRedirectTo: true is necessary\.$/)
})

test('a Site URL with the other name of this machine, in place of the address: cookies, and what to change', async (t) => {
  const { args, callback } = await startBoth(t, (url) => ({
    siteUrl: new URL(url).origin.replace('localhost', '127.0.0.1'),
  }))
  const found = await diagnose(args)
  assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['redirect'], []], JSON.stringify(found.byId))
  const { detail, fix } = found.byId.redirect
  assert.match(
    detail,
    /Site URL http:\/\/127\S+ instead.*Browsers do not send the cookies of localhost to 127\.0\.0\.1\.$/,
  )
  const away = new URL(callback).origin.replace('localhost', '127.0.0.1')
  assert.ok(fix.startsWith(`Open the app at ${away}. Or `) && fix.endsWith(`: add ${callback}?**`), fix)
})

test('a Site URL with the other name, for mails and failures alone: a finding of its own', async (t) => {
  const { args, callback } = await startBoth(t, (url) => ({
    siteUrl: `${new URL(url).origin.replace('localhost', '127.0.0.1')}/en`,
    allowList: [`${url}?**`],
  }))
  const found = await diagnose(args)
  assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['site-url'], []], JSON.stringify(found.byId))
  const { detail, fix } = found.byId['site-url']
  assert.match(
    detail,
    /^The Site URL is http:\/\/127\S+\/en: browsers do not send the cookies of localhost to 127/,
  )
  assert.ok(fix.includes(`Site URL: ${new URL(callback).origin}.`), fix)
})

test('a secret key: it is sent to nobody, shown to nobody, and the exit code is 1', async (t) => {
  const { app, project } = await startBoth(t, (url) => ({ allowList: [`${url}?**`] }))
  for (const [key, detail] of [
    ['sb_secret_0123456789abcdefghij_klmnop', /^It is a sb_secret_ key, /],
    [' "sb_secret_0123456789abcdefghij_klmnop"', /^It is a sb_secret_ key, /],
    ['sbp_0123456789abcdef0123456789abcdef01234567', /^It is a sbp_ key, /],
    [tokenOf('service_role'), /^It is a service_role key, /],
    [`Bearer ${tokenOf('service_role')}`, /^It is a service_role key, /],
    [tokenOf('supabase_admin'), /^It is a supabase_admin key, /],
  ])
    for (const [args, env] of [
      [[app.origin, '--supabase-url', project.url, '--key', key], {}],
      [[app.origin], { SUPABASE_URL: project.url, SUPABASE_ANON_KEY: key }],
      [[project.url, '--supabase-url', project.url, '--key', key], {}],
      [[project.url, '--key', key], {}],
    ]) {
      const found = await diagnose(args, env)
      assert.deepEqual(
        [found.code, found.wrong, found.unsure],
        [1, ['key-secret'], []],
        JSON.stringify(found.byId),
      )
      assert.match(found.byId['key-secret'].detail, detail)
      assert.match(found.byId['key-secret'].fix, /publishable key of Project Settings → API Keys/)
      const { stdout, stderr } = await doctor(args, env)
      assert.ok(![stdout, stderr, JSON.stringify(found)].some((text) => text.includes(key.slice(-24))))
    }
  const heard = project.requests
    .map(({ headers, rawQuery }) => JSON.stringify([[...headers], rawQuery]))
    .join('\n')
  assert.doesNotMatch(heard, /sb_secret|sbp_|eyJ/)
})

test('a key with a line break or quotation marks that no header takes: wrong, and it is the key', async (t) => {
  const project = await startProject(t)
  for (const end of ['\n', '\r\n', ' ', '”', '\u200b']) {
    const found = await diagnose([project.url, '--supabase-url', project.url, '--key', project.key + end])
    assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['key'], []], JSON.stringify(found.byId))
    assert.match(found.byId.key.detail, /a space, a line break or another character/)
  }
})

test('a publishable key in the old form is no secret', async (t) => {
  const key = tokenOf('anon')
  const project = await startProject(t, { key })
  const found = await diagnose([project.url, '--supabase-url', project.url, '--key', key])
  assert.deepEqual([found.code, found.fine], [0, PROJECT])
})

test('a key at the wrong place of the command is not said again', async () => {
  for (const key of ['sb_secret_0123456789abcdefghij', tokenOf('service_role')])
    for (const args of [
      [key],
      ['http://a.example', key],
      ['http://a.example', '--callback', key],
      [`--${key}`],
    ]) {
      const { code, stderr } = await run(process.execPath, [CLI, 'doctor', ...args])
      assert.equal(code, 2)
      assert.ok(!stderr.includes(key) && /sb_secret_…|eyJ…/.test(stderr), stderr)
    }
})

for (const status of [500, 502, 503, 504])
  test(`an Auth server that answers ${status}, anywhere: wrong, with the status and what to do`, async (t) => {
    const { args, project } = await startBoth(t, (url) => ({ allowList: [`${url}?**`] }))
    for (const [endpoint, id, path] of [
      ['settings', 'project', '/settings'],
      ['authorize', 'provider', '/authorize'],
      ['callback', 'redirect', '/callback'],
    ]) {
      project.script((request) => (request.endpoint === endpoint ? { status, body: 'down' } : undefined))
      const found = await diagnose(args)
      assert.deepEqual([found.code, found.wrong, found.unsure], [1, [id], []], JSON.stringify(found.byId))
      assert.equal(found.byId[id].detail, `${path} answered ${status}.`)
      assert.match(
        found.byId[id].fix,
        /Read the log of the Auth server .* docker compose logs auth.*status\.supabase\.com/,
      )
    }
  })

test('an Auth server that never answers, anywhere: wrong, within the deadline', async (t) => {
  await Promise.all(
    [
      ['settings', 'project', '/settings'],
      ['authorize', 'provider', '/authorize'],
      ['callback', 'redirect', '/callback'],
    ].map(async ([endpoint, id, path]) => {
      const { args, project } = await startBoth(t, (url) => ({ allowList: [`${url}?**`] }))
      project.script((request) => (request.endpoint === endpoint ? new Promise(() => {}) : undefined))
      const found = await diagnose(args)
      assert.deepEqual([found.code, found.wrong, found.unsure], [1, [id], []], JSON.stringify(found.byId))
      assert.equal(found.byId[id].detail, `${path} did not answer: no answer within ten seconds.`)
    }),
  )
})

test('an Auth server without its database ends a sign-in itself: wrong, and not about the allow list', async (t) => {
  const { args, project } = await startBoth(t, (url) => ({ allowList: [`${url}?**`] }))
  const query = 'error=server_error&error_code=unexpected_failure&error_description=Error+loading+flow+state'
  const answer = { status: 303, headers: { location: `http://site.example/?${query}` } }
  project.script(({ endpoint }) => (endpoint === 'callback' ? answer : undefined))
  const found = await diagnose(args)
  assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['redirect'], []], JSON.stringify(found.byId))
  assert.match(found.byId.redirect.detail, /server_error, unexpected_failure, Error loading flow state\.$/)
  assert.match(found.byId.redirect.fix, /^Read the log of the Auth server/)
})

test('a project on this machine or at a domain of its own, with its key alone, behind a gateway or bare', async (t) => {
  for (const gateway of [true, false]) {
    const project = await startProject(t, { gateway })
    const found = await diagnose([project.url, '--key', project.key])
    assert.deepEqual([found.code, found.fine, found.wrong, found.unsure], [0, PROJECT, [], []])
    const environment = await diagnose([`${project.url}/`], { SUPABASE_ANON_KEY: project.key })
    assert.deepEqual([environment.code, environment.fine], [0, PROJECT])
  }
  const project = await startProject(t)
  const other = await diagnose([project.url, '--key', 'sb_publishable_other'])
  assert.deepEqual([other.code, other.wrong], [1, ['key']])
})

test('an app with the key in the environment and no project is an app', async (t) => {
  const { app } = await startBoth(t)
  const found = await diagnose([app.origin], { SUPABASE_ANON_KEY: 'sb_publishable_other' })
  assert.deepEqual([found.code, found.wrong], [0, []], JSON.stringify(found.byId))
  assert.ok(found.fine.includes('callback') && !('project' in found.byId))
})

test('GOTRUE_EXTERNAL_REDIRECTURL, which replaces every address: named with the address', async (t) => {
  const forced = 'http://forced.example/welcome'
  const { args } = await startBoth(t, (url) => ({ allowList: [`${url}?**`], externalRedirectUrl: forced }))
  const found = await diagnose(args)
  assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['redirect'], []], JSON.stringify(found.byId))
  assert.equal(found.byId.redirect.detail, `It goes to ${forced}, for every address that an app names.`)
  assert.match(found.byId.redirect.fix, /^Unset GOTRUE_EXTERNAL_REDIRECTURL /)
})

test('a redirect_uri of Supabase that is not the project: with its variable; another domain is unsure', async (t) => {
  const { args, project } = await startBoth(t, (url) => ({ allowList: [`${url}?**`] }))
  const { script, url } = project
  for (const [redirectUri, wrong, unsure] of [
    ['https://app.example/back', ['provider-return'], []],
    ['http://kong:8000/auth/v1/callback', ['provider-return'], []],
    ['no address', ['provider-return'], []],
    ['https://auth.example/auth/v1/callback', [], ['provider-return']],
    [`${url.replace('127.0.0.1', 'localhost')}/auth/v1/callback`, [], ['provider-return']],
  ]) {
    let isFirst = true
    script(({ endpoint }) => {
      if (endpoint !== 'authorize' || !isFirst) return undefined
      isFirst = false
      const query = new URLSearchParams({ state: 's', redirect_uri: redirectUri })
      return { status: 302, headers: { location: `https://provider.example/authorize?${query}` } }
    })
    const found = await diagnose(args)
    assert.deepEqual([found.wrong, found.unsure], [wrong, unsure], JSON.stringify(found.byId))
    assert.equal(found.code, wrong.length)
    const { detail, fix = detail } = found.byId['provider-return']
    assert.ok(detail.startsWith(`Supabase names ${redirectUri} to bitbucket`), detail)
    assert.match(fix, /GOTRUE_EXTERNAL_BITBUCKET_REDIRECT_URI/)
    if (wrong.length > 0) assert.match(fix, /GOTRUE_EXTERNAL_REDIRECTURL/)
  }
})
