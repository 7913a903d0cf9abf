import { OPERATION } from './generated/messages.js'

/** Changes with messages.def; the module says the same number. */
const ABI_VERSION = 1

/**
 * A field of a message: text, or bytes.
 * @typedef {string | Uint8Array} Field
 */

/** @type {TextEncoder} */
let encoder
/** @type {TextDecoder} */
let decoder

/** Up to this length a loop over the characters is faster than a call of encodeInto. */
const SHORT = 24

/** Writes text as UTF-8 and returns its length in bytes. @param {string} text @param {Uint8Array} bytes @param {number} at */
const writeText = (text, bytes, at) => {
  if (text.length <= SHORT) {
    let i = 0
    for (; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit > 0x7f) break
      bytes[at + i] = unit
    }
    if (i === text.length) return i
  }
  return encoder.encodeInto(text, bytes.subarray(at)).written
}

/**
 * One instance of the core with its configuration: messages in, messages out, nothing shared between calls. After any throw the
 * instance is dropped and the next call starts with a fresh one, so that a trap never poisons what comes later.
 */
export class Core {
  /** @type {any} */
  #exports
  #bytes = new Uint8Array(0)
  #words = new Uint32Array(0)
  #getModule
  #config

  /**
   * @param {() => any} getModule gives the compiled module
   * @param {string} [config] JSON of the options, for every instance; left out for what needs none
   */
  constructor(getModule, config) {
    this.#getModule = getModule
    this.#config = config
  }

  /**
   * Performs an operation. @param {number} operation one of OPERATION @param {Field[]} fields
   * @returns {string[]} the fields of the answer
   */
  call(operation, fields) {
    return this.#guard(() => this.#read(this.#handle(operation, fields)))
  }

  /**
   * The safe-`next` check, without taking the answer apart where it is the input. @param {string} next @param {string} origin
   * @returns {string | null}
   */
  checkNext(next, origin) {
    return this.#guard(() => {
      const at = this.#handle(OPERATION.check_next, [next, origin])
      const count = /** @type {number} */ (this.#words[at >> 2])
      if (count === 0) return null
      return count === 1 ? /** @type {string} */ (this.#read(at)[0]) : next
    })
  }

  /** @template T @param {() => T} use @returns {T} */
  #guard(use) {
    try {
      this.#exports ?? this.#start()
      return use()
    } catch (error) {
      this.#exports = undefined
      throw error
    } finally {
      this.#exports?.landfall_wipe()
    }
  }

  #start() {
    encoder ??= new TextEncoder()
    decoder ??= new TextDecoder()
    const { exports } = /** @type {any} */ (new WebAssembly.Instance(this.#getModule(), {}))
    exports._initialize()
    if (exports.landfall_abi() !== ABI_VERSION) throw new Error('landfall: core.wasm and its JavaScript are of different versions')
    this.#exports = exports
    this.#bytes = new Uint8Array(0)
    if (this.#config !== undefined) this.#handle(OPERATION.configure, [this.#config])
  }

  /** Growing memory takes the old views away. */
  #refreshViews() {
    if (this.#bytes.byteLength !== 0) return
    const { buffer } = this.#exports.memory
    this.#bytes = new Uint8Array(buffer)
    this.#words = new Uint32Array(buffer)
  }

  /** Writes a message, performs the operation, and returns where its answer is. @param {number} operation @param {Field[]} fields */
  #handle(operation, fields) {
    const head = 4 + 4 * fields.length
    let room = 0
    for (const field of fields) room += typeof field === 'string' ? 3 * field.length : field.byteLength
    const at = this.#exports.landfall_input(head + room)
    if (at === 0) throw new RangeError('landfall: the message is too large')
    this.#refreshViews()
    let word = at >> 2
    this.#words[word++] = fields.length
    let end = at + head
    for (const field of fields) {
      let length = 0
      if (typeof field === 'string') {
        if (field !== '') length = writeText(field, this.#bytes, end)
      } else {
        this.#bytes.set(field, end)
        length = field.byteLength
      }
      this.#words[word++] = length
      end += length
    }
    const answer = this.#exports.landfall_handle(operation, end - at)
    this.#refreshViews()
    return answer
  }

  /** Everything the core says is ASCII: it is decoded once and sliced. @param {number} at */
  #read(at) {
    const count = /** @type {number} */ (this.#words[at >> 2])
    const lengths = this.#words.subarray((at >> 2) + 1, (at >> 2) + 1 + count)
    const begin = at + 4 + 4 * count
    let size = 0
    for (const length of lengths) size += length
    const text = decoder.decode(this.#bytes.subarray(begin, begin + size))
    /** @type {string[]} */
    const fields = []
    let from = 0
    for (const length of lengths) fields.push(text.slice(from, (from += length)))
    return fields
  }
}
