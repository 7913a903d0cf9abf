/** @typedef {import('./transport.js').Answer} Answer */

/** Metadata and keys of more providers than an app has. */
const MAX_ANSWERS = 32
const MAX_BYTES = 4 << 20

/**
 * Answers that were good, by address. They are in the order of their age, and the oldest leave when there are too many
 * or they are too large: first of all those of an address that a provider no longer names, since nobody asks there
 * again.
 */
export class KeptAnswers {
  /** @type {Map<string, { at: number, answer: Answer }>} */
  #kept = new Map()
  #bytes = 0

  /**
   * @param {string} url
   * @param {number} [maxAge] seconds; an answer of any age if not said
   * @returns {Answer | undefined}
   */
  get(url, maxAge) {
    const kept = this.#kept.get(url)
    if (!kept || maxAge === undefined) return kept?.answer
    const age = Date.now() - kept.at
    // Where the clock was set back, nobody knows how old it is.
    return age >= 0 && age <= 1000 * maxAge ? kept.answer : undefined
  }

  /**
   * One that is kept already does not get younger.
   * @param {string} url
   * @param {Answer} answer
   */
  keep(url, answer) {
    if (this.get(url) === answer) return
    this.#remove(url)
    this.#kept.set(url, { at: Date.now(), answer })
    this.#bytes += answer.answer.length
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MAX_ANSWERS && this.#bytes <= MAX_BYTES) break
      this.#remove(oldest)
    }
  }

  /** @param {string} url */
  #remove(url) {
    this.#bytes -= this.#kept.get(url)?.answer.answer.length ?? 0
    this.#kept.delete(url)
  }
}
