/** The response to a sign-in, in the page's address: it is taken out, and the address is cleaned. */
import { LandfallError } from '../error.js'
import { AUTH_CODE } from '../generated/limits.js'
import { RESPONSE_PARAMETERS } from '../generated/response-parameters.js'

/** The parameters that the page also reads from the fragment. */
const IN_FRAGMENT = ['error', 'error_code', 'error_description', 'message']

/** The address of an app without a page, on a device: it has a scheme of its own, and leads nowhere. */
const WITHOUT_PAGE = 'app://localhost/'

/** Whether there is a page; React Native has none. */
export const isPage = () => 'document' in globalThis

/** The page's address. */
export const here = () => new URL(isPage() ? /** @type {any} */ (globalThis).location.href : WITHOUT_PAGE)

/**
 * Whether a page's query is the response to a sign-in; at the callback it hardly is anything else.
 * @param {URLSearchParams} query
 * @param {boolean} isCallback
 */
const isResponse = (query, isCallback) => {
  const has = (/** @type {string[]} */ ...names) => names.some((name) => query.has(name))
  if (isCallback) return has('code', 'error', 'error_code', 'message')
  // A page may well have another use for `?code=`.
  const isCode = AUTH_CODE.test(query.get('code') ?? '') || (has('code') && has('state', 'sb_flow_id'))
  return isCode || has('error_code') || (has('error') && has('error_description'))
}

/**
 * Takes parameters out of a query and leaves the others as they are written.
 * @param {string} search
 */
const withoutResponse = (search) => {
  const isOwn = (/** @type {string} */ pair) =>
    !RESPONSE_PARAMETERS.includes(new URLSearchParams(pair).keys().next().value ?? '')
  return search.slice(1).split('&').filter(isOwn).join('&')
}

/**
 * Finds the response in an address, also the parts that stand in the fragment.
 * @param {URL} address
 * @param {boolean} isAtCallback
 * @returns {{ response?: { url: URL, tokens: string }, clean?: URL }} `response` is missing when there is none, and its
 *   `tokens` is the fragment that has them, or empty; `clean` is the address without what nobody may see, where it has
 *   any
 */
export const findResponse = (address, isAtCallback) => {
  const url = new URL(address)
  const clean = new URL(address)
  // Supabase just appends its tokens, also to a fragment.
  const at = url.hash.lastIndexOf('#')
  const fragment = new URLSearchParams(url.hash.slice(at + 1))
  const hasTokens = fragment.has('access_token')
  const isTold = isAtCallback || ['sb', 'error_code', 'error_description'].some((name) => fragment.has(name))
  const told = IN_FRAGMENT.filter((name) => isTold && fragment.has(name))
  for (const name of told)
    if (!url.searchParams.has(name)) url.searchParams.set(name, /** @type {string} */ (fragment.get(name)))
  // No flow asks for a code in the fragment, so ignore it. Remove it so that the history does not keep it.
  const hasCode = isAtCallback && fragment.has('code')
  if (hasTokens || told.length > 0 || hasCode) clean.hash = url.hash.slice(0, Math.max(at, 0))
  const isFound = hasTokens || told.length > 0 || isResponse(url.searchParams, isAtCallback)
  if (isFound) clean.search = withoutResponse(clean.search)
  url.hash = ''
  return {
    ...(isFound && { response: { url, tokens: hasTokens ? String(fragment) : '' } }),
    ...((isFound || hasCode) && { clean }),
  }
}

/**
 * Takes the response out of the page's address, and cleans the address.
 * @param {(path: string) => boolean} isCallback whether a provider comes back to a path
 * @throws {LandfallError} argument_invalid without a page
 */
export const takeResponse = (isCallback) => {
  if (!isPage())
    throw new LandfallError('argument_invalid', 'complete: an app without a page has to give the link.')
  const address = here()
  const { response, clean } = findResponse(address, isCallback(address.pathname))
  const { history } = /** @type {any} */ (globalThis)
  if (clean) history.replaceState(history.state, '', clean.href)
  return response
}
