// `npm run test:project` against the stand-in as a process of its own, as it stands and with one answer spoiled.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'
import { FACTS } from './facts/all.mjs'

const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url))
const VARIABLES = { SUPABASE_URL: '', SUPABASE_ANON_KEY: '', SUPABASE_SERVICE_ROLE_KEY: '' }

/** The program's exit code and all that it prints; `started` gets the process. */
async function run(env, started = () => {}) {
  const child = spawn(process.execPath, [fileOf('run.mjs')], {
    env: { ...process.env, ...VARIABLES, ...env },
  })
  started(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      output += chunk
    })
  }
  const [code] = await once(child, 'close')
  return {
    code,
    output,
    count: /^(\d+) as recorded, (\d+) different, (\d+) skipped$/m.exec(output)?.slice(1),
  }
}

/** A stand-in of its own; its address and keys as the program reads them. */
async function serve(...words) {
  const child = spawn(process.execPath, [fileOf('serve.mjs'), ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  after(() => child.kill())
  const [line] = await once(createInterface(child.stdout), 'line')
  const { url, key, serviceRoleKey } = JSON.parse(line)
  return { SUPABASE_URL: url, SUPABASE_ANON_KEY: key, SUPABASE_SERVICE_ROLE_KEY: serviceRoleKey }
}

test('without a project the program says what to set', async () => {
  for (const env of [{}, { SUPABASE_URL: 'http://127.0.0.1:1' }]) {
    const { code, output } = await run(env)
    assert.equal(code, 2)
    assert.match(output, /^Set SUPABASE_URL and SUPABASE_ANON_KEY, [^\n]+\.\n$/)
  }
})

test('an address that leads to no project is refused in one sentence', async () => {
  const server = createServer((_, response) => response.end('<p>hello \u001b[31m'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const elsewhere = `http://127.0.0.1:${server.address().port}`
  for (const SUPABASE_URL of ['no address', 'http://127.0.0.1:1', elsewhere]) {
    const { code, output } = await run({ SUPABASE_URL, SUPABASE_ANON_KEY: 'x' })
    assert.deepEqual([code, output.split('\n').length], [2, 2], output)
  }
  server.close()
})

test('a key that the project does not know is named', async () => {
  const { code, output } = await run({ ...(await serve()), SUPABASE_ANON_KEY: 'x' })
  assert.equal(code, 2)
  assert.match(output, /refuses SUPABASE_ANON_KEY/)
})

test('the stand-in as a process is as recorded, and what it cannot do is skipped with the reason', async () => {
  const { code, output, count } = await run(await serve())
  const [same, different, skipped] = count.map(Number)
  assert.deepEqual([code, different, same + skipped], [0, 0, FACTS.length], output)
  const scripted = FACTS.filter(({ needs = [] }) => needs.some((one) => !['people', 'start'].includes(one)))
  assert.equal(skipped, scripted.length)
  assert.match(
    output,
    /^- a trigger raises: .* \(skipped: its database, hooks and mail cannot be made to fail\)$/m,
  )
})

test('without the service role key, the facts about people are skipped too', async () => {
  const { code, output, count } = await run({ ...(await serve()), SUPABASE_SERVICE_ROLE_KEY: '' })
  assert.equal(code, 0)
  const people = FACTS.filter(({ needs = [] }) => needs.includes('people')).length
  assert.equal(output.match(/no SUPABASE_SERVICE_ROLE_KEY/g).length, people)
  assert.equal(Number(count[1]), 0)
})

test('the people that it makes are removed, also when it is stopped', async () => {
  const auth = await startSupabaseAuth()
  after(auth.close)
  const env = {
    SUPABASE_URL: auth.url,
    SUPABASE_ANON_KEY: auth.key,
    SUPABASE_SERVICE_ROLE_KEY: auth.serviceRoleKey,
  }
  assert.equal((await run(env)).code, 0)
  assert.ok(auth.stats.count('admin_users', 200) > 5)
  assert.equal(auth.users.rows.size, 0)

  let child
  auth.script(({ endpoint }) => {
    if (endpoint === 'admin_link') child.kill('SIGINT')
  })
  const { code } = await run(env, (process) => {
    child = process
  })
  assert.deepEqual([code, auth.users.rows.size], [2, 0])
})

test('a user that the project keeps is named', async () => {
  const auth = await startSupabaseAuth()
  after(auth.close)
  const answers = [
    { status: 500, body: {} },
    { body: '{}', cutAfter: 0 },
  ]
  auth.script(({ endpoint }) => (endpoint === 'admin_user' ? answers.shift() : undefined))
  const keys = { SUPABASE_ANON_KEY: auth.key, SUPABASE_SERVICE_ROLE_KEY: auth.serviceRoleKey }
  const { output } = await run({ SUPABASE_URL: auth.url, ...keys })
  const kept = [...auth.users.rows.keys()]
  assert.equal(kept.length, 2)
  assert.match(output, new RegExp(`^Remove these users yourself: ${kept.join(', ')}$`, 'm'))
})

test('an answer that differs is a row of the table, without the control characters that it holds', async () => {
  const { code, output, count } = await run(await serve('spoiled'))
  assert.deepEqual([code, count[1]], [1, '1'], output)
  const table = output.slice(output.indexOf('\nwhat'))
  assert.match(table, /^GET \/verify without a type answers in JSON · status +400 +418$/m)
  assert.match(table, /· message +"Verify requires a verification type" +"Verify requires .*luck"$/m)
  assert.ok(!output.includes('\u001b'))
})
