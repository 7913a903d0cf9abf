// A small app of the tests' own around createAuth, for what the demo is not set up for.
import { createServer } from 'node:http'
import { createAuth } from '../../../dist/index.js'
import { toNodeHandler } from '../../../dist/node.js'

const SECRET = 'only a secret of the browser tests, and long enough'
const POLICY = "default-src 'none'; script-src 'self' 'unsafe-inline'"

/**
 * @param {(origin: string) => Promise<object> | object} makeOptions further options of createAuth, once the port is known
 * @param {Record<string, string | (() => Response)>} [pages] HTML by path, or what makes the answer; every other path is a page that
 *   names itself
 * @returns {Promise<{ origin: string, port: number, events: object[], sessions: object[],
 *   requests: { path: string, headers: object, status: number }[], close(): Promise<void> }>}
 */
export async function startApp(makeOptions, pages = {}) {
  const server = createServer({ maxHeaderSize: 128 * 1024 })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  const origin = `http://127.0.0.1:${port}`
  const [events, sessions, requests] = [[], [], []]
  const auth = createAuth({
    secret: SECRET,
    origin,
    onEvent: (event) => events.push(event),
    onSession: (session) => {
      sessions.push(session)
    },
    ...(await makeOptions(origin)),
  })
  const answer = async (request) => {
    const path = new URL(request.url).pathname
    const response = (await auth.handle(request)) ?? answerPage(pages[path] ?? `<title>${path}</title>`)
    requests.push({ path, headers: Object.fromEntries(request.headers), status: response.status })
    return response
  }
  server.on('request', toNodeHandler(answer))
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections())
  return { origin, port, events, sessions, requests, close }
}

function answerPage(page) {
  if (typeof page === 'function') return page()
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': POLICY,
  }
  return new Response(`<!doctype html><link rel="icon" href="data:,">${page}`, { headers })
}
