import { KIND, readArguments } from '../arguments.js'
import { LandfallError } from '../error.js'
import { NOTHING } from '../flow.js'
import { OPERATION, REQUEST, RESPOND, SESSION, STEP } from '../generated/messages.js'
import { field } from '../step.js'
import { makePageCookies } from './cookies.js'

/** The parameters of an authorization response, which are cleaned off the address. */
const PARAMETERS = [
  'code',
  'state',
  'iss',
  'sb_flow_id',
  'error',
  'error_code',
  'error_description',
  'message',
]
/** Those that may stand in the fragment alone. */
const IN_FRAGMENT = ['error', 'error_code', 'error_description', 'message']
/** Supabase's codes; a page may well have another use for `?code=`. */
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

const SIGN_IN = { provider: KIND.text, options: KIND.options }
const SIGN_IN_OPTIONS = {
  redirectTo: KIND.text,
  scopes: KIND.scopes,
  queryParams: KIND.parameters,
  skipBrowserRedirect: KIND.flag,
  next: KIND.text,
}

/** What went wrong, or null. @param {string[]} step */
const errorOf = (step) => {
  const code = field(step, RESPOND.code)
  return code === '' ? null : new LandfallError(code, field(step, RESPOND.message))
}

/** A sign-in that was started, as a RESPOND step tells of it. @param {string} provider */
const makeStarted = (provider) => {
  const step = new Array(RESPOND.header_0).fill('')
  step[RESPOND.route] = 'sign_in'
  step[RESPOND.log] = 'landfall: sign_in ok'
  step[RESPOND.provider] = provider
  return step
}

/** @param {string[]} step */
const setCookies = (step) => {
  const lines = []
  for (let i = RESPOND.header_0; i < step.length; i += 2)
    if (step[i] === 'set-cookie') lines.push(/** @type {string} */ (step[i + 1]))
  return lines
}

/** Whether a page's query is the answer to a sign-in; at the callback it hardly is anything else. @param {URLSearchParams} query @param {boolean} isCallback */
const isResponse = (query, isCallback) => {
  const has = (/** @type {string[]} */ ...names) => names.some((name) => query.has(name))
  if (isCallback) return has('code', 'error', 'error_code', 'message')
  const isCode = UUID.test(query.get('code') ?? '') || (has('code') && has('state', 'sb_flow_id'))
  return isCode || has('error_code') || (has('error') && has('error_description'))
}

/** Takes parameters out of a query and leaves the others as they are written. @param {string} search */
const withoutResponse = (search) => {
  const isOwn = (/** @type {string} */ pair) =>
    !PARAMETERS.includes(new URLSearchParams(pair).keys().next().value ?? '')
  return search.slice(1).split('&').filter(isOwn).join('&')
}

/**
 * The sign-in without a server: the page's address and cookies stand for the request, and what a browser would do with the response
 * is done here. Every function answers `{ data, error }` as supabase-js does, and none of them throws.
 * @param {{ core: import('../core.js').Core, flow: import('../flow.js').Flow, start: Function, report: Function, cookieName: string, isCallback: (path: string) => boolean, signOutPath: string,
 *   storage: 'cookies' | 'localStorage' | undefined }} parts `isCallback`: whether a provider comes back to a path
 */
