// An authorization server whose sign-in page says yes at once and whose token endpoint misbehaves on the wire, byte by byte as told.
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** The connection is reset. */
export const RESET = Symbol('reset')
/** Nothing more comes, and the connection stays open. */
export const HANG = Symbol('hang')

const HEAD_END = '\r\n\r\n'

/**
 * @typedef {Buffer | string | number | typeof RESET | typeof HANG} Piece bytes, text, or milliseconds to wait
 * @typedef {{ method: string, target: string, head: string, body: string, elsewhere: string }} Asked a request as it came, and
 *   somebody else's address
 * @typedef {(asked: Asked) => Iterable<Piece>} Behaviour what goes over the wire; behind the last piece the connection is closed
 */

/** A whole answer as HTTP/1.1 writes it. @param {{ status?: number | string, type?: string, headers?: string[], body?: string | Buffer }} [answer] */
export const answerOf = ({ status = 200, type = 'application/json', headers = [], body = '' } = {}) => {
  const lines = [`HTTP/1.1 ${status} X`, ...headers]
  const has = (name) => headers.some((line) => line.toLowerCase().startsWith(`${name}:`))
  if (type) lines.push(`Content-Type: ${type}`)
  if (!has('content-length') && !has('transfer-encoding'))
    lines.push(`Content-Length: ${Buffer.byteLength(body)}`)
  return Buffer.concat([Buffer.from(lines.join('\r\n') + HEAD_END), Buffer.from(body)])
}

/** Back to the app with a code, as an authorization server or as Supabase Auth. @param {Asked} asked */
const authorize = ({ target }) => {
  const { searchParams } = new URL(target, 'http://x')
  const location = new URL(searchParams.get('redirect_uri') ?? searchParams.get('redirect_to'))
  location.searchParams.append('code', `code-${randomBytes(16).toString('hex')}`)
  const state = searchParams.get('state')
  if (state) location.searchParams.append('state', state)
  return [answerOf({ status: 302, headers: [`Location: ${location}`, 'Connection: close'] })]
}

/** Requests of one connection, in order. */
const readRequests = async function* (socket) {
  let text = ''
  for await (const chunk of socket) {
    text += chunk.toString('latin1')
    for (;;) {
      const end = text.indexOf(HEAD_END)
      if (end < 0) break
      const head = text.slice(0, end)
      const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
      const body = text.slice(end + HEAD_END.length, end + HEAD_END.length + length)
      if (body.length < length) break
      text = text.slice(end + HEAD_END.length + length)
      const [method, target] = head.split(' ', 2)
      yield { method, target, head, body }
    }
  }
}

const once = (socket, ...events) =>
  new Promise((resolve) => {
    const go = () => {
      for (const event of events) socket.off(event, go)
      resolve(undefined)
    }
    for (const event of events) socket.on(event, go)
  })

/** Sends the pieces; true when the connection is still there at the end. */
const play = async (socket, pieces) => {
  for (const piece of pieces) {
    if (piece === RESET) socket.resetAndDestroy()
    if (socket.destroyed) return false
    if (piece === HANG) await once(socket, 'close')
    else if (typeof piece === 'number') await wait(piece)
    else if (!socket.write(piece)) await once(socket, 'drain', 'close')
  }
  return !socket.destroyed
}

/**
 * @param {Behaviour} behaviour of the token endpoint, whatever its path; it may be replaced
 * @param {string} [elsewhere] where it sends those whom it redirects
 * @returns {Promise<{ origin: string, behaviour: Behaviour, asked: Asked[], settled(): Promise<unknown>, close(): Promise<void> }>}
 *   `asked` are the requests to all but the sign-in page; `settled` waits until the client hung up, or took all there is
 */
export const startHostileTokenEndpoint = async (behaviour, elsewhere = '') => {
  const sockets = new Set()
  const plays = []
  const answer = async (socket, asked) => {
    if (/\/authorize\?/.test(asked.target)) return play(socket, authorize(asked))
    own.asked.push(asked)
    const playing = play(socket, own.behaviour({ ...asked, elsewhere }))
    plays.push(playing)
    return playing
  }
  const server = createServer(async (socket) => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)))
    try {
      for await (const asked of readRequests(socket)) if (await answer(socket, asked)) socket.end()
    } catch {
      // The client went away, which is what most of this is for.
    }
  })
  const own = {
    origin: '',
    behaviour,
    asked: /** @type {Asked[]} */ ([]),
    settled: () => Promise.all(plays),
    close: () =>
      new Promise((resolve) => {
        server.close(resolve)
        for (const socket of sockets) socket.destroy()
      }),
  }
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  own.origin = `http://127.0.0.1:${server.address().port}`
  return own
}
