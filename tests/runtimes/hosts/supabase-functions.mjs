// What stands in front of Supabase's services, with the function `auth` of the working directory behind it: a function gets its
// requests at another origin and without `/functions/v1`. It listens on HOST and PORT.
import { spawn } from 'node:child_process'
import { createServer, request as requestHttp } from 'node:http'
import { createInterface } from 'node:readline'

const { HOST, PORT, SUPABASE_URL } = process.env
const PREFIX = '/functions/v1'
const FUNCTION = 'supabase/functions/auth'

const targetOf = (url, functions) => {
  if (url.startsWith(`${PREFIX}/auth`)) return new URL(url.slice(PREFIX.length), functions)
  return url.startsWith('/auth/v1/') ? new URL(url, SUPABASE_URL) : undefined
}

/** @param {string} functions where Deno listens */
const startGateway = (functions) =>
  createServer((incoming, outgoing) => {
    const target = targetOf(incoming.url, functions)
    if (!target) return outgoing.writeHead(404).end()
    const headers = { ...incoming.headers, host: target.host, 'x-forwarded-host': incoming.headers.host }
    const forwarded = requestHttp(target, { method: incoming.method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.rawHeaders)
      answer.pipe(outgoing)
    })
    forwarded.on('error', () => outgoing.destroy())
    incoming.pipe(forwarded)
  }).listen(PORT, HOST)

// In this process's group, so that whoever ends the group ends both.
const args = [
  'run',
  '--allow-net',
  '--allow-env',
  '--no-prompt',
  '--config',
  `${FUNCTION}/deno.json`,
  `${FUNCTION}/index.ts`,
]
const env = { ...process.env, DENO_SERVE_ADDRESS: `tcp:${HOST}:0`, NO_COLOR: '1' }
const deno = spawn('deno', args, { env, stdio: ['ignore', 'inherit', 'pipe'] })
deno.once('exit', (code) => process.exit(code ?? 1))
for await (const line of createInterface(deno.stderr)) {
  console.error(line)
  const [, functions] = /^Listening on (http:\S+)/.exec(line) ?? []
  if (functions) startGateway(functions)
}
