import { readBytes } from './body.js'
import * as FETCH from './generated/messages/fetch.js'

/** @typedef {import('./transport.js').FetchResult} FetchResult */

/**
 * @param {string} failure
 * @param {unknown} [cause]
 * @returns {FetchResult}
 */
const failed = (failure, cause) => ({
  failure,
  status: '',
  contentType: '',
  body: '',
  cause,
  causeName: nameOf(cause),
})

/** An authority that OpenSSL, BoringSSL or rustls does not know. An expired certificate is another failure. */
const UNTRUSTED = new RegExp(
  'SELF.SIGNED|UNABLE.TO.(VERIFY|GET).*(LEAF|ISSUER|CERT)|CERT_(UNTRUSTED|REJECTED|CHAIN_TOO_LONG|SIGNATURE_FAILURE)' +
    '|UnknownIssuer|invalid peer certificate: (?!.*(expired|not.?valid|revoked))',
  'i',
)

/** More is not read of the words of an error: a server chooses some of them. */
const MAX_WORDS_LENGTH = 200

/**
 * The runtime's own name for a failure, such as `ENOTFOUND`. fetch wraps the error of its connection.
 * @param {any} thrown
 * @returns {string}
 */
const nameOf = (thrown) => {
  try {
    for (const { code, name } of [thrown?.cause ?? {}, thrown ?? {}]) {
      if (typeof code === 'string') return code.slice(0, MAX_WORDS_LENGTH)
      if (typeof name === 'string' && !/^(Type)?Error$/.test(name)) return name.slice(0, MAX_WORDS_LENGTH)
    }
  } catch {} // the app's own fetch may throw anything
  return ''
}

/**
 * @param {any} thrown by fetch
 * @returns {FetchResult}
 */
const unreachable = (thrown) => {
  const result = failed('network', thrown)
  let words = String(result.causeName)
  try {
    // Deno has the reason in the inner message alone.
    for (const error of [thrown, thrown?.cause])
      words += ` ${String(error?.message).slice(0, MAX_WORDS_LENGTH)}`
  } catch {}
  return UNTRUSTED.test(words) ? { ...result, failure: 'tls' } : result
}

/**
 * The members of a response that are read. The app's own fetch may have made the response.
 * @typedef {Pick<Response, 'status' | 'headers' | 'body' | 'redirected' | 'url'>} ResponseLike
 */

/**
 * The options for fetch. They have no prototype, so members of Object.prototype do not reach fetch.
 * @param {string[]} step
 * @param {AbortSignal} signal
 * @returns {RequestInit}
 */
const toInit = (step, signal) => {
  const headers = Object.create(null)
  for (let i = FETCH.header_0; i < step.length; i += 2) headers[/** @type {string} */ (step[i])] = step[i + 1]
  const method = /** @type {string} */ (step[FETCH.method])
  const init = Object.assign(Object.create(null), { method, headers, redirect: 'manual', signal })
  // An empty text would bring a Content-Type along.
  if (method !== 'GET' && step[FETCH.body] !== '') init.body = step[FETCH.body]
  // Browsers send cookies by default; workerd throws when this option is set.
  if ('credentials' in Request.prototype) init.credentials = 'omit'
  return init
}

/**
 * An address as it is asked for: without its fragment.
 * @param {string} url
 */
const withoutFragment = (url) => {
  const asked = new URL(url)
  asked.hash = ''
  return asked.href
}

/**
 * A redirect that is not followed is status 0 in browsers and a readable 3xx on servers. If fetch follows a redirect
 * although it must not, `redirected` or the final address shows that.
 * @param {Pick<Response, 'status' | 'redirected' | 'url'>} response
 * @param {string} url the address of the request
 */
const isRedirect = ({ status, redirected, url: final }, url) =>
  status === 0 ||
  (status >= 300 && status < 400) ||
  redirected === true ||
  (final !== undefined && final !== '' && withoutFragment(final) !== withoutFragment(url))

/**
 * @param {string[]} step
 * @param {typeof globalThis.fetch} send
 * @param {AbortController} controller
 * @returns {Promise<FetchResult>}
 */
const readResponse = async (step, send, controller) => {
  const url = /** @type {string} */ (step[FETCH.url])
  // Read each member once, so that what is checked is what is used.
  const {
    status,
    headers,
    body,
    redirected,
    url: final,
  } = /** @type {ResponseLike} */ (await send(url, toInit(step, controller.signal)))
  // For a 205 or 304, Node exposes no body to cancel, and keeps the connection while the body does not end.
  if (!body) controller.abort()
  if (!Number.isInteger(status)) throw new TypeError('no status')
  if (isRedirect({ status, redirected, url: final }, url)) {
    body?.cancel().catch(() => {})
    return { ...failed('redirect'), status: String(status) }
  }
  const contentType = headers.get('content-type') ?? ''
  const retryAfter = headers.get('retry-after') ?? ''
  if (typeof contentType !== 'string' || typeof retryAfter !== 'string') throw new TypeError('no header')
  const bytes = await readBytes(body, Number(step[FETCH.max_bytes]), controller.signal)
  if (!bytes) return { ...failed('too_large'), status: String(status) }
  return { failure: '', status: String(status), contentType, body: bytes, retryAfter, at: Date.now() }
}

/**
 * Carries out a FETCH step: the response, or the deadline, since the app's own fetch may ignore the signal. A failure
 * is a result too.
 * @param {string[]} step
 * @param {typeof globalThis.fetch} send
 * @returns {Promise<FetchResult>}
 */
export const exchange = (step, send) => {
  const controller = new AbortController()
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve(failed('timeout', new DOMException('The deadline passed.', 'TimeoutError')))
      controller.abort()
    }, Number(step[FETCH.deadline]))
    const settle = (/** @type {FetchResult} */ result) => {
      clearTimeout(timer)
      resolve(result)
    }
    readResponse(step, send, controller).then(settle, (thrown) => settle(unreachable(thrown)))
  })
}
