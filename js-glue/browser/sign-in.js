import { toRoute } from '../app.js'
import { KIND, readArguments } from '../arguments.js'
import { LandfallError, toError } from '../error.js'
import { OPERATION, REQUEST, RESPOND } from '../generated/messages.js'
import { codeOf, field, makeStep, redirectTypeOf } from '../step.js'
import { here, takeResponse } from './address.js'
import { makePageCookies } from './cookies.js'

/** @typedef {import('./types.js').BrowserAuth} BrowserAuth */
/** @typedef {import('./types.js').Completed} Completed */

const SIGN_IN = { provider: KIND.text, options: KIND.options }
const SIGN_IN_OPTIONS = {
  redirectTo: KIND.text,
  scopes: KIND.scopes,
  queryParams: KIND.parameters,
  skipBrowserRedirect: KIND.flag,
  next: KIND.text,
}

const NOTHING = { session: null, user: null, next: null, redirectType: null }

/**
 * What went wrong, or null.
 * @param {string[]} step
 */
const errorOf = (step) => {
  const code = codeOf(step)
  return code === '' ? null : toError(code, field(step, RESPOND.parameter))
}

/** @param {string[]} step */
const setCookies = (step) => {
  const lines = []
  for (let i = RESPOND.header_0; i < step.length; i += 2)
    if (step[i] === 'set-cookie') lines.push(field(step, i + 1))
  return lines
}

/**
 * The sign-in without a server: the page's address and cookies stand for the request, and what a browser would do with
 * the response is done here. Every function answers `{ data, error }` as supabase-js does, and none of them throws.
 * @param {import('../app.js').App} app
 * @returns {Pick<BrowserAuth, 'signInWithOAuth' | 'complete' | 'signOut'>}
 */
export const makeSignIn = ({ flow, start, report, paths, callbacks, cookieName, options }) => {
  const cookies = () => makePageCookies(cookieName, options.supabase?.storage)

  /**
   * @param {string} method
   * @param {URL} url
   * @returns {import('../request.js').RequestLike}
   */
  const toRequest = (method, url) => {
    const headers = new Map([
      ['cookie', cookies().read()],
      ['host', url.host],
      ['origin', url.origin],
    ])
    return { method, url: url.href, headers: { get: (name) => headers.get(name) ?? null } }
  }

  /**
   * What was thrown, as an error with a code; the app is told.
   * @param {import('../events.js').EventType} type
   * @param {unknown} cause
   * @param {string} [provider]
   */
  const fail = (type, cause, provider) => {
    const isOurs = cause instanceof LandfallError
    const error = isOurs ? cause : new LandfallError('internal_error')
    report(type, makeStep(error.code, provider), isOurs ? undefined : cause)
    return error
  }

  /**
   * @param {string} provider
   * @param {Record<string, any>} asked SIGN_IN_OPTIONS, as they are read
   */
  const begin = (provider, { skipBrowserRedirect = false, ...asked }) => {
    const { url, state, setCookie } = start({ ...asked, provider, request: toRequest('GET', here()) })
    cookies().write(setCookie)
    report('sign_in', makeStep('', provider))
    if (!skipBrowserRedirect) /** @type {any} */ (globalThis).location.assign(url)
    return { provider, url, flowId: state }
  }

  /**
   * @param {unknown} asked
   * @returns {Promise<Completed>}
   */
  const finish = async (asked) => {
    const { implicit = false } = readArguments('complete', asked, { implicit: KIND.flag })
    const response = takeResponse((path) => callbacks.has(toRoute(path)))
    if (!response) return { data: NOTHING, error: null }
    const { url, tokens } = response
    if (tokens !== '' && !implicit) throw new LandfallError('response_type_unexpected')
    const step = await flow.run(OPERATION.callback, toRequest('GET', url), { [REQUEST.fragment]: tokens })
    cookies().write(setCookies(step))
    report('callback', step)
    const next = field(step, RESPOND.next) || null
    const json = field(step, RESPOND.session)
    if (json === '') return { data: { ...NOTHING, next }, error: errorOf(step) }
    const session = JSON.parse(json)
    const user = session.user ?? null
    return { data: { session, user, next, redirectType: redirectTypeOf(step) }, error: null }
  }

  /** @type {Promise<Completed> | undefined} */
  let underway

  return {
    async signInWithOAuth(asked) {
      let provider = ''
      try {
        const { options, ...given } = readArguments('signInWithOAuth', asked, SIGN_IN)
        provider = given.provider ?? ''
        const more = readArguments('signInWithOAuth', options, SIGN_IN_OPTIONS)
        return { data: begin(provider, more), error: null }
      } catch (error) {
        return { data: { provider, url: null, flowId: null }, error: fail('sign_in', error, provider) }
      }
    },

    // Whoever asks while a sign-in is being finished gets what it ends in: the address names it no longer.
    complete(asked) {
      underway ??= finish(asked)
        .catch((error) => ({ data: NOTHING, error: fail('callback', error) }))
        .finally(() => {
          underway = undefined
        })
      return underway
    },

    async signOut(asked) {
      try {
        const { scope = 'global' } = readArguments('signOut', asked, { scope: KIND.text })
        const url = new URL(paths.signOut, here())
        url.searchParams.set('scope', scope)
        const step = await flow.run(OPERATION.sign_out, toRequest('POST', url))
        cookies().write(setCookies(step))
        report('sign_out', step)
        return { error: errorOf(step) }
      } catch (error) {
        return { error: fail('sign_out', error) }
      }
    },
  }
}
