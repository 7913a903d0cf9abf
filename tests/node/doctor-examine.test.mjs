// What the command `npx landfall doctor` asks for which arguments, how it tells of it meanwhile, and when it fails itself.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose, doctor, HOSTS, startAuthorize } from './support/doctor.mjs'
import { startDirectApp } from './support/doctor-app.mjs'
import { startServer } from './support/doctor-check.mjs'
import { startProject } from './support/doctor-project.mjs'
import { CLIENT } from './support/doctor-provider.mjs'

/** Nobody listens there. */
const [GONE, GONE_PROJECT, GONE_PROVIDER] = ['http://127.0.0.1:1', 'http://127.0.0.1:2', 'http://127.0.0.1:3']
const ACME = { ACME_CLIENT_ID: 'client-1', ACME_CLIENT_SECRET: 'hush-hush-secret' }
const KEY = ['--key', 'sb_publishable_1']

/** The environment in which a program runs this first. @param {string} code */
const first = (code) => ({
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(code).replaceAll("'", '%27')}`,
})
const AT_TERMINAL = first('process.stderr.isTTY = true')
/** It begins the line anew. */
const CLEAR = '\r\x1b[K'

test('at a terminal: who is asked, and a line that waits below each finding and is gone at the end', async () => {
  const asking = (host) => `${CLEAR}asking ${host} …`
  const found = `${CLEAR}…`
  const provider = ['--provider', 'acme', '--issuer', GONE_PROVIDER]
  for (const [args, wanted] of [
    [[GONE], [asking('127.0.0.1:1'), found]],
    [
      [GONE, '--supabase-url', GONE, ...KEY],
      [asking('127.0.0.1:1'), found],
    ],
    [
      [GONE, '--supabase-url', GONE_PROJECT, ...KEY, ...provider],
      [asking('127.0.0.1:1'), found, asking('127.0.0.1:2'), found, asking('acme'), found],
    ],
  ]) {
    const { code, stderr } = await doctor(args, AT_TERMINAL)
    assert.deepEqual([code, stderr], [1, wanted.join('') + CLEAR], args.join(' '))
    const { code: same, stderr: quiet } = await doctor([...args, '--json'], AT_TERMINAL)
    assert.deepEqual([same, quiet], [1, ''], args.join(' '))
  }
})

test('one finding that is unsure is counted', async () => {
  const { stdout } = await doctor([GONE, '--supabase-url', GONE_PROJECT])
  assert.match(stdout, /\n\nProblems: 1\. Unsure: 1\.\n$/)
})

test('an app that does not answer: its project and its provider are asked all the same', async () => {
  for (const [more, wrong, unsure] of [
    [['--provider', 'acme'], [], []],
    [['--supabase-url', GONE_PROJECT, ...KEY], ['project'], []],
    [['--supabase-url', GONE_PROJECT], [], ['project']],
    [['--provider', 'acme', '--issuer', GONE_PROVIDER], ['discovery'], []],
    [['--provider', 'acme', '--token-endpoint', GONE_PROVIDER], [], ['client']],
  ]) {
    const found = await diagnose([GONE, ...more])
    assert.deepEqual([found.wrong, found.unsure], [['reachable', ...wrong], unsure], more.join(' '))
  }
  const tried = await diagnose([GONE, '--provider', 'acme', '--token-endpoint', GONE_PROVIDER], ACME)
  assert.deepEqual(tried.wrong, ['reachable', 'client'])
})

test('an app that asks a provider whose addresses nobody gives: it is said that the client is not tried', async (t) => {
  const callback = '/auth/callback/acme'
  const app = await startDirectApp(t, { endpoint: 'https://acme.example/authorize', callback })
  const { code, byId, unsure } = await diagnose([app.origin, '--provider', 'acme'])
  assert.deepEqual([code, unsure], [0, ['client']])
  assert.match(byId.client.detail, /Use --issuer or --token-endpoint\.$/)
})

test('a client of the environment is tried whole, and for an app that asks the provider itself', async (t) => {
  const { url } = await startAuthorize(t)
  const app = await startDirectApp(t, { endpoint: 'https://bitbucket.org/site/oauth2/authorize' })
  const elsewhere = await startDirectApp(t, { endpoint: url })
  const { BITBUCKET_CLIENT_ID, BITBUCKET_CLIENT_SECRET } = CLIENT
  for (const [origin, env, tried] of [
    [app.origin, CLIENT, 'wrong'],
    [app.origin, { BITBUCKET_CLIENT_ID }, 'unsure'],
    [app.origin, { BITBUCKET_CLIENT_SECRET }, 'unsure'],
    [elsewhere.origin, CLIENT, undefined],
    [GONE, CLIENT, undefined],
  ]) {
    const { byId } = await diagnose([origin], { ...HOSTS, ...env })
    // It is tried in vain: Bitbucket does not exist here.
    assert.equal(byId.client?.result, tried, `${origin} ${Object.keys(env)}`)
  }
})

test('an address is a project’s with a key, where an Auth server answers and no project is named', async (t) => {
  const server = await startServer(t, () => ({ status: 401, body: 'No API key found' }))
  const app = await startServer(t, () => ({ status: 404 }))
  for (const [args, isProject] of [
    [[server.origin, ...KEY], true],
    [[server.origin], false],
    [[server.origin, ...KEY, '--supabase-url', GONE_PROJECT], false],
    [[app.origin, ...KEY], false],
  ]) {
    const { byId } = await diagnose(args)
    assert.deepEqual(['key' in byId, 'reachable' in byId], [isProject, !isProject], args.join(' '))
    assert.equal('doctor' in byId, false)
  }
})

test('a project is asked for the address that the app names for it, if that is one of the app’s', async (t) => {
  const project = await startProject(t)
  const { url } = await startAuthorize(t)
  const own = (origin) => `${origin}/auth/callback`
  const twin = (origin) => origin.replace('127.0.0.1', 'localhost')
  for (const [told, wanted] of [
    [(origin) => `${origin}/back`, (origin) => `${origin}/back`],
    [(origin) => `${twin(origin)}/back`, (origin) => `${twin(origin)}/back`],
    [() => 'https://elsewhere.example/back', own],
    [() => 'no address', own],
    [undefined, own],
  ]) {
    let origin
    const start = () => {
      const query = new URLSearchParams({ redirect_to: told(origin) })
      return { status: 303, headers: { location: `${project.url}/auth/v1/authorize?${query}` } }
    }
    const app = await startDirectApp(t, { endpoint: url, answers: told ? { '/auth/sign-in': start } : {} })
    origin = app.origin
    const { byId } = await diagnose([origin, '--supabase-url', project.url, '--key', project.key])
    assert.equal(byId.redirect.title, `Supabase comes back to ${wanted(origin)}`)
  }
})

test('a defect of the doctor is a finding, and no mistake in the command', async (t) => {
  const env = first("crypto.randomUUID = () => { throw new TypeError('broken') }")
  for (const more of [
    ['--provider', 'acme', '--issuer', GONE_PROVIDER],
    ['--token-endpoint', GONE_PROVIDER],
  ]) {
    const found = await diagnose([GONE, ...more], env)
    assert.deepEqual([found.code, found.wrong, found.stderr], [1, ['doctor'], ''])
    assert.equal(found.byId.doctor.detail, 'TypeError: broken')
  }
  const app = await startDirectApp(t, { endpoint: 'https://bitbucket.org/site/oauth2/authorize' })
  const options = { NODE_OPTIONS: `${HOSTS.NODE_OPTIONS} ${env.NODE_OPTIONS}` }
  const client = await diagnose([app.origin], { ...options, ...CLIENT })
  assert.deepEqual([client.code, client.wrong], [1, ['doctor']])
})
