// `npx landfall doctor`: what it says of real apps and of a project, and how it ends.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createAuth } from '../../dist/index.js'
import { toNodeHandler } from '../../dist/node.js'
import { startSupabaseAuth } from '../servers/supabase-auth.mjs'
import { serve } from './support/node-servers.mjs'

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const PROVIDERS = { bitbucket: { clientId: 'client-1', clientSecret: 'the secret of a client' } }
const { SUPABASE_URL, SUPABASE_ANON_KEY, ...env } = process.env

/** @param {string[]} args @returns {Promise<{ code: number, stdout: string, stderr: string }>} */
const run = (args) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [CLI, ...args], { env })
    const out = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr']) child[name].on('data', (chunk) => (out[name] += chunk))
    child.on('close', (code) => resolve({ code, ...out }))
  })

/** Serves what `makeOptions` says for the port it got. @param {import('node:test').TestContext} t @param {(origin: string) => object} makeOptions */
const serveApp = async (t, makeOptions) => {
  let answer
  const { port } = await serve(t, (incoming, outgoing) => answer(incoming, outgoing))
  const origin = `http://localhost:${port}`
  answer = toNodeHandler(createAuth(makeOptions(origin)))
  return origin
}

/** The findings by result. @param {string} url @param {string[]} [more] */
const examine = async (url, more = []) => {
  const { code, stdout } = await run(['doctor', url, '--json', ...more])
  const { ok, findings } = JSON.parse(stdout)
  assert.equal(code, ok ? 0 : 1)
  const ids = (result) => findings.filter((one) => one.result === result).map(({ id }) => id)
  return { findings, fine: ids('fine'), wrong: ids('wrong'), unsure: ids('unsure') }
}

describe('an app', () => {
  test('that is fine', async (t) => {
    const url = await serveApp(t, (origin) => ({ origin, providers: PROVIDERS }))
    const { fine, wrong, unsure } = await examine(url)
    assert.deepEqual([wrong, unsure], [[], []])
    for (const id of ['sign-in', 'origin', 'cookie', 'next', 'callback', 'prefetch', 'error-page'])
      assert.ok(fine.includes(id), id)
  })

  test('that takes itself for another', async (t) => {
    const url = await serveApp(t, () => ({ origin: 'https://app.example', providers: PROVIDERS }))
    const { findings, wrong } = await examine(url)
    assert.ok(wrong.includes('origin'))
    assert.match(findings.find(({ id }) => id === 'origin').fix, new RegExp(`origin: '${url}'`))
  })

  test('that is not told its address, behind a proxy that names an inner one', async (t) => {
    const handler = toNodeHandler(createAuth({ providers: PROVIDERS }))
    const { origin } = await serve(t, (incoming, outgoing) => {
      incoming.headers.host = 'app.internal'
      return handler(incoming, outgoing)
    })
    const { detail, fix } = (await examine(origin)).findings.find(({ id }) => id === 'sign-in')
    assert.deepEqual([detail, fix], ['Landfall says origin_required.', `createAuth({ origin: '${origin}' })`])
  })

  test('that does not have the provider', async (t) => {
    const url = await serveApp(t, (origin) => ({ origin, providers: PROVIDERS }))
    const { findings, wrong } = await examine(url, ['--provider', 'nobody'])
    assert.deepEqual(wrong, ['sign-in'])
    assert.match(findings.find(({ id }) => id === 'sign-in').detail, /provider_unknown/)
  })

  test('that is not there', async () => {
    assert.deepEqual((await examine('http://127.0.0.1:1')).wrong, ['reachable'])
  })
})

test('a project: the key, the provider, the redirect URLs', async (t) => {
  const auth = await startSupabaseAuth({
    siteUrl: 'https://app.example',
    allowList: ['http://localhost:*/auth/callback?**'],
  })
  t.after(() => auth.close())
  const url = await serveApp(t, (origin) => ({ origin, supabase: { url: auth.url, key: auth.key } }))
  const project = ['--supabase-url', auth.url, '--key', auth.key]
  const { fine, wrong } = await examine(url, project)
  assert.deepEqual(wrong, [])
  for (const id of ['key', 'provider', 'redirect']) assert.ok(fine.includes(id), id)

  const elsewhere = await examine(url, [...project, '--callback', '/elsewhere'])
  assert.ok(elsewhere.wrong.includes('redirect'))
  assert.deepEqual((await examine(url, ['--supabase-url', auth.url, '--key', 'x'])).wrong, ['key'])
  assert.deepEqual((await examine(auth.url, project)).wrong, [])
})

test('a mistake in the command', async () => {
  for (const args of [
    ['doctor'],
    ['doctor', 'app.example'],
    ['doctor', 'https://a.example', '--nothing'],
    ['cure'],
  ])
    assert.equal((await run(args)).code, 2, args.join(' '))
})

test('docs/doctor.md has its options and their defaults', async () => {
  const { code, stdout } = await run(['doctor', '--help'])
  assert.equal(code, 0)
  const page = readFileSync(new URL('../../docs/doctor.md', import.meta.url), 'utf8')
  const wanted = [...stdout.matchAll(/^ {2}(--[\w-]+)( <\w+>)? .*?(\S*)$/gm)]
  const described = [...page.matchAll(/^\| `(--[\w-]+)( <\w+>)?` \| .* \| `?(.*?)`? ?\|$/gm)]
  const names = (rows) => rows.map(([, name, value = '']) => name + value)
  assert.ok(wanted.length > 0)
  assert.deepEqual(names(described), names(wanted))
  for (const [index, [, name, value, fallback]] of wanted.entries())
    if (value) assert.equal(described[index][3], fallback, name)
})
