/** @typedef {import('./transport.js').FetchResult} FetchResult */

/**
 * Results that were good, by name: an address, or a name that the core gives. They are in the order of their age. The
 * oldest leave when there are too many or they are too large: of addresses, first of all those that a provider no
 * longer names, since nobody asks there again.
 */
export class KeptResults {
  /** @type {Map<string, { at: number, result: FetchResult, again: boolean }>} */
  #kept = new Map()
  #bytes = 0
  #most

  /** @param {{ results: number, bytes: number, seconds: number }} most an older result leaves at the next that comes */
  constructor(most) {
    this.#most = most
  }

  /**
   * @param {string} name
   * @param {number} [maxAge] seconds; a result of any age unless given
   * @param {boolean} [again] only a result that was asked for again
   * @returns {FetchResult | undefined}
   */
  get(name, maxAge, again = false) {
    const kept = this.#kept.get(name)
    if (!kept || maxAge === undefined) return kept?.result
    if (again && !kept.again) return undefined
    const age = Date.now() - kept.at
    // If the clock was set back, the age is unknown.
    return age >= 0 && age <= 1000 * maxAge ? kept.result : undefined
  }

  /**
   * One that is kept already does not get younger.
   * @param {string} name
   * @param {FetchResult} result
   * @param {boolean} [again] it was asked for again
   */
  keep(name, result, again = false) {
    if (this.get(name) === result) return
    this.#remove(name)
    this.#kept.set(name, { at: Date.now(), result, again })
    this.#bytes += result.body.length
    for (const [oldest, kept] of this.#kept) {
      const fits = this.#kept.size <= this.#most.results && this.#bytes <= this.#most.bytes
      if (fits && Date.now() - kept.at <= 1000 * this.#most.seconds) break
      this.#remove(oldest)
    }
  }

  /**
   * Drops the results whose name begins so.
   * @param {string} beginning
   */
  forget(beginning) {
    for (const name of this.#kept.keys()) if (name.startsWith(beginning)) this.#remove(name)
  }

  /** @param {string} name */
  #remove(name) {
    this.#bytes -= this.#kept.get(name)?.result.body.length ?? 0
    this.#kept.delete(name)
  }
}
