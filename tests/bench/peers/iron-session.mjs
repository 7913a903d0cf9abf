// oauth4webapi with iron-session: transaction and session in sealed cookies.
import { getIronSession } from 'iron-session'
import { next, secret } from '../app.mjs'
import { redirect, safeNext } from '../glue.mjs'
import { beginSignIn, redeem } from './oauth4webapi.mjs'

const cookieOptions = { secure: true, sameSite: 'lax', path: '/' }
const transactionOptions = { cookieName: 'oauth', password: secret, ttl: 600, cookieOptions }
const sessionOptions = { cookieName: 'session', password: secret, cookieOptions }

/** @param {(tokens: object) => object} choose what the session keeps @returns {(app: import('../app.mjs').App) => any} */
export const makePeerWith = (choose) => (app) => ({
  async start() {
    const response = new Response()
    const request = new Request(`${app.origin}/login`)
    const transaction = await getIronSession(request, response, transactionOptions)
    const { url, state, codeVerifier } = await beginSignIn(app)
    Object.assign(transaction, { state, codeVerifier, next })
    await transaction.save()
    return { url, setCookie: response.headers.getSetCookie() }
  },
  async callback(request) {
    const kept = new Response()
    const transaction = await getIronSession(request, kept, transactionOptions)
    const session = await getIronSession(request, kept, sessionOptions)
    Object.assign(session, choose(await redeem(app, request, transaction)))
    await session.save()
    const location = safeNext(transaction.next, app.origin)
    transaction.destroy()
    return redirect(location, kept.headers.getSetCookie())
  },
})

export const makePeer = makePeerWith((tokens) => tokens)
