/** The doctor's checks and their results. */
import { clean } from '../terminal/clean.js'

/**
 * One of them.
 * @typedef {object} Finding
 * @property {string} id stable, for programs
 * @property {'fine' | 'wrong' | 'unsure'} result
 * @property {string} title the subject of the check, as a sentence
 * @property {string} [detail] the observation
 * @property {string} [fix] the line to change
 */

/** Collects findings, and tells of each as it comes. */
export class Findings {
  /** @type {Finding[]} */
  list = []
  #tell

  /** @param {(finding: Finding) => void} [tell] */
  constructor(tell = () => {}) {
    this.#tell = tell
  }

  /**
   * Every text of a finding may quote a server.
   * @param {Finding} said
   */
  #add({ id, result, ...texts }) {
    const shown = Object.entries(texts).map(([name, text]) => [name, clean(text)])
    /** @type {Finding} */
    const finding = { id, result, ...Object.fromEntries(shown) }
    this.list.push(finding)
    this.#tell(finding)
  }

  /**
   * @param {string} id
   * @param {string} title
   */
  fine(id, title) {
    this.#add({ id, result: 'fine', title })
  }

  /**
   * @param {string} id
   * @param {string} title
   * @param {string} detail
   * @param {string} fix
   */
  wrong(id, title, detail, fix) {
    this.#add({ id, result: 'wrong', title, detail, fix })
  }

  /**
   * @param {string} id
   * @param {string} title
   * @param {string} detail
   */
  unsure(id, title, detail) {
    this.#add({ id, result: 'unsure', title, detail })
  }

  /**
   * Fine or wrong.
   * @param {boolean} holds
   * @param {string} id
   * @param {string} title
   * @param {string} detail
   * @param {string} fix
   */
  check(holds, id, title, detail, fix) {
    holds ? this.fine(id, title) : this.wrong(id, title, detail, fix)
  }
}
