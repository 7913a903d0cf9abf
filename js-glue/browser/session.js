import { KIND, refuseArgument } from '../arguments.js'
import { LandfallError } from '../error.js'

/** @typedef {import('../session.js').SignedInSession} SignedInSession */

const PATH = '/auth/session'
const CHANNEL = 'landfall-session'

/**
 * Who is signed in, from the server's route `paths.session`.
 * @param {string} [path]
 * @returns {Promise<SignedInSession | null>}
 * @throws {LandfallError} session_unavailable where the server does not say it; `cause` has the reason
 */
export const getSession = async (path = PATH) => {
  if (KIND.text.take(path) === undefined) refuseArgument('getSession', 'path', KIND.text)
  try {
    const response = await fetch(path, { headers: { accept: 'application/json' }, cache: 'no-store' })
    if (!response.ok) throw new Error(`${path} answered ${response.status}`)
    return await response.json()
  } catch (cause) {
    throw Object.assign(new LandfallError('session_unavailable'), { cause })
  }
}

/** @param {SignedInSession | null} session */
const toMark = (session) =>
  session ? JSON.stringify([session.user, session.provider, session.created, session.data]) : ''

/**
 * Tells a page who is signed in: now, and whenever that changes, in this tab or in another one. It asks again when the
 * tab comes to the front. A server that cannot be reached changes nothing.
 * @param {(session: SignedInSession | null) => void} listener
 * @param {string} [path] the server's route, `paths.session`
 * @returns {() => void} stops it
 */
export const watchSession = (listener, path = PATH) => {
  if (typeof listener !== 'function') refuseArgument('watchSession', 'listener', { name: 'a function' })
  const channel = new BroadcastChannel(CHANNEL)
  /** @type {string | undefined} */
  let mark
  const ask = async () => {
    const session = await getSession(path).catch(() => undefined)
    if (session === undefined || stopped || toMark(session) === mark) return
    mark = toMark(session)
    channel.postMessage(mark)
    listener(session)
  }
  const onShow = () => {
    if (document.visibilityState === 'visible') ask()
  }
  let stopped = false
  channel.onmessage = ({ data }) => {
    if (data !== mark) ask()
  }
  document.addEventListener('visibilitychange', onShow)
  ask()
  return () => {
    stopped = true
    channel.close()
    document.removeEventListener('visibilitychange', onShow)
  }
}
