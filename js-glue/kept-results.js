/** @typedef {import('./transport.js').FetchResult} FetchResult */

/** Metadata and keys of more providers than an app has. */
const MAX_RESULTS = 32
const MAX_BYTES = 4 << 20

/**
 * Results that were good, by address. They are in the order of their age, and the oldest leave when there are too many
 * or they are too large: first of all those of an address that a provider no longer names, since nobody asks there
 * again.
 */
export class KeptResults {
  /** @type {Map<string, { at: number, result: FetchResult, again: boolean }>} */
  #kept = new Map()
  #bytes = 0

  /**
   * @param {string} url
   * @param {number} [maxAge] seconds; a result of any age unless given
   * @param {boolean} [again] only a result that was asked for again
   * @returns {FetchResult | undefined}
   */
  get(url, maxAge, again = false) {
    const kept = this.#kept.get(url)
    if (!kept || maxAge === undefined) return kept?.result
    if (again && !kept.again) return undefined
    const age = Date.now() - kept.at
    // If the clock was set back, the age is unknown.
    return age >= 0 && age <= 1000 * maxAge ? kept.result : undefined
  }

  /**
   * One that is kept already does not get younger.
   * @param {string} url
   * @param {FetchResult} result
   * @param {boolean} [again] it was asked for again
   */
  keep(url, result, again = false) {
    if (this.get(url) === result) return
    this.#remove(url)
    this.#kept.set(url, { at: Date.now(), result, again })
    this.#bytes += result.body.length
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MAX_RESULTS && this.#bytes <= MAX_BYTES) break
      this.#remove(oldest)
    }
  }

  /** @param {string} url */
  #remove(url) {
    this.#bytes -= this.#kept.get(url)?.result.body.length ?? 0
    this.#kept.delete(url)
  }
}
