import { LandfallError } from './error.js'
import { OPERATION, REQUEST, RESPOND } from './generated/messages.js'
import { makePageCookies } from './page-cookies.js'

/** The parameters of an authorization response: what is read of an address, and cleaned off it. */
const PARAMETERS = ['code', 'state', 'iss', 'sb_flow_id', 'error', 'error_code', 'error_description', 'message']

/** A RESPOND step as an error, or null. @param {string[]} step */
const toError = (step) => {
  const code = /** @type {string} */ (step[RESPOND.code])
  return code === '' ? null : new LandfallError(code)
}

/** What was thrown, as an error with a code. @param {unknown} error */
const asError = (error) => (error instanceof LandfallError ? error : new LandfallError('internal_error'))

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

  const here = () => new URL(/** @type {any} */ (globalThis).location.href)

  /**
   * Takes the response out of the page's address, also the parts that stand in the fragment, and cleans the address.
   * @returns {{ url: URL, fragment: string } | undefined} nothing when there is no response
   */
  const takeResponse = () => {
    const url = here()
    const clean = here()
    const fragment = url.hash.slice(1)
    const inFragment = new URLSearchParams(fragment)
    for (const name of PARAMETERS) {
      const value = inFragment.get(name)
      if (value !== null && name !== 'code' && !url.searchParams.has(name)) url.searchParams.set(name, value)
      clean.searchParams.delete(name)
    }
    const isResponse = ['code', 'error', 'error_code', 'message'].some((name) => url.searchParams.has(name))
    const hasTokens = inFragment.has('access_token')
    if (!isResponse && !hasTokens) return undefined
    url.hash = ''
    if (hasTokens || PARAMETERS.some((name) => inFragment.has(name))) clean.hash = ''
    const { history } = /** @type {any} */ (globalThis)
    history.replaceState(history.state, '', clean.href)
    return { url, fragment: hasTokens ? fragment : '' }
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
