// The stand-in for a Supabase project's Auth server answers as the real one is known to answer: the allow list, the gateway in front of it, and scripts in its place.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { globPattern, makeAllowList } from '../../stand-ins/supabase-allow-list.mjs'
import { FAILURES } from '../../stand-ins/supabase-failures.mjs'
import { gatewayPage } from '../../stand-ins/supabase-gateway.mjs'
import { auth, client, isRefused, SITE, start } from './support/supabase-stand-in.mjs'

describe('the allow list', () => {
  test('knows SITE_URL, loopback addresses and globs', () => {
    const { allows } = makeAllowList(SITE, 'https://exact.example/cb, https://app2.example/**,myapp://back')
    const cases = {
      yes: `https://app.example https://app.example/any?q=1#f http://127.0.0.1:9/x myapp://back
        https://exact.example/cb https://exact.example/cb#f https://app2.example/a/b.c?d=e https://[::1]:1/`,
      no: `http://app.example/ https://app.example:443/ https://app.example.evil.example/ https://2130706433/
        https://10.0.0.1/ https://exact.example/cb?next=/x https://app2.example http://localhost/ /relative
        https://app.example@evil.example/ https://evil.example\\@app.example/ https://app.example/%zz https:/\\x`,
    }
    for (const [verdict, list] of Object.entries(cases)) {
      for (const address of list.split(/\s+/)) assert.equal(allows(address), verdict === 'yes', address)
    }
    for (const address of ['', 'https://app.example/a b', '\thttps://app.example/'])
      assert.ok(!allows(address))
    const local = makeAllowList('http://localhost:3000')
    assert.ok(local.allows('http://localhost:5173/cb'))
    assert.ok(!local.allows('https://localhost:3000/cb'))
  })

  test('matches globs with `.` and `/` as separators', () => {
    const yes = [
      'a.*|a.b',
      'a.**|a.b.c',
      '?at|cat',
      '{a,ab}c|abc',
      '[!a]*|bcd',
      '[a-c]x|bx',
      '\\*|*',
      'a-?|a-b',
    ]
    const no = ['*|a.b.c', 'a.*|a.b.c', 'a/*|a/b/c', '?at|at', '?|/', '[!a]|a', 'https://a/**|https://a']
    for (const pair of [...yes, ...no]) {
      const [glob, text] = pair.split('|')
      assert.equal(globPattern(glob).test(text), yes.includes(pair), pair)
    }
  })
})

describe('the gateway', () => {
  test('checks the API key, and the bare server does not', async () => {
    const ask = (headers) => client.get('/health', { apikey: '', ...headers })
    assert.equal((await fetch(`${client.api}/health`)).status, 401)
    assert.equal((await ask()).body.message, 'No API key found in request')
    assert.equal((await ask({ apikey: 'x' })).body.message, 'Invalid API key')
    assert.equal((await ask({ apikey: auth.key })).status, 200)
    assert.equal((await fetch(`${client.api}/health?apikey=${auth.key}`)).status, 200)
    const bare = await start({ gateway: false })
    assert.equal((await fetch(`${bare.client.api}/health`)).status, 200)
  })

  test('answers preflights; `apikey` is a header of the gateway alone', async () => {
    const bare = await start({ gateway: false })
    const preflight = async ({ api }, wanted) => {
      const headers = { origin: SITE, 'access-control-request-headers': wanted }
      const response = await fetch(`${api}/token`, { method: 'OPTIONS', headers })
      return response.headers.get('access-control-allow-headers')
    }
    assert.match(await preflight(client, 'apikey, authorization,x-supabase-api-version'), /apikey/)
    assert.match(await preflight(bare.client, 'authorization, content-type'), /X-Client-Info/)
    assert.equal(await preflight(bare.client, 'apikey'), null)
  })

  test('lists providers, but not all that there are', async () => {
    const { external } = (await client.get('/settings')).body
    assert.deepEqual([external.bitbucket, external.github, external.x], [true, false, undefined])
  })

  test('knows no other paths or methods', async () => {
    assert.equal((await client.get('/token')).status, 405)
    assert.equal((await client.get('/nothing')).status, 404)
    assert.match(await (await fetch(auth.url)).text(), /stand-in/)
  })
})

test('a script can answer in the place of the server', async () => {
  const { auth, client } = await start()
  const cut = { body: '{"cut', headers: { 'content-type': 'text/plain' }, delay: 5 }
  const answers = [FAILURES.timeout, FAILURES.unexpected, gatewayPage(502), cut]
  auth.script(({ endpoint }) => (endpoint === 'token' ? answers.shift() : undefined))
  const ask = () => client.post('/token?grant_type=pkce', '{')
  isRefused(await ask(), 504, 'request_timeout')
  isRefused(await ask(), 500, 'unexpected_failure')
  const page = await ask()
  assert.deepEqual([page.status, page.headers.get('content-type')], [502, 'text/html; charset=utf-8'])
  assert.equal((await ask()).body, '{"cut')
  isRefused(await ask(), 400, 'bad_json')
  assert.deepEqual([auth.stats.count('token'), auth.stats.count('token', 200)], [5, 1])
  assert.deepEqual(auth.stats.failures, ['request_timeout', 'unexpected_failure', 'bad_json'])
})
