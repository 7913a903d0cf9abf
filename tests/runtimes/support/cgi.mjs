// A web server that has a CGI program (RFC 3875) answer each request.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'

/** The request as the program's environment. Headers of one name are joined. @param {import('node:http').IncomingMessage} request */
const toEnvironment = (request) => {
  const env = { REQUEST_METHOD: request.method, REQUEST_SCHEME: 'http', REQUEST_URI: request.url }
  for (const [name, value] of Object.entries(request.headers)) {
    const variable = name.toUpperCase().replaceAll('-', '_')
    env[variable === 'CONTENT_TYPE' || variable === 'CONTENT_LENGTH' ? variable : `HTTP_${variable}`] = value
  }
  return env
}

/** Reads what a program printed. @param {string} output @returns {{ status: number, headers: [string, string][], body: string }} */
export const parseOutput = (output) => {
  const end = output.indexOf('\r\n\r\n')
  const [first = '', ...lines] = output.slice(0, end).split('\r\n')
  const status = Number(/^Status: (\d{3})\b/.exec(first)?.[1])
  const headers = lines.map((line) => /** @type {[string, string]} */ (line.split(/: (.*)/s).slice(0, 2)))
  return { status, headers, body: output.slice(end + 4) }
}

/**
 * @param {string} program
 * @returns {Promise<{ origin: string, env: Record<string, string>, outputs: string[], readSessions(): any[], close(): Promise<void> }>}
 *   `env` is given to the program at each request; `outputs` is all that it ever printed
 */
export const startCgi = async (program) => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-cgi-'))
  const sessions = join(folder, 'sessions')
  const site = { env: { LANDFALL_SESSIONS: sessions }, outputs: [] }
  const server = createServer(async (request, response) => {
    const child = spawn(program, {
      env: { ...toEnvironment(request), ...site.env },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const ended = new Promise((resolve) => child.once('close', resolve))
    // A program need not read its input to the end.
    child.stdin.on('error', () => {})
    request.pipe(child.stdin)
    const output = (await buffer(child.stdout)).toString('latin1')
    site.outputs.push(output)
    const { status, headers, body } = parseOutput(output)
    if ((await ended) !== 0 || !status) return response.writeHead(500).end()
    response.writeHead(status, headers.flat()).end(body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  return {
    ...site,
    origin: `http://127.0.0.1:${/** @type {any} */ (server.address()).port}`,
    readSessions: () => {
      if (!existsSync(sessions)) return []
      return readFileSync(sessions, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line))
    },
    async close() {
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true })
    },
  }
}
