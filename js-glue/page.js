import { LandfallError } from './error.js'
import { OPERATION, REQUEST, RESPOND } from './generated/messages.js'
import { makePageCookies } from './page-cookies.js'

/** The parameters of an authorization response, which are cleaned off the address. */
const PARAMETERS = ['code', 'state', 'iss', 'sb_flow_id', 'error', 'error_code', 'error_description', 'message']
/** Those that may stand in the fragment alone. */
const IN_FRAGMENT = ['error', 'error_code', 'error_description', 'message']
/** Supabase's codes; a page may well have another use for `?code=`. */
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** A RESPOND step as an error, or null. @param {string[]} step */
const toError = (step) => {
  const code = /** @type {string} */ (step[RESPOND.code])
  return code === '' ? null : new LandfallError(code)
}

/** What was thrown, as an error with a code. @param {unknown} error */
const asError = (error) => (error instanceof LandfallError ? error : new LandfallError('internal_error'))

/** An outcome that the core has no part in, as a RESPOND step. @param {string} code @param {string} [provider] */
const toStep = (code, provider = '') => {
  const step = new Array(RESPOND.header_0).fill('')
  step[RESPOND.code] = code
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

/**
 * The sign-in without a server: the page's address and cookies stand for the request, and what a browser would do with the response
 * is done here. Every function answers `{ data, error }` as supabase-js does, and none of them throws.
 * @param {{ flow: import('./flow.js').Flow, start: Function, report: Function, cookieName: string,
 *   paths: { callback: string, signOut: string }, options: import('./types.js').Options }} parts
 */
export const makePage = ({ flow, start, report, cookieName, paths, options }) => {
  const cookies = () => makePageCookies(cookieName, options.supabase?.storage)

  /** @param {string} method @param {URL} url @returns {import('./request.js').RequestLike} */
  const toRequest = (method, url) => {
    const headers = new Map([
      ['cookie', cookies().read()],
      ['host', url.host],
      ['origin', url.origin],
    ])
    return { method, url: url.href, headers: { get: (name) => headers.get(name) ?? null } }
  }

  /** What was thrown, told to the app. @param {string} type @param {unknown} error @param {string} [provider] */
  const fail = (type, error, provider) => {
    const told = asError(error)
    report(type, toStep(told.code, provider), told === error ? undefined : error)
    return told
  }

  const here = () => new URL(/** @type {any} */ (globalThis).location.href)

  /** Whether these are the answer to a sign-in: all of them are at the callback, elsewhere only what a page has for nothing else. @param {URL} url @param {URLSearchParams} fragment */
  const isResponse = ({ pathname, searchParams }, fragment) => {
    const code = searchParams.get('code')
    const has = (/** @type {string} */ name) => searchParams.has(name)
    if (pathname === paths.callback) return ['code', 'error', 'error_code', 'message'].some(has)
    if (code !== null && (UUID.test(code) || has('state') || has('sb_flow_id'))) return true
    return has('error_code') || (has('error') && has('error_description')) || fragment.has('message')
  }

  /**
   * Takes the response out of the page's address, also the parts that stand in the fragment, and cleans the address.
   * @returns {{ url: URL, tokens: string } | undefined} nothing when there is no response
   */
  const takeResponse = () => {
    const url = here()
    const clean = here()
    // Supabase appends its tokens, and does not mind a fragment that is there.
    const [, before = '', fragment = ''] = /^(?:#(?:(.*)#)?(.*))?$/.exec(url.hash) ?? []
    const inFragment = new URLSearchParams(fragment)
    const hasTokens = inFragment.has('access_token')
    const told = inFragment.has('sb') || inFragment.has('error') ? IN_FRAGMENT : []
    for (const name of told) {
      const value = inFragment.get(name)
      if (value === null) inFragment.delete(name)
      else if (!url.searchParams.has(name)) url.searchParams.set(name, value)
    }
    if (!hasTokens && !isResponse(url, inFragment)) return undefined
    url.hash = ''
    if (hasTokens || told.length > 0) clean.hash = before
    // Pair by pair, so that the page's own are not written anew.
    const own = (/** @type {string} */ pair) =>
      !PARAMETERS.includes([...new URLSearchParams(pair).keys()][0] ?? '')
    clean.search = clean.search.slice(1).split('&').filter(own).join('&')
    const { history } = /** @type {any} */ (globalThis)
    history.replaceState(history.state, '', clean.href)
    return { url, tokens: hasTokens ? fragment : '' }
  }

  return {
    /** @param {{ provider: string, options?: import('./types.js').OAuthOptions }} asked */
    async signInWithOAuth({ provider, options: { skipBrowserRedirect, ...asked } = {} }) {
      try {
        const { url, state, setCookie } = start({ provider, ...asked }, toRequest('GET', here()))
        cookies().write(setCookie)
        if (!skipBrowserRedirect) /** @type {any} */ (globalThis).location.assign(url)
        return { data: { provider, url, flowId: state }, error: null }
      } catch (error) {
        return { data: { provider, url: null, flowId: null }, error: asError(error) }
      }
    },

    /** @param {{ implicit?: boolean }} [asked] */
    async complete({ implicit = false } = {}) {
      const none = { session: null, user: null, next: null, redirectType: null }
      try {
        const response = takeResponse()
        if (!response) return { data: none, error: null }
        if (response.fragment !== '' && !implicit) throw new LandfallError('response_type_unexpected')
        const step = await flow.run(OPERATION.callback, toRequest('GET', response.url), {
          [REQUEST.fragment]: response.fragment,
        })
        cookies().write(setCookies(step))
        report('callback', step)
        const next = step[RESPOND.next] || null
        const json = /** @type {string} */ (step[RESPOND.session])
        if (json === '') return { data: { ...none, next }, error: toError(step) }
        const session = JSON.parse(json)
        const redirectType = step[RESPOND.redirect_type] || null
        return { data: { session, user: session.user ?? null, next, redirectType }, error: null }
      } catch (error) {
        return { data: none, error: asError(error) }
      }
    },

    /** @param {{ scope?: 'global' | 'local' | 'others' }} asked */
    async signOut({ scope = 'global' }) {
      try {
        const url = new URL(paths.signOut, here())
        url.searchParams.set('scope', scope)
        const step = await flow.run(OPERATION.sign_out, toRequest('POST', url))
        cookies().write(setCookies(step))
        report('sign_out', step)
        return { error: toError(step) }
      } catch (error) {
        return { error: asError(error) }
      }
    },
  }
}
