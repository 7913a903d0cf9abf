import { cookies, headers } from 'next/headers'
import { NextResponse } from 'next/server'
import { refuseArgument } from '../arguments.js'
import { toRequest } from '../server/handler.js'
import { REPLY, toResponse } from '../server/reply.js'
import { takeAuth } from '../server/take-auth.js'
import { withOrigin } from './absolute.js'
import { maySetCookies, setCookies } from './cookies.js'

/** @typedef {import('../types.js').Auth} Auth */

/**
 * The request that is being answered.
 * @returns {Promise<any>}
 */
const findRequest = async () => ({ headers: await headers(), method: 'GET', url: '/' })

/**
 * Who is signed in, in a Server Component, a server action or a route. A component cannot renew the session's cookie:
 * `protect` does.
 * @param {Auth} auth
 * @returns {Promise<import('../session.js').SignedInSession | null>}
 * @throws {LandfallError} argument_invalid for anything but the result of createAuth
 */
export const getSession = async (auth) => {
  const { getSession } = takeAuth('getSession', auth)
  return getSession(await findRequest()).session
}

/**
 * Who is signed in, verified as `auth.getUser` does it; null for nobody. In a server action and in a route it sets the
 * cookies that keep the session. A Server Component cannot set any, and a refresh token that Supabase has replaced
 * would be lost there: so it renews nothing, and a session that has to be renewed first is nobody's. `protect` renews
 * it beforehand.
 * @param {Auth} auth
 * @returns {Promise<import('../session.js').Profile | null>}
 * @throws {LandfallError} argument_invalid, session_off, session_unavailable, and what a server that is down brings
 */
export const getUser = async (auth) => {
  const { [REPLY]: verify } = /** @type {any} */ (takeAuth('getUser', auth).getUser)
  const request = await findRequest()
  const store = await cookies()
  const maySet = maySetCookies(store)
  const keep = (/** @type {string[]} */ setCookie) => maySet && setCookies(store, setCookie)
  try {
    const { session, setCookie } = await verify(request, maySet)
    keep(setCookie)
    return session?.user ?? null
  } catch (error) {
    const { setCookie } = Object(error)
    if (Array.isArray(setCookie)) keep(setCookie)
    throw error
  }
}

/**
 * All routes in `proxy.ts` (`middleware.ts` before Next 16), and who may open the pages behind it:
 * `export const proxy = protect(auth, (request) => request.nextUrl.pathname.startsWith('/account'))`. It renews the
 * session of every request that it sees, also one of Supabase's. People who are not signed in go to the sign-in, and
 * come back. A request for which `isProtected` gives neither true nor false gets an error.
 * @template {Request} R
 * @param {Auth} auth
 * @param {(request: R) => boolean | Promise<boolean>} isProtected
 * @returns {(request: R) => Promise<Response>}
 * @throws {LandfallError} argument_invalid
 */
export const protect = (auth, isProtected) => {
  const { handle, require, getSession, getAccessToken } = takeAuth('protect', auth)
  if (typeof isProtected !== 'function') refuseArgument('protect', 'isProtected', { name: 'a function' })
  const { [REPLY]: serve } = /** @type {any} */ (handle)
  const { [REPLY]: ask } = /** @type {any} */ (require)
  /**
   * The cookies that keep a session, for a page that everybody sees. Supabase's access token is renewed before its end:
   * a server that is down renews nothing.
   * @param {any} request
   */
  const renew = async (request) => {
    const found = getSession(request)
    return found.session?.verified === false
      ? getAccessToken(request).catch(({ setCookie = [] }) => ({ setCookie }))
      : found
  }
  /**
   * A forgotten `return` must not open a page.
   * @param {any} request
   * @returns {Promise<boolean>}
   */
  const asksWho = async (request) => {
    const answer = await isProtected(request)
    return typeof answer === 'boolean'
      ? answer
      : refuseArgument('isProtected', 'its result', { name: 'true or false' })
  }
  return async (request) => {
    const taken = toRequest(request)
    if (typeof (/** @type {any} */ (request).cookies?.set) !== 'function')
      refuseArgument('protect', 'request', { name: 'a NextRequest' })
    const served = await serve(taken)
    const found = served
      ? { reply: served }
      : (await asksWho(request))
        ? await ask(taken)
        : await renew(taken)
    if (found.reply) return toResponse(withOrigin(found.reply, taken.url))
    // What comes after sees the renewed cookies too.
    setCookies(/** @type {any} */ (request).cookies, found.setCookie)
    const response = NextResponse.next({ request })
    for (const line of found.setCookie) response.headers.append('set-cookie', line)
    return response
  }
}
