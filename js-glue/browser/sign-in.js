import { toRoute } from '../app.js'
import { KIND, readArguments } from '../arguments.js'
import { LandfallError } from '../error.js'
import { NO_RESULT } from '../flow.js'
import * as OPERATION from '../generated/messages/operation.js'
import * as REQUEST from '../generated/messages/request.js'
import * as RESPOND from '../generated/messages/respond.js'
import * as SESSION from '../generated/messages/session.js'
import * as STEP from '../generated/messages/step.js'
import { readRequest } from '../request.js'
import { field, redirectTypeOf, toError } from '../step.js'
import { findResponse, here, isPage, takeResponse } from './address.js'
import { announce } from './announce.js'

/** @typedef {import('./types.js').BrowserAuth} BrowserAuth */
/** @typedef {import('./types.js').Completed} Completed */

/**
 * Where the cookies are kept: those of a page, or a storage of the app.
 * @typedef {object} PageCookies
 * @property {() => string | Promise<string>} read a Cookie header
 * @property {(lines: string[]) => void | Promise<void>} write takes Set-Cookie lines
 * @property {() => boolean | Promise<boolean>} hasSession whether Supabase's session is there
 */

const SIGN_IN = { provider: KIND.text, options: KIND.options }
const SIGN_IN_OPTIONS = {
  redirectTo: KIND.text,
  scopes: KIND.scopes,
  queryParams: KIND.parameters,
  skipBrowserRedirect: KIND.flag,
  next: KIND.text,
}

const COMPLETE = { implicit: KIND.flag, url: KIND.text }

const NOTHING = { session: null, user: null, next: null, redirectType: null }

/**
 * The error of a RESPOND step, or null.
 * @param {string[]} step
 */
const errorOf = (step) => (field(step, RESPOND.code) === '' ? null : toError(step))

/**
 * A sign-in that was started, as a RESPOND step tells of it.
 * @param {string} provider
 * @param {string} log
 */
const makeStarted = (provider, log) => {
  const step = new Array(RESPOND.header_0).fill('')
  step[RESPOND.route] = 'sign_in'
  step[RESPOND.log] = log
  step[RESPOND.provider] = provider
  return step
}

/** @param {string[]} step */
const setCookies = (step) => {
  const lines = []
  for (let i = RESPOND.header_0; i < step.length; i += 2)
    if (step[i] === 'set-cookie') lines.push(field(step, i + 1))
  return lines
}

/**
 * The sign-in without a server: the page's address and cookies stand for the request, and this code handles the
 * response like a browser. Every function returns its `error` as supabase-js does, and none of them throws.
 * @param {import('../app.js').App} app
 * @param {() => PageCookies} cookies
 * @returns {Pick<BrowserAuth, 'signInWithOAuth' | 'complete' | 'signOut'>}
 */
