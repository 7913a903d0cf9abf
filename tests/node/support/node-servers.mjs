// Node's own servers around a listener, and what asks them over a socket exactly as it is told to.
import { createServer as createHttp, request as requestHttp } from 'node:http'
import { connect as connectHttp2, createServer as createHttp2, createSecureServer } from 'node:http2'
import { createServer as createHttps, request as requestHttps } from 'node:https'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'

// TLS without a certificate: both sides hold one key (RFC 4279).
const psk = Buffer.from('a key of the tests, and no secret')
const PSK = { ciphers: 'PSK-AES128-GCM-SHA256', maxVersion: 'TLSv1.2' }
const SERVER_TLS = { ...PSK, pskIdentityHint: 'tests', pskCallback: () => psk }
const CLIENT_TLS = { ...PSK, pskCallback: () => ({ psk, identity: 'tests' }), checkServerIdentity: () => {} }

const CREATE = {
  http: (listener) => createHttp({ maxHeaderSize: 128 * 1024 }, listener),
  https: (listener, tls = SERVER_TLS) => createHttps(tls, listener),
  h2c: (listener) => createHttp2(listener),
  h2: (listener) => createSecureServer(SERVER_TLS, listener),
}

/**
 * Serves until the test is over.
 * @param {import('node:test').TestContext} t @param {(incoming: any, outgoing: any) => unknown} listener @param {keyof CREATE} [kind]
 * @param {{ key: string, cert: string }} [tls] for https with a certificate
 * @returns {Promise<{ kind: keyof CREATE, port: number, origin: string }>}
 */
export const serve = async (t, listener, kind = 'http', tls = undefined) => {
  const sockets = new Set()
  const server = CREATE[kind](listener, tls)
  for (const event of ['connection', 'secureConnection'])
    server.on(event, (socket) => sockets.add(socket.on('close', () => sockets.delete(socket))))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  })
  const { port } = server.address()
  const scheme = kind === 'https' || kind === 'h2' ? 'https' : 'http'
  return { kind, port, origin: `${scheme}://127.0.0.1:${port}` }
}

const readAll = async (stream) => {
  const chunks = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/**
 * One request over HTTP/1; the target goes out as it is.
 * @param {{ kind: string, port: number }} server @param {string} target
 * @param {{ method?: string, headers?: Record<string, string | string[]>, body?: string | Buffer, agent?: any }} [init]
 */
const askHttp1 = ({ kind, port }, target, { method = 'GET', headers = {}, body, agent = false }) =>
  new Promise((resolve, reject) => {
    const tls = kind === 'https' ? CLIENT_TLS : {}
    const options = { host: '127.0.0.1', port, path: target, method, headers, agent, ...tls }
    const request = (kind === 'https' ? requestHttps : requestHttp)(options, async (response) => {
      const all = new Headers()
      const raw = response.rawHeaders
      for (let at = 0; at < raw.length; at += 2) all.append(raw[at], raw[at + 1])
      readAll(response).then(
        (text) => resolve({ status: response.statusCode, headers: all, body: text }),
        reject,
      )
    })
    request.on('error', reject)
    request.end(body)
  })

const askHttp2 = async ({ kind, port, origin }, target, { method = 'GET', headers = {}, body }) => {
  const createConnection = () => connectTls({ ...CLIENT_TLS, host: '127.0.0.1', port, ALPNProtocols: ['h2'] })
  const client = connectHttp2(origin, kind === 'h2' ? { createConnection } : {})
  try {
    const stream = client.request({ ':path': target, ':method': method, ...headers })
    stream.end(body)
    const all = new Headers()
    const answered = new Promise((resolve, reject) => stream.on('response', resolve).on('error', reject))
    for (const [name, value] of Object.entries(await answered))
      for (const one of [value].flat()) if (!name.startsWith(':')) all.append(name, one)
    return { status: (await answered)[':status'], headers: all, body: await readAll(stream) }
  } finally {
    client.close()
  }
}

/** One request in the protocol that the server speaks; as for askHttp1. */
export const ask = (server, target, init = {}) =>
  server.kind.startsWith('h2') ? askHttp2(server, target, init) : askHttp1(server, target, init)

/** Bytes as they are, and all that comes back until the server ends the connection. @param {{ port: number }} server @param {string} text */
export const askRaw = ({ port }, text) => readAll(connectTcp(port, '127.0.0.1').end(text, 'latin1'))
