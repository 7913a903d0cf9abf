// The native library as another C++ project gets it: installed, found, linked into a CGI program that signs people in.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { BrowserJar } from '../servers/browser-jar.mjs'
import { startOAuthProvider } from '../servers/oauth-provider.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'landfall-native-'))
const run = promisify(execFile)

let provider
let server
let origin
before(async () => {
  const install = join(folder, 'installed')
  const build = (source, to, ...options) => run('cmake', ['-G', 'Ninja', '-S', source, '-B', to, ...options])
  const library = join(folder, 'library')
  await build(ROOT, library, '-DCMAKE_BUILD_TYPE=Release', `-DCMAKE_INSTALL_PREFIX=${install}`)
  await run('cmake', ['--build', library])
  await run('cmake', ['--install', library])
  const example = join(folder, 'example')
  await build(join(ROOT, 'examples/cpp'), example, `-DCMAKE_PREFIX_PATH=${install}`)
  await run('cmake', ['--build', example])

  provider = await startOAuthProvider()
  server = createServer((request, response) => serve(join(example, 'auth.cgi'), request, response))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${server.address().port}`
})
after(async () => {
  await Promise.all([provider?.close(), server && new Promise((resolve) => server.close(resolve))])
  rmSync(folder, { recursive: true, force: true })
})

/** A web server as RFC 3875 has it: the request in the environment, the answer on standard output. */
function serve(program, request, response) {
  const [path, query = ''] = request.url.split('?')
  const work = {
    clientId: 'demo-client',
    clientSecret: 'demo-secret',
    authorizationEndpoint: `${provider.origin}/site/oauth2/authorize`,
    tokenEndpoint: `${provider.origin}/site/oauth2/access_token`,
  }
  const env = {
    LANDFALL_OPTIONS: JSON.stringify({ origin, secret: 's'.repeat(32), providers: { work } }),
    REQUEST_METHOD: request.method,
    REQUEST_SCHEME: 'http',
    PATH_INFO: path,
    QUERY_STRING: query,
  }
  for (const [name, value] of Object.entries(request.headers))
    env[`HTTP_${name.toUpperCase().replaceAll('-', '_')}`] = value
  const child = spawn(program, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.on('close', (code) => {
    const lines = output.split('\r\n').filter(Boolean)
    const status = /^Status: (\d+)$/.exec(lines.shift() ?? '')?.[1]
    if (code !== 0 || !status) return response.writeHead(500).end()
    response
      .writeHead(
        Number(status),
        lines.flatMap((line) => line.split(/: (.*)/s).slice(0, 2)),
      )
      .end()
  })
}

test('a whole sign-in, decided by the native core', async () => {
  const browser = new BrowserJar()
  const answer = await browser.fetch(`${origin}/auth/sign-in?provider=work&next=/welcome`)
  assert.equal(new URL(answer.url).pathname, '/welcome')
  const requests = provider.requests.map(({ endpoint }) => endpoint)
  assert.deepEqual(requests, ['authorize', 'token'])
  assert.deepEqual(browser.cookies.names(), ['landfall-done'], 'the transaction is over, and remembered')
})

test('the answer of another browser redeems nothing', async () => {
  const victim = new BrowserJar()
  const { hops } = await victim.fetch(`${origin}/auth/sign-in?provider=work`)
  const callback = hops.find(({ url }) => url.includes('/auth/callback'))
  const before = provider.requests.length
  const answer = await new BrowserJar().fetch(callback.url, { redirect: 'manual' })
  assert.match(answer.headers.get('location'), /^\/auth\/auth-code-error\?error=transaction_cookies_blocked/)
  assert.equal(provider.requests.length, before)
})
