// An app in a process of its own, so that it can be killed. As a module it starts such a process; run by node it is one:
// `node app-process.mjs <port, or 0> <options of createAuth as JSON>`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createAuth } from '../dist/index.js'
import { toNodeHandler } from '../dist/node.js'

const FILE = fileURLToPath(import.meta.url)

const serve = async (port, options) => {
  const server = createServer()
  await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)))
  const origin = `http://127.0.0.1:${server.address().port}`
  const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)
  const auth = createAuth({
    ...options,
    origin,
    onEvent: ({ type, code }) => say({ type, code }),
    onSession: (session) => void say({ session }),
  })
  const handler = toNodeHandler(auth)
  server.on('request', (incoming, outgoing) =>
    handler(incoming, outgoing, () => outgoing.end('a page of the app')),
  )
  say({ origin })
}

/**
 * @param {object} options of createAuth, as JSON
 * @param {number} [port] that of a process before it
 * @returns {Promise<{ origin: string, port: number, said: any[], kill(): Promise<void> }>} `said` has its events and sessions;
 *   `kill` is SIGKILL
 */
export const startAppProcess = async (options, port = 0) => {
  const stdio = /** @type {const} */ (['ignore', 'pipe', 'inherit'])
  const child = spawn(process.execPath, [FILE, String(port), JSON.stringify(options)], { stdio })
  const said = []
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => said.push(JSON.parse(line)))
  await Promise.race([once(lines, 'line'), once(child, 'exit')])
  if (said.length === 0) throw new Error('The app did not start.')
  const { origin } = said.shift()
  const ended = once(child, 'exit')
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return { origin, port: Number(new URL(origin).port), said, kill }
}

if (process.argv[1] === FILE) await serve(Number(process.argv[2]), JSON.parse(process.argv[3]))
