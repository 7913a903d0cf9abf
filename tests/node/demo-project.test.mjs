// The demo on the command line with a Supabase project in its environment: it uses that one, and starts no stand-in.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/g

let project
before(async () => {
  project = await startSupabaseAuth()
})
after(() => project?.close())

/** Starts the demo, and runs `work` with what it wrote once it is there. */
async function withDemo(env, work) {
  const { SUPABASE_URL, SUPABASE_ANON_KEY, ...rest } = process.env
  const demo = spawn(process.execPath, ['web-demo/server.mjs'], {
    cwd: ROOT,
    env: { ...rest, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(demo, 'exit')
  let text = ''
  try {
    await new Promise((resolve) => {
      for (const stream of [demo.stdout, demo.stderr]) {
        stream.on('data', (chunk) => {
          text += chunk
          if (text.includes('Ctrl+C')) resolve()
        })
      }
      ended.then(resolve)
    })
    await work({ text, url: text.match(ADDRESS)?.[0], ended })
  } finally {
    demo.kill()
    await ended
  }
}

test('with SUPABASE_URL and SUPABASE_ANON_KEY the demo signs in through that project', async () => {
  const env = { SUPABASE_URL: project.url, SUPABASE_ANON_KEY: project.key }
  await withDemo(env, async ({ text, url }) => {
    assert.match(text, new RegExp(`your project, ${project.url}\\n`))
    assert.ok(text.includes(`${url}/auth/callback?**`))
    assert.doesNotMatch(text, /stand-in/)
    // The app, the OpenID provider, and the project.
    assert.equal(new Set(text.match(ADDRESS)).size, 3)

    const jar = new BrowserJar()
    const start = await (await jar.fetch(url)).text()
    assert.ok(start.includes(`The Supabase project at <code>${project.url}</code>`), start)
    assert.doesNotMatch(start, /stand-in/i)

    const landed = await jar.click('/auth/sign-in?provider=bitbucket&next=/welcome')
    assert.equal(landed.url, `${url}/welcome#`)
    assert.match(await landed.text(), /Hello, <bdi>Ada Lovelace<\/bdi>/)
    assert.deepEqual([project.stats.count('authorize'), project.stats.count('token')], [1, 1])
    assert.deepEqual(project.stats.failures, [])
  })
})

test('without them it starts stand-ins, and says what they are', async () => {
  await withDemo({}, async ({ text, url }) => {
    assert.match(text, /a stand-in, not Supabase: http/)
    assert.match(text, /a stand-in, not Bitbucket: http/)
    assert.equal(new Set(text.match(ADDRESS)).size, 4)
    assert.match(await (await fetch(url)).text(), /stand-ins for Supabase Auth and Bitbucket on this machine/)
  })
})

test('with only one of them, or with an address that is none, it says what is wrong and ends', async () => {
  for (const [env, wanted] of [
    [{ SUPABASE_URL: project.url }, 'Set both SUPABASE_URL and SUPABASE_ANON_KEY, or neither.\n'],
    [{ SUPABASE_URL: 'example', SUPABASE_ANON_KEY: 'a' }, /^landfall: createAuth: `supabase\.url` .*\n$/],
  ]) {
    await withDemo(env, async ({ text, ended }) => {
      assert.deepEqual(await ended, [1, null])
      if (typeof wanted === 'string') assert.equal(text, wanted)
      else assert.match(text, wanted)
    })
  }
})
