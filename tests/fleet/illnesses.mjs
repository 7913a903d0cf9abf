// Illnesses of a provider, one after another, and a crowd that signs in all the same: the next one comes when everybody has seen the
// error page of this one. After the last, the provider is slow and no more. It is ill to the app alone: people reach its pages.
import { setTimeout as wait } from 'node:timers/promises'
import { makeCounts } from './world.mjs'

/** Longer than a request waits for another one's answer. */
const SLOW_MILLISECONDS = 3500

/** What becomes of a request; whether it has its answer, or will have none. */
export const busy = (response) => {
  response.writeHead(429, { 'retry-after': '1', 'content-type': 'application/json' }).end('{}')
  return true
}
export const silent = () => true
const slow = async () => {
  await wait(SLOW_MILLISECONDS)
  return false
}
const SLOW_EVERYWHERE = { path: '/', answer: slow }

/** @typedef {{ path: string, answer: typeof busy, code: string }} Illness what is ill, how, and the code that people see */

export class Illnesses {
  #rest = []
  #now = { path: '/', answer: () => false }
  #end = () => {}
  #over = Promise.resolve()

  /** @param {number} crowd how many people there are */
  constructor(crowd) {
    this.crowd = crowd
    this.counts = { ...makeCounts(), atError: () => this.#see() }
  }

  /** @param {Illness[]} illnesses */
  begin(illnesses) {
    this.counts.errors = []
    this.#rest = [...illnesses]
    this.#goOn()
  }

  /** The provider's `intercept`. */
  intercept = ({ url, headers }, response) =>
    headers['user-agent'] !== 'BrowserJar' && url.startsWith(this.#now.path) && this.#now.answer(response)

  #goOn() {
    this.#end()
    const next = this.#rest.shift()
    this.#now = next ?? SLOW_EVERYWHERE
    // Nobody else is expected to see the page of somebody for whom a slow provider is too slow.
    if (!next) return
    this.#over = new Promise((resolve) => {
      this.#end = resolve
    })
  }

  /** Somebody sees an error page, until all do. */
  #see() {
    const over = this.#over
    if (this.#now !== SLOW_EVERYWHERE && this.counts.errors.length % this.crowd === 0) this.#goOn()
    return over
  }
}
