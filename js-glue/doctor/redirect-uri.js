/**
 * Whether the provider comes back to the app's redirect_uri, and to no other. A provider that takes a sibling brings a
 * code to the callback of another provider, and with it to whoever that provider is (RFC 9700 4.4).
 */
import { isTwin, mayAsk, parseAddress } from './address.js'
import { ask, NAVIGATION } from './ask.js'

/** @typedef {import('./findings.js').Findings} Findings */
/** @typedef {import('./app.js').App} App */
/** @typedef {import('./sign-in.js').Started} Started */

/** A path and a response_type that do not exist. */
const NOBODY = 'landfall-doctor'

/**
 * Asks for an authorization that cannot succeed. Its error goes to the redirect_uri, unless that is not registered:
 * then there is no redirect (RFC 6749 4.1.2.1).
 * @param {URL} endpoint
 * @param {string} redirectUri
 * @returns {Promise<'accepted' | 'refused' | 'open' | 'silent'>}
 */
const tryRedirect = async (endpoint, redirectUri) => {
  const url = new URL(endpoint)
  const { searchParams } = url
  searchParams.set('redirect_uri', redirectUri)
  // An OpenID provider has a request of its own that shows nothing and fails.
  if (/\bopenid\b/.test(searchParams.get('scope') ?? '')) searchParams.set('prompt', 'none')
  else searchParams.set('response_type', NOBODY)
  const { status, location } = await ask(url, NAVIGATION)
  if (status === 0) return 'silent'
  if (status >= 400) return 'refused'
  return status >= 300 && location.startsWith(redirectUri) ? 'accepted' : 'open'
}

/** How providers say that an address is not registered, in the words of their pages and as an error code. */
const NOT_REGISTERED = /redirect[_ -]?ur[il]s?\b(?!=|%3D)|callback url/i
/** Entra ID has no status for it. */
const ENTRA_MISMATCH = 'AADSTS50011'
const MISMATCH = /[?&#]error=redirect_uri_mismatch\b/

/**
 * Whether the provider refuses the app's own request, and names the address as the reason.
 * @param {URL} endpoint
 */
const isUnknown = async (endpoint) => {
  const { status, location, text } = await ask(endpoint, NAVIGATION)
  if (MISMATCH.test(location) || text.includes(ENTRA_MISMATCH)) return true
  return status >= 400 && status < 500 && status !== 429 && NOT_REGISTERED.test(text)
}

/**
 * The same address by the other name of this machine, if the provider comes back to that one.
 * @param {URL} endpoint
 * @param {URL} own
 */
const findTwin = async (endpoint, own) => {
  const twin = new URL(own)
  twin.hostname = own.hostname === 'localhost' ? '127.0.0.1' : 'localhost'
  return isTwin(own, twin) && (await tryRedirect(endpoint, twin.href)) === 'accepted' ? twin : undefined
}

/**
 * Looks at how the provider matches a direct sign-in's redirect_uri. It says nothing where the provider does not tell:
 * many ask people to sign in first.
 * @param {Findings} findings
 * @param {App} app
 * @param {Started} started
 */
export const checkRedirectUri = async (findings, app, { endpoint, told, isDirect }) => {
  const own = parseAddress(told)
  if (!isDirect || !own || !mayAsk(app.origin, endpoint)) return
  const known = `${app.provider} knows the app’s address`
  const first = await tryRedirect(endpoint, told)
  if (first === 'accepted') findings.fine('redirect-known', known)
  else if (first !== 'silent' && (await isUnknown(endpoint))) {
    const twin = await findTwin(endpoint, own)
    return findings.wrong(
      'redirect-known',
      known,
      `It refuses the redirect_uri ${told}.` +
        (twin ? ` It takes ${twin.href}, to which browsers do not send the cookies of ${own.hostname}.` : ''),
      `Register exactly ${told} at ${app.provider}${twin ? `, or open the app at ${twin.origin}` : ''}.`,
    )
  }
  // If the provider also refuses the app's own address, it refuses for another reason.
  if (['refused', 'silent'].includes(first)) return
  const title = `${app.provider} comes back only to the registered address`
  const sibling = new URL(NOBODY, own).href
  const verdict = await tryRedirect(endpoint, sibling)
  if (verdict === 'accepted')
    return findings.wrong(
      'redirect-uri',
      title,
      `It comes back to any address that begins with ${new URL('.', own).href.slice(0, -1)}, such as ${sibling}.`,
      `Register the full address ${told} at the provider, ` +
        `and remove shorter ones, such as ${app.origin}${app.callback}.`,
    )
  // Some providers always match by prefix. No Landfall callback is a prefix of another.
  if ((await tryRedirect(endpoint, `${own.origin}${own.pathname}/${NOBODY}`)) === 'accepted')
    return findings.unsure(
      'redirect-uri',
      title,
      `It comes back to any address that begins with ${told}: let no other route answer below it.`,
    )
  if (verdict === 'refused') findings.fine('redirect-uri', title)
}