export const makePage = ({ core, flow, start, report, cookieName, isCallback, signOutPath, storage }) => {
  const cookies = () => makePageCookies(cookieName, storage)

  /** @param {string} method @param {URL} url @returns {import('../request.js').RequestLike} */
  const toRequest = (method, url) => {
    const headers = new Map([
      ['cookie', cookies().read()],
      ['host', url.host],
      ['origin', url.origin],
    ])
    return { method, url: url.href, headers: { get: (name) => headers.get(name) ?? null } }
  }

  const here = () => new URL(/** @type {any} */ (globalThis).location.href)

  /** What was thrown, as an error with a code; the app is told. @param {string} route @param {unknown} cause @param {string} [provider] */
  const fail = (route, cause, provider = '') => {
    const isOurs = cause instanceof LandfallError
    const error = isOurs ? cause : new LandfallError('internal_error')
    try {
      report(core.call(OPERATION.fail, [error.code, route, 'GET', provider]), isOurs ? undefined : cause)
    } catch {}
    return error
  }

  /**
   * Takes the response out of the page's address, also the parts that stand in the fragment, and cleans the address.
   * @returns {{ url: URL, tokens: string } | undefined} nothing when there is no response
   */
  const takeResponse = () => {
    const url = here()
    const clean = here()
    const isAtCallback = isCallback(url.pathname)
    // Supabase just appends its tokens, also to a fragment.
    const at = url.hash.lastIndexOf('#')
    const fragment = new URLSearchParams(url.hash.slice(at + 1))
    const hasTokens = fragment.has('access_token')
    const isTold =
      isAtCallback || ['sb', 'error_code', 'error_description'].some((name) => fragment.has(name))
    const told = IN_FRAGMENT.filter((name) => isTold && fragment.has(name))
    for (const name of told)
      if (!url.searchParams.has(name)) url.searchParams.set(name, /** @type {string} */ (fragment.get(name)))
    // Nobody asks for a code there, so it is not taken; but it is nothing to keep in the history either.
    const hasCode = isAtCallback && fragment.has('code')
    if (hasTokens || told.length > 0 || hasCode) clean.hash = url.hash.slice(0, Math.max(at, 0))
    const isFound = hasTokens || told.length > 0 || isResponse(url.searchParams, isAtCallback)
    if (isFound) clean.search = withoutResponse(clean.search)
    url.hash = ''
    const { history } = /** @type {any} */ (globalThis)
    if (isFound || hasCode) history.replaceState(history.state, '', clean.href)
    return isFound ? { url, tokens: hasTokens ? String(fragment) : '' } : undefined
  }

  /** @param {string} [provider] @param {import('../types.js').OAuthOptions} [asked] */
  const begin = (provider = '', { skipBrowserRedirect = false, ...asked } = {}) => {
    const { url, state, setCookie } = start({ provider, ...asked, request: toRequest('GET', here()) })
    cookies().write(setCookie)
    report(makeStarted(provider))
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
    const begun = /** @type {import('../flow.js').Run} */ (flow.begin(request, route, extra))
    const step = await flow.finish(begun, async (asked) => {
      if (Number(asked[0]) === STEP.session) take?.(asked)
      return NOTHING
    })
    cookies().write(setCookies(step))
    report(step)
    return step
  }

  const none = { session: null, user: null, next: null, redirectType: null }

  /** @param {unknown} asked @returns {Promise<import('../types.js').Completed>} */
  const finish = async (asked) => {
    const { implicit = false } = readArguments('complete', asked, { implicit: KIND.flag })
    const response = takeResponse()
    if (!response) return { data: none, error: null }
    const { url, tokens } = response
    if (tokens !== '' && !implicit) throw new LandfallError('response_type_unexpected')
    let session = null
    let redirectType = null
    const step = await run('callback', toRequest('GET', url), { [REQUEST.fragment]: tokens }, (asked) => {
      session = JSON.parse(field(asked, SESSION.session))
      redirectType = asked[SESSION.redirect_type] || null
    })
    const next = step[RESPOND.next] || null
    const error = errorOf(step)
    if (error) return { data: { ...none, next }, error }
    return {
      data: { session, user: /** @type {any} */ (session)?.user ?? null, next, redirectType },
      error: null,
    }
  }

  /** @type {Promise<import('../types.js').Completed> | undefined} */
  let underway

  return {
    /** @param {{ provider: string, options?: import('../types.js').OAuthOptions }} asked */
    async signInWithOAuth(asked) {
      let provider = ''
      try {
        const { options, ...given } = readArguments('signInWithOAuth', asked, SIGN_IN)
        provider = given.provider ?? ''
        return {
          data: begin(provider, readArguments('signInWithOAuth', options, SIGN_IN_OPTIONS)),
          error: null,
        }
      } catch (error) {
        return { data: { provider, url: null, flowId: null }, error: fail('sign_in', error, provider) }
      }
    },

    /** Whoever asks while a sign-in is being finished gets what it ends in: the address names it no longer. @param {{ implicit?: boolean }} [asked] */
    complete(asked) {
      underway ??= finish(asked)
        .catch((error) => ({ data: none, error: fail('callback', error) }))
        .finally(() => {
          underway = undefined
        })
      return underway
    },

    /** @param {{ scope?: 'global' | 'local' | 'others' }} [asked] */
    async signOut(asked) {
      try {
        const { scope = 'global' } = readArguments('signOut', asked, { scope: KIND.text })
        const url = new URL(signOutPath, here())
        url.searchParams.set('scope', scope)
        return { error: errorOf(await run('sign_out', toRequest('POST', url))) }
      } catch (error) {
        return { error: fail('sign_out', error) }
      }
    },
  }
}
