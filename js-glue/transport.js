import { FETCH } from './generated/messages.js'

/**
 * What a step brought, as the continuation fields of a REQUEST: failure, status, content_type, answer.
 * @typedef {{ failure: string, status: string, contentType: string, answer: Uint8Array | string }} Answer
 */

/** @param {string} failure @returns {Answer} */
const failed = (failure) => ({ failure, status: '', contentType: '', answer: '' })

/** Reads a body and stops at the first byte too many. @param {Response} response @param {number} maxBytes */
const readBody = async (response, maxBytes) => {
  if (!response.body) return new Uint8Array(0)
  const reader = response.body.getReader()
  /** @type {Uint8Array[]} */
  const chunks = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > maxBytes) {
      reader.cancel().catch(() => {})
      return undefined
    }
    chunks.push(value)
  }
  if (chunks.length === 1) return /** @type {Uint8Array} */ (chunks[0])
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

/** Makes the requests that the core asks for, and keeps the answers that it calls good. */
export class Transport {
  /** @type {typeof globalThis.fetch | undefined} */
  #send
  /** @type {Map<string, { at: number, answer: Answer }>} */
  #kept = new Map()
  /** @type {Map<string, Promise<Answer>>} */
  #underway = new Map()

  /** @param {typeof globalThis.fetch} [send] another fetch */
  constructor(send) {
    this.#send = send
  }

  /** A kept answer, of whatever age. @param {string} url */
  kept(url) {
    return this.#kept.get(url)?.answer
  }

  /** Keeps an answer that was good; one that is kept already does not get younger. @param {string} url @param {Answer} answer */
  keep(url, answer) {
    if (this.kept(url) !== answer) this.#kept.set(url, { at: Date.now(), answer })
  }

  /** Carries out a FETCH step; whatever happens is an answer. @param {string[]} step @returns {Answer | Promise<Answer>} */
  perform(step) {
    const url = /** @type {string} */ (step[FETCH.url])
    const maxAge = Number(step[FETCH.max_age])
    const delay = Number(step[FETCH.delay])
    if (delay > 0) return new Promise((resolve) => setTimeout(resolve, delay)).then(() => this.#request(step))
    if (maxAge === 0) return this.#request(step)
    const kept = this.#kept.get(url)
    if (kept && Date.now() - kept.at <= 1000 * maxAge) return kept.answer
    let underway = this.#underway.get(url)
    if (!underway) {
      underway = this.#request(step).finally(() => this.#underway.delete(url))
      this.#underway.set(url, underway)
    }
    return underway
  }

  /** The answer, or the deadline: a fetch of the app's own need not heed the signal. @param {string[]} step @returns {Promise<Answer>} */
  #request(step) {
    const controller = new AbortController()
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        resolve(failed('timeout'))
        controller.abort()
      }, Number(step[FETCH.deadline]))
      const settle = (/** @type {Answer} */ answer) => {
        clearTimeout(timer)
        resolve(answer)
      }
      this.#exchange(step, controller).then(settle, () => settle(failed('network')))
    })
  }

  /** @param {string[]} step @param {AbortController} controller @returns {Promise<Answer>} */
  async #exchange(step, controller) {
    /** @type {Record<string, string>} */
    const headers = {}
    for (let i = FETCH.header_0; i < step.length; i += 2)
      headers[/** @type {string} */ (step[i])] = /** @type {string} */ (step[i + 1])
    const method = /** @type {string} */ (step[FETCH.method])
    /** @type {RequestInit} */
    const init = { method, headers, redirect: 'manual', signal: controller.signal }
    if (method !== 'GET') init.body = /** @type {string} */ (step[FETCH.body])
    // Browsers send cookies along unless told not to; workerd throws when it is told.
    if ('credentials' in Request.prototype) init.credentials = 'omit'
    const send = this.#send ?? globalThis.fetch
    const response = await send(/** @type {string} */ (step[FETCH.url]), init)
    // Of a 205 or 304, Node shows no body that could be cancelled, and holds the connection of one that does not end.
    if (!response.body) controller.abort()
    // A redirect that is not followed is status 0 in browsers and a readable 3xx on servers.
    const { status } = response
    if (status === 0 || (status >= 300 && status < 400)) {
      response.body?.cancel().catch(() => {})
      return failed('redirect')
    }
    const answer = await readBody(response, Number(step[FETCH.max_bytes]))
    if (!answer) return failed('too_large')
    return {
      failure: '',
      status: String(status),
      contentType: response.headers.get('content-type') ?? '',
      answer,
    }
  }
}
