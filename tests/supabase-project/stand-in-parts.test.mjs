// Parts of the stand-in that no request shows alone: its allow list, its scripts, and how it asks the provider.
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { globPattern, makeAllowList } from '../../stand-ins/supabase-allow-list.mjs'
import { makeVerifier, pkceOf } from '../../stand-ins/supabase-client.mjs'
import { FAILURES } from '../../stand-ins/supabase-failure-table.mjs'
import { gatewayPage } from '../../stand-ins/supabase-gateway.mjs'
import { jsonProblem } from '../../stand-ins/supabase-json-body.mjs'
import { withQuery } from '../../stand-ins/supabase-url-values.mjs'
import { SITE, startStandIn } from './support/project.mjs'

const { start, close } = await startStandIn()
after(close)

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

test('a query is sorted by name, and the values of one name keep their order', () => {
  assert.equal(
    withQuery('https://a/?b=2&a=1&b=1', () => {}),
    'https://a/?a=1&b=2&b=1',
  )
})

test('a text that is no JSON is described as Go describes it', () => {
  const end = 'unexpected end of JSON input'
  for (const text of ['', ' ', '{', '[', '"x', 'nul', '{"a":']) assert.equal(jsonProblem(text), end, text)
  assert.equal(jsonProblem('trie'), "invalid character 'i' in literal true (expecting 'u')")
  assert.equal(jsonProblem('nullx'), "invalid character 'x' after top-level value")
  assert.equal(jsonProblem('x'), "invalid character 'x' looking for beginning of value")
})

test('the provider is asked with HTTP Basic first, and then with a form', async () => {
  const { auth, client } = await start({ outcome: 'token_error' })
  await client.signIn(pkceOf(makeVerifier()))
  const asked = auth.leg.requests.filter(({ endpoint }) => endpoint === 'token')
  const styles = asked.map(({ basic, form }) => (basic ? 'Basic' : [...form.keys()].at(-1)))
  assert.deepEqual(styles, ['Basic', 'client_secret'])
})

test('every answer and the front page say that it is a stand-in', async () => {
  const { auth, client } = await start()
  assert.match(await (await fetch(auth.url)).text(), /stand-in/)
  assert.equal((await client.get('/health')).headers.get('x-stand-in'), 'Supabase Auth')
})

test('the admin API opens to the service role key alone', async () => {
  const { auth, client } = await start()
  const ask = (headers) => client.post('/admin/users', { email: 'eve@example.test' }, headers)
  const statuses = []
  for (const token of [null, auth.key, auth.serviceRoleKey]) {
    statuses.push((await ask(token && { authorization: `Bearer ${token}` })).status)
  }
  assert.deepEqual(statuses, [401, 403, 200])
  const admin = { authorization: `Bearer ${auth.serviceRoleKey}` }
  assert.equal((await client.remove('/admin/users/nobody', admin)).status, 404)
})

test('a script can answer in the place of the server', async () => {
  const { auth, client } = await start()
  const codeOf = ({ status, body }) => [status, body.code]
  const cut = { body: '{"cut', headers: { 'content-type': 'text/plain' }, delay: 5 }
  const answers = [FAILURES.timeout, FAILURES.unexpected, gatewayPage(502), cut]
  auth.script(({ endpoint }) => (endpoint === 'token' ? answers.shift() : undefined))
  const ask = () => client.post('/token?grant_type=pkce', '{')
  assert.deepEqual(codeOf(await ask()), [504, 'request_timeout'])
  assert.deepEqual(codeOf(await ask()), [500, 'unexpected_failure'])
  const page = await ask()
  assert.deepEqual([page.status, page.headers.get('content-type')], [502, 'text/html; charset=utf-8'])
  assert.equal((await ask()).body, '{"cut')
  assert.deepEqual(codeOf(await ask()), [400, 'bad_json'])
  assert.deepEqual([auth.stats.count('token'), auth.stats.count('token', 200)], [5, 1])
  assert.deepEqual(auth.stats.failures, ['request_timeout', 'unexpected_failure', 'bad_json'])
})

test('each failure of the table happens at its place, and is taken back', async () => {
  const { auth, client } = await start()
  const reached = async () => {
    const verifier = makeVerifier()
    const { origin, searchParams } = await client.signIn(pkceOf(verifier))
    const code = origin === SITE ? searchParams.get('code') : null
    return code === null ? null : (await client.exchange(code, verifier)).status
  }
  for (const [name, { at, status }] of Object.entries(FAILURES)) {
    auth.fail(name)
    assert.equal(await reached(), ['granting', 'token'].includes(at) ? status : null, name)
    auth.fail(null)
    assert.equal(await reached(), 200, name)
  }
})
