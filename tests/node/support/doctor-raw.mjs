// An app, a Supabase project and a provider in one, as bytes on a socket: what a well-kept server would never send, too.
import { createServer } from 'node:net'
import { errorPage, POLICY } from './doctor-app.mjs'

/** An answer as it goes over the wire. @param {string} status @param {string[]} headers @param {string} [body] */
export const raw = (status, headers, body = '') =>
  `HTTP/1.1 ${status}\r\n${[...headers, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`
export const COOKIE = 'Set-Cookie: landfall-1=sealed; Path=/; HttpOnly; SameSite=Lax'
export const NO_STORE = 'Cache-Control: no-store'

/** A good app, as it goes over the wire. @type {Record<string, (origin: string) => string>} */
export const GOOD = {
  'sign-in': (origin) => {
    const query = new URLSearchParams({
      ...{ state: 's', scope: 'openid' },
      redirect_uri: `${origin}/auth/callback/bitbucket`,
    })
    return raw('303 See Other', [`Location: ${origin}/authorize?${query}`, COOKIE, NO_STORE])
  },
  callback: () => raw('303 See Other', ['Location: /auth/auth-code-error?error=response_missing#', NO_STORE]),
  refused: () => raw('303 See Other', ['Location: /auth/auth-code-error?error=access_denied#', NO_STORE]),
  prefetch: () => raw('204 No Content', []),
  page: () => raw('200 OK', [`Content-Security-Policy: ${POLICY}`], errorPage()),
  authorize: () => raw('400 Bad Request', []),
  metadata: (origin) =>
    raw(
      '200 OK',
      ['Content-Type: application/json'],
      JSON.stringify({
        ...{
          issuer: origin,
          authorization_endpoint: `${origin}/authorize`,
          token_endpoint: `${origin}/token`,
        },
        ...{ jwks_uri: `${origin}/jwks`, id_token_signing_alg_values_supported: ['RS256'] },
      }),
    ),
  jwks: () => raw('200 OK', ['Content-Type: application/json'], '{"keys":[]}'),
  token: () => raw('400 Bad Request', ['Content-Type: application/json'], '{"error":"invalid_grant"}'),
  settings: () => raw('200 OK', ['Content-Type: application/json'], '{"external":{"bitbucket":true}}'),
  begun: (origin) => raw('302 Found', [`Location: ${origin}/authorize?state=s`]),
  returned: (origin) => raw('302 Found', [`Location: ${origin}/auth/callback?error=access_denied`]),
}

/** Which of them a request asks for. @param {string} head of the request */
const placeOf = (head) => {
  const target = head.split(' ')[1] ?? ''
  for (const [start, place] of Object.entries({
    '/.well-known/': 'metadata',
    '/jwks': 'jwks',
    '/token': 'token',
  }))
    if (target.startsWith(start)) return place
  if (target.startsWith('/auth/v1/settings')) return 'settings'
  if (target.startsWith('/auth/v1/authorize')) return 'begun'
  if (target.startsWith('/auth/v1/callback')) return 'returned'
  if (target.startsWith('/auth/sign-in')) return 'sign-in'
  if (target.startsWith('/authorize')) return 'authorize'
  if (target.startsWith('/auth/auth-code-error')) return 'page'
  if (/\nsec-purpose:/i.test(head)) return 'prefetch'
  return target.includes('?error=') ? 'refused' : 'callback'
}

/**
 * A server that sends bytes.
 * @param {import('node:test').TestContext} t
 * @param {Record<string, (origin: string) => string | Iterable<string>>} [answers] in place of the good ones; several parts go on until
 *   nobody reads
 */
export const startRaw = async (t, answers = {}) => {
  const all = { ...GOOD, ...answers }
  const requests = []
  const sockets = new Set()
  let origin = ''
  const server = createServer(async (socket) => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)))
    let head = ''
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      head += chunk.toString('latin1')
      if (head.includes('\r\n\r\n')) break
    }
    requests.push(head)
    const answer = all[placeOf(head)](origin)
    for (const part of typeof answer === 'string' ? [answer] : answer) {
      if (socket.destroyed) return
      if (!socket.write(part, 'latin1'))
        await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve))
    }
    socket.end()
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  origin = `http://127.0.0.1:${server.address().port}`
  return { origin, requests }
}
