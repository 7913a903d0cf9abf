import { KIND, readArguments, refuseArgument } from '../arguments.js'
import { isLoopback } from '../loopback.js'
import { REPLY } from '../server/reply.js'
import { takeAuth } from '../server/take-auth.js'

/** Names that no public host has (RFC 2606 2, RFC 6761 6). */
const RESERVED = /(?:^|\.)(?:test|example|invalid|localhost)$/

const ASKED = { origin: KIND.text, user: KIND.options }

/**
 * A Set-Cookie line as Playwright has it.
 * @param {string} line
 * @param {string} host
 */
const toCookie = (line, host) => {
  const [pair = '', ...attributes] = line.split('; ')
  const given = new Map(
    attributes.map((text) => {
      const [name = '', value = ''] = text.split('=')
      return [name.toLowerCase(), value]
    }),
  )
  const at = pair.indexOf('=')
  return {
    name: pair.slice(0, at),
    value: pair.slice(at + 1),
    domain: given.get('domain') ?? host,
    path: given.get('path') ?? '/',
    expires: Math.floor(Date.now() / 1000) + Number(given.get('max-age')),
    httpOnly: given.has('httponly'),
    secure: given.has('secure'),
    sameSite: /** @type {'Lax' | 'Strict' | 'None'} */ (given.get('samesite')),
  }
}

/**
 * Signs somebody in for an end-to-end test, without a provider: the `storageState` of Playwright, whose `cookies` other
 * tools take too. The app under test has the same options. It works for this machine and for hosts that nobody can
 * have, such as `app.test`.
 * @param {import('../types.js').Auth} auth
 * @param {{ origin: string, user: Partial<import('../session.js').Profile> & { provider: string, sub: string },
 *   data?: unknown }} asked `origin`: where the browser opens the app
 * @returns {Promise<{ cookies: ReturnType<typeof toCookie>[], origins: [] }>}
 * @throws {LandfallError} argument_invalid for the origin of a public host; session_off
 */
export const makeStorageState = async (auth, asked) => {
  const { createSession, require } = takeAuth('makeStorageState', auth)
  const { origin = '', user } = readArguments('makeStorageState', asked, ASKED)
  const request = { method: 'GET', url: `${origin}/`, headers: new Headers() }
  // The app's own origin wins: the cookie would be good there.
  const reply = URL.canParse(origin) ? (await /** @type {any} */ (require)[REPLY](request)).reply : undefined
  const host = reply?.origin ? new URL(reply.origin).hostname : ''
  if (!isLoopback(host) && !RESERVED.test(host))
    refuseArgument('makeStorageState', 'origin', {
      name: 'an address of this machine, or of a reserved name such as app.test',
    })
  const { setCookie } = createSession(/** @type {any} */ (request), { user, data: asked.data })
  return { cookies: setCookie.map((line) => toCookie(line, host)), origins: [] }
}
