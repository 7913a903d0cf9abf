import { readBytes } from './body.js'
import * as FETCH from './generated/messages/fetch.js'
import { KeptResults } from './kept-results.js'

/**
 * The result of a FETCH step: a response, or the reason why there is none. The result of a VERIFY step has the verdict
 * as its status.
 * @typedef {object} FetchResult
 * @property {string} failure one of FAILURE, or empty
 * @property {string} status of the response; 1 for a good signature, 0 for a bad one
 * @property {string} contentType
 * @property {Uint8Array | string} body
 * @property {string} [retryAfter]
 * @property {number} [at] when it came, in milliseconds since 1970
 * @property {unknown} [cause] the value that fetch threw
 * @property {string} [causeName] the runtime's own name for it, such as `ENOTFOUND`
 */

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

/** Metadata and keys of more providers than an app has. */
const MOST_ADDRESSES = { results: 32, bytes: 4 << 20, seconds: Number.POSITIVE_INFINITY }

/** New tokens, for the requests that still come with the old ones. */
const MOST_RENEWALS = { results: 1000, bytes: 4 << 20, seconds: 60 }

/** So long a request waits for the answer to another one. */
const MAX_WAIT_MILLISECONDS = 3000

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
 * The name under which a result is kept. No address looks like a `cache_key`.
 * @param {string[]} step FETCH
 */
const nameOfResult = (step) => /** @type {string} */ (step[FETCH.cache_key] || step[FETCH.url])

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

/** Makes the requests that the core asks for, and keeps the responses that it calls good. */
export class Transport {
  /** @type {typeof globalThis.fetch | undefined} */
  #send
  #kept = new KeptResults(MOST_ADDRESSES)
  #renewed = new KeptResults(MOST_RENEWALS)
  /** @type {Map<string, Promise<FetchResult>>} */
  #underway = new Map()

  /** @param {typeof globalThis.fetch} [send] another fetch */
  constructor(send) {
    this.#send = send
  }

  /**
   * A kept response of any age.
   * @param {string} url
   */
  kept(url) {
    return this.#kept.get(url)
  }

  /**
   * Keeps a response that was good, where the step says for how long.
   * @param {string[]} step FETCH
   * @param {FetchResult} result
   */
  keep(step, result) {
    if (step[FETCH.max_age] === '0') return
    this.#memoryOf(step).keep(nameOfResult(step), result, step[FETCH.again] === '1')
  }

  /**
   * Drops the responses with a `cache_key` that begins so.
   * @param {string} beginning
   */
  forget(beginning) {
    this.#renewed.forget(beginning)
  }

  /** @param {string[]} step FETCH */
  #memoryOf(step) {
    return step[FETCH.cache_key] ? this.#renewed : this.#kept
  }

  /**
   * Carries out a FETCH step; a failure is a result too.
   * @param {string[]} step
   * @returns {FetchResult | Promise<FetchResult>}
   */
  perform(step) {
    const name = nameOfResult(step)
    const maxAge = Number(step[FETCH.max_age])
    const delay = Number(step[FETCH.delay])
    if (delay > 0) return new Promise((resolve) => setTimeout(resolve, delay)).then(() => this.#request(step))
    if (maxAge === 0) return this.#request(step)
    const kept = this.#memoryOf(step).get(name, maxAge, step[FETCH.again] === '1')
    if (kept) return kept
    const underway = this.#underway.get(name)
    return underway ? this.#wait(step, underway) : this.#share(step)
  }

  /**
   * Makes a request that others may wait for.
   * @param {string[]} step
   */
  #share(step) {
    const name = nameOfResult(step)
    const underway = this.#request(step).finally(() => {
      if (this.#underway.get(name) === underway) this.#underway.delete(name)
    })
    this.#underway.set(name, underway)
    return underway
  }

  /**
   * Waits for the request of another one, and asks itself when that fails or takes long: Workers end the request of a
   * client that leaves, and its promise with it.
   * @param {string[]} step
   * @param {Promise<FetchResult>} underway
   * @returns {Promise<FetchResult>}
   */
  #wait(step, underway) {
    /** @type {ReturnType<typeof setTimeout>} */
    let timer
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, MAX_WAIT_MILLISECONDS)
    })
    return Promise.race([underway, patience]).then((/** @type {any} */ result) => {
      clearTimeout(timer)
      return result?.failure === '' ? result : this.#share(step)
    })
  }

  /**
   * The response, or the deadline: the app's own fetch may ignore the signal.
   * @param {string[]} step
   * @returns {Promise<FetchResult>}
   */
  #request(step) {
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
      this.#exchange(step, controller).then(settle, (thrown) => settle(unreachable(thrown)))
    })
  }

  /**
   * @param {string[]} step
   * @param {AbortController} controller
   * @returns {Promise<FetchResult>}
   */
  async #exchange(step, controller) {
    const url = /** @type {string} */ (step[FETCH.url])
    const send = this.#send ?? globalThis.fetch
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
}