export const makeSignIn = (
  { core, flow, start, report, signOutPath, callbackPath, callbacks, cookieName },
  cookies,
) => {
  /**
   * @param {string} method
   * @param {URL} url
   * @returns {Promise<import('../request.js').RequestLike>}
   */
  const toRequest = async (method, url) => {
    const headers = new Map([
      ['cookie', await cookies().read()],
      ['host', url.host],
      // The origin of a URL with another scheme than http(s) is `null`.
      ['origin', `${url.protocol}//${url.host}`],
    ])
    return { method, url: url.href, headers: { get: (name) => headers.get(name) ?? null } }
  }

  /**
   * Turns a thrown value into an error with a code, and tells the app.
   * @param {string} route
   * @param {unknown} cause
   * @param {string} [provider]
   */
  const fail = (route, cause, provider = '') => {
    const isOurs = cause instanceof LandfallError
    const error = isOurs ? cause : new LandfallError('internal_error')
    try {
      report(core.call(OPERATION.fail, [error.code, route, 'GET', provider]), isOurs ? undefined : cause)
    } catch {}
    return error
  }

  /**
   * @param {string} provider
   * @param {Record<string, any>} asked SIGN_IN_OPTIONS, as they are read
   */
  const begin = async (provider, { skipBrowserRedirect = !isPage(), ...asked }) => {
    const request = await toRequest('GET', here())
    const { url, state, log, setCookie } = start({ ...asked, provider, request })
    await cookies().write(setCookie)
    report(makeStarted(provider, log))
    if (!skipBrowserRedirect) /** @type {any} */ (globalThis).location.assign(url)
    return { provider, url, flowId: state }
  }

  /**
   * Runs a route, writes its cookies, and tells the app.
   * @param {string} route
   * @param {import('../request.js').RequestLike} request
   * @param {Record<number, import('../message.js').Field>} [extra] more fields of REQUEST
   * @param {(step: string[]) => void} [take] takes the SESSION step of a sign-in
   * @returns {Promise<string[]>} RESPOND
   */
  const run = async (route, request, extra, take) => {
    const begun = /** @type {import('../flow.js').Run} */ (
      flow.begin(request, Object.assign(readRequest(request, route), extra))
    )
    const step = await flow.finish(begun, async (asked) => {
      if (Number(asked[0]) === STEP.session) take?.(asked)
      return NO_RESULT
    })
    await cookies().write(setCookies(step))
    report(step, undefined, begun.asked)
    return step
  }

  /**
   * @param {string | undefined} link
   * @param {boolean} implicit
   * @returns {Promise<Completed>}
   */
  const finish = async (link, implicit) => {
    const response =
      link === undefined
        ? takeResponse((path) => callbacks.has(toRoute(path)))
        : findResponse(toCallback(link), true).response
    if (!response) return { data: NOTHING, error: null }
    const { url, tokens } = response
    if (tokens !== '' && !implicit) throw new LandfallError('response_type_unexpected')
    /** @type {any} */
    let session = null
    /** @type {import('../types.js').RedirectType} */
    let redirectType = null
    const step = await run(
      'callback',
      await toRequest('GET', url),
      { [REQUEST.fragment]: tokens },
      (asked) => {
        session = JSON.parse(field(asked, SESSION.session))
        redirectType = redirectTypeOf(asked)
      },
    )
    const next = field(step, RESPOND.next) || null
    const error = errorOf(step)
    if (error) return { data: { ...NOTHING, next }, error }
    const user = session?.user ?? null
    if (user) {
      const { profile, ...stored } = session
      announce(cookieName, redirectType === 'recovery' ? 'PASSWORD_RECOVERY' : 'SIGNED_IN', stored)
    }
    return { data: { session, user, next, redirectType }, error: null }
  }

  /**
   * A deep link as an address of the callback: its scheme and host are the app's own.
   * @param {string} link
   */
  const toCallback = (link) => {
    const url = new URL(callbackPath, here())
    try {
      const { search, hash } = new URL(link)
      return Object.assign(url, { search, hash })
    } catch {
      throw new LandfallError('argument_invalid', 'complete: `url` must be a complete URL.')
    }
  }

  /**
   * The sign-ins that finish, by their link; the one in the page's own address has none.
   * @type {Map<string | undefined, Promise<Completed>>}
   */
  const underway = new Map()

  return {
    async signInWithOAuth(asked) {
      let provider = ''
      try {
        const { options, ...given } = readArguments('signInWithOAuth', asked, SIGN_IN)
        provider = given.provider ?? ''
        const more = readArguments('signInWithOAuth', options, SIGN_IN_OPTIONS)
        return { data: await begin(provider, more), error: null }
      } catch (error) {
        return { data: { provider, url: null, flowId: null }, error: fail('sign_in', error, provider) }
      }
    },

    async complete(asked) {
      const failed = (/** @type {unknown} */ error) => ({ data: NOTHING, error: fail('callback', error) })
      try {
        const given = typeof asked === 'string' ? { url: asked } : asked
        const { implicit = false, url: link } = readArguments('complete', given, COMPLETE)
        // A call while the same sign-in finishes gets the same result: its response is used, or no longer there.
        if (!underway.has(link))
          underway.set(
            link,
            finish(link, implicit)
              .catch(failed)
              .finally(() => underway.delete(link)),
          )
        return await /** @type {Promise<Completed>} */ (underway.get(link))
      } catch (error) {
        return failed(error)
      }
    },

    async signOut(asked) {
      try {
        const { scope = 'global' } = readArguments('signOut', asked, { scope: KIND.text })
        const url = new URL(signOutPath, here())
        url.searchParams.set('scope', scope)
        const step = await run('sign_out', await toRequest('POST', url))
        // `others` keeps this browser's session, and so does a sign-out that is refused.
        if (!(await cookies().hasSession())) announce(cookieName, 'SIGNED_OUT', null)
        return { error: errorOf(step) }
      } catch (error) {
        return { error: fail('sign_out', error) }
      }
    },
  }
}
