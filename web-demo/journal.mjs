// What happened in the last sign-in of each browser, step by step, for the panel of that name.
// A journal holds names of parameters and never a code, a token, a state, a verifier or a nonce.
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import { readCookie } from './sessions.mjs'

const COOKIE = 'demo-journal'
const MAX_JOURNALS = 500
const MAX_STEPS = 40

/**
 * @typedef {object} Step
 * @property {'Browser' | 'Landfall' | 'Provider' | 'Supabase Auth' | 'App'} who
 * @property {string} title
 * @property {string} text one line
 * @property {[string, string][]} [facts]
 * @property {boolean} [failed]
 * @property {string} [asked] what was asked of the provider: the last part of the path
 * @property {string} [landed] the address at which the sign-in ended
 * @property {boolean} [before] it happened when the app started
 * @property {number} at milliseconds since the epoch
 */

export class Journals {
  #kept = new Map()
  #current = new AsyncLocalStorage()
  #atStart = []

  /** Runs `work` with its steps going to the app's start: the journal of a sign-in without Supabase begins with them. */
  recordStart(work) {
    return this.#current.run(this.#atStart, work)
  }

  /** Runs `work` with its steps going to the journal of the request's browser, if it has one. */
  record(request, work) {
    return this.#current.run(this.#kept.get(readCookie(request, COOKIE)), work)
  }

  /**
   * The same, in a new journal, as each sign-in begins one.
   *
   * @param {() => Promise<Response | undefined>} work its answer gets the cookie that ties the two
   * @param {boolean} [hasStart] whether what happened at the app's start is a part of it
   */
  async recordAnew(request, work, hasStart = true) {
    this.#kept.delete(readCookie(request, COOKIE))
    if (this.#kept.size >= MAX_JOURNALS) this.#kept.delete(this.#kept.keys().next().value)
    const id = randomBytes(16).toString('base64url')
    const steps = hasStart ? this.#atStart.map((step) => ({ ...step, before: true })) : []
    this.#kept.set(id, steps)
    const response = await this.#current.run(steps, work)
    response?.headers.append('set-cookie', `${COOKIE}=${id}; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax`)
    return response
  }

  /** Whether the request's browser has a journal. */
  has(request) {
    return this.#kept.has(readCookie(request, COOKIE))
  }

  /** @param {Omit<Step, 'at'>} step */
  add(step) {
    const steps = this.#current.getStore()
    if (steps && steps.length < MAX_STEPS) steps.push({ ...step, at: Date.now() })
  }

  /** Whether the sign-in under way has asked the provider for `name`. */
  hasRequest(name) {
    return (this.#current.getStore() ?? []).some(({ asked }) => asked === name)
  }

  /** @returns {Step[]} the steps of the request's browser, oldest first */
  read(request) {
    return this.#kept.get(readCookie(request, COOKIE)) ?? []
  }
}
