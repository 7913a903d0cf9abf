// The demo app's own sessions, for the OpenID provider: a random id in a cookie, everything else in this process.
import { randomBytes } from 'node:crypto'

const COOKIE = 'demo-session'
const MAX_AGE_SECONDS = 8 * 3600
const MAX_SESSIONS = 1000

/** The value of a cookie of a request, or undefined. */
export function readCookie(request, name) {
  const pairs = (request.headers.get('cookie') ?? '').split(/;\s*/)
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}

const attributes = (maxAge) => `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax`

export class Sessions {
  #kept = new Map()

  /** Keeps what Landfall handed over, under a new id; returns the Set-Cookie line. */
  start(request, session) {
    this.#kept.delete(readCookie(request, COOKIE))
    if (this.#kept.size >= MAX_SESSIONS) this.#kept.delete(this.#kept.keys().next().value)
    const id = randomBytes(32).toString('base64url')
    this.#kept.set(id, { ...session, endsAt: Date.now() + MAX_AGE_SECONDS * 1000 })
    return `${COOKIE}=${id}; ${attributes(MAX_AGE_SECONDS)}`
  }

  /** The session of a request, or undefined. */
  read(request) {
    const session = this.#kept.get(readCookie(request, COOKIE))
    return session && session.endsAt > Date.now() ? session : undefined
  }

  /** Forgets the session of a request; returns it with the Set-Cookie line that clears its cookie. */
  end(request) {
    const session = this.read(request)
    this.#kept.delete(readCookie(request, COOKIE))
    return { session, setCookie: `${COOKIE}=; ${attributes(0)}` }
  }
}
