// The JavaScript around a library that stops at the tokens: cookies, the check of `next`, the redirect.
import { parseCookie, stringifySetCookie } from 'cookie'
import { next } from './app.mjs'

const TRANSACTION = '__Host-oauth'
const SESSION = 'session'
const CHUNK = 3180
const attributes = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' }

/** @param {string} name @param {string} value @param {number} [maxAge] seconds */
export const writeCookie = (name, value, maxAge) => stringifySetCookie({ name, value, maxAge, ...attributes })

/** @param {Request} request */
export const readCookies = (request) => parseCookie(request.headers.get('cookie') ?? '')

/** The cookie that keeps a sign-in under way. @param {string} state @param {string} codeVerifier */
export const writeTransaction = (state, codeVerifier) =>
  writeCookie(TRANSACTION, JSON.stringify({ state, codeVerifier, next }), 600)

/** @param {Request} request @returns {{ state: string, codeVerifier: string, next: string }} */
export const readTransaction = (request) => JSON.parse(readCookies(request)[TRANSACTION])

/** The session as base64url, in as many cookies as it takes. @param {string} json */
export const writeSession = (json) => {
  const text = Buffer.from(json).toString('base64url')
  if (text.length <= CHUNK) return [writeCookie(SESSION, text)]
  const cookies = []
  for (let at = 0; at < text.length; at += CHUNK)
    cookies.push(writeCookie(`${SESSION}.${cookies.length}`, text.slice(at, at + CHUNK)))
  return cookies
}

/** @param {string} target @param {string} origin */
export const safeNext = (target, origin) => {
  const url = new URL(target, origin)
  return url.origin === origin ? url.pathname + url.search + url.hash : '/'
}

/** @param {string} location @param {string[]} cookies */
export const redirect = (location, cookies) => {
  const response = new Response(null, { status: 303, headers: { location } })
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}

/** The end of a callback: the session is kept, the transaction is over. @param {{ next: string }} transaction @param {object} session @param {string} origin */
export const finish = (transaction, session, origin) =>
  redirect(safeNext(transaction.next, origin), [
    writeCookie(TRANSACTION, '', 0),
    ...writeSession(JSON.stringify(session)),
  ])
