import { exchange } from './exchange.js'
import { FETCH_SLACK_MILLISECONDS, REFRESH_MEMORY_SECONDS } from './generated/limits.js'
import * as FETCH from './generated/messages/fetch.js'
import { KeptResults } from './kept-results.js'
import { renewOnce } from './renew-once.js'
import { within } from './within.js'

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
 * @property {unknown} [cause] the value that fetch or `verify` threw
 * @property {string} [causeName] the runtime's own name for it, such as `ENOTFOUND`
 */

/** Metadata and keys of more providers than an app has. */
const MOST_ADDRESSES = { results: 32, bytes: 4 << 20, seconds: Number.POSITIVE_INFINITY }

/** New tokens, for the requests that still come with the old ones. */
const MOST_RENEWALS = { results: 1000, bytes: 4 << 20, seconds: REFRESH_MEMORY_SECONDS }

/**
 * The name under which a result is kept. No address looks like a `cache_key`.
 * @param {string[]} step FETCH
 */
const nameOfResult = (step) => /** @type {string} */ (step[FETCH.cache_key] || step[FETCH.url])

/**
 * Stands for a renewal that is not made, because its tokens could not be kept.
 * @type {FetchResult}
 */
const NOT_RENEWED = { failure: 'network', status: '', contentType: '', body: '' }

/**
 * Whether a renewal was not made.
 * @param {FetchResult} result
 */
export const isNotRenewed = (result) => result === NOT_RENEWED

/** Makes the requests that the core asks for, and keeps the responses that it calls good. */
export class Transport {
  /** @type {typeof globalThis.fetch | undefined} */
  #send
  #kept = new KeptResults(MOST_ADDRESSES)
  #renewed = new KeptResults(MOST_RENEWALS)
  /** @type {Map<string, Promise<FetchResult>>} */
  #underway = new Map()
  /** How often something was forgotten: it tells what came first. */
  #forgets = 0
  /**
   * What was forgotten, and when: the beginning of a `cache_key`. The oldest leave.
   * @type {Map<string, number>}
   */
  #forgotten = new Map()
  /**
   * When each renewal was asked for.
   * @type {WeakMap<FetchResult, number>}
   */
  #asked = new WeakMap()

  /** @type {import('./renew-once.js').Lock | undefined} */
  #lock

  /**
   * @param {typeof globalThis.fetch} [send] another fetch
   * @param {import('./renew-once.js').Lock} [lock]
   */
  constructor(send, lock) {
    this.#send = send
    this.#lock = lock
  }

  /**
   * A kept response of any age.
   * @param {string} url
   */
  kept(url) {
    return this.#kept.get(url)
  }

  /**
   * Keeps a response that was good.
   * @param {string[]} step FETCH
   * @param {FetchResult} result
   */
  keep(step, result) {
    if (this.#isForgotten(step, result)) return
    this.#memoryOf(step).keep(nameOfResult(step), result, step[FETCH.again] === '1')
  }

  /**
   * Drops the responses with a `cache_key` that begins so, also those that are under way: nobody waits for them from
   * now on, and none is kept when it comes.
   * @param {string} beginning
   */
  forget(beginning) {
    this.#renewed.forget(beginning)
    for (const name of this.#underway.keys()) if (name.startsWith(beginning)) this.#underway.delete(name)
    this.#forgotten.delete(beginning)
    this.#forgotten.set(beginning, ++this.#forgets)
    if (this.#forgotten.size <= MOST_RENEWALS.results) return
    const [oldest = ''] = this.#forgotten.keys()
    this.#forgotten.delete(oldest)
  }

  /**
   * Whether a renewal was forgotten after it was asked for.
   * @param {string[]} step FETCH
   * @param {FetchResult} result
   */
  #isForgotten(step, result) {
    const asked = this.#asked.get(result) ?? Number.POSITIVE_INFINITY
    const name = nameOfResult(step)
    return [...this.#forgotten].some(([beginning, at]) => at > asked && name.startsWith(beginning))
  }

  /** @param {string[]} step FETCH */
  #memoryOf(step) {
    return step[FETCH.cache_key] ? this.#renewed : this.#kept
  }

  /**
   * Carries out a FETCH step; a failure is a result too.
   * @param {string[]} step
   * @param {boolean} [renews] whether the answer may renew tokens; one that did so already counts all the same
   * @returns {FetchResult | Promise<FetchResult>}
   */
  perform(step, renews = true) {
    const name = nameOfResult(step)
    const maxAge = Number(step[FETCH.max_age])
    const delay = Number(step[FETCH.delay])
    if (delay > 0)
      return new Promise((resolve) => setTimeout(resolve, delay)).then(() => this.#exchange(step))
    if (maxAge === 0) return this.#exchange(step)
    const kept = this.#memoryOf(step).get(name, maxAge, step[FETCH.again] === '1')
    if (kept) return kept
    if (!renews && step[FETCH.cache_key]) return NOT_RENEWED
    const underway = this.#underway.get(name)
    return underway ? this.#wait(step, underway) : this.#share(step)
  }

  /**
   * Makes a request that others may wait for.
   * @param {string[]} step
   */
  #share(step) {
    const name = nameOfResult(step)
    const forgets = this.#forgets
    const asks =
      step[FETCH.cache_key] && this.#lock
        ? renewOnce(this.#lock, name, async () => this.#exchange(step))
        : this.#exchange(step)
    const underway = asks.then((result) => {
      if (step[FETCH.cache_key]) this.#asked.set(result, forgets)
      if (this.#underway.get(name) === underway) this.#underway.delete(name)
      return result
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
  async #wait(step, underway) {
    const result = await within(Number(step[FETCH.patience]), underway)
    if (result?.failure === '') return result
    return step[FETCH.cache_key] ? this.#renewAgain(step, underway) : this.#share(step)
  }

  /**
   * Makes a renewal for the second time, once for all who waited for the first one. It has its deadline: nobody asks
   * for a third one before.
   * @param {string[]} step
   * @param {Promise<FetchResult>} first
   * @returns {Promise<FetchResult>}
   */
  async #renewAgain(step, first) {
    const name = nameOfResult(step)
    const kept = this.#renewed.get(name, Number(step[FETCH.max_age]))
    if (kept) return kept
    const second = this.#underway.get(name)
    const wait = Number(step[FETCH.deadline]) + FETCH_SLACK_MILLISECONDS
    const result = second && second !== first ? await within(wait, second) : undefined
    return result ?? this.#share(step)
  }

  /** @param {string[]} step */
  #exchange(step) {
    return exchange(step, this.#send ?? globalThis.fetch)
  }
}
