import { LandfallError } from './error.js'
import { OPERATION } from './generated/messages.js'

/** Changes with messages.def; the module says the same number. */
const ABI_VERSION = 3

/**
 * A field of a message: text, or bytes.
 * @typedef {string | Uint8Array} Field
 */

/** @type {TextEncoder} */
let encoder
/** @type {TextDecoder} */
let decoder

/** Up to this length a loop over the characters is faster than a call of encodeInto. */
const SHORT = 40

/** From this length on a field is decoded by itself: a part of a longer text is slower to read, and keeps all of that text. */
const LONG = 1024

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
    try {
      return this.#read(this.#handle(operation, fields))
    } catch (error) {
      this.#exports = undefined
      throw error
    } finally {
      this.#exports?.landfall_wipe()
    }
  }

  /**
   * The safe-`next` check, without taking the answer apart where it is the input. @param {string} next @param {string} origin
   * @returns {string | null}
   */
  checkNext(next, origin) {
    try {
      // The origin is nothing to what is a path already.
      const at = this.#handle(OPERATION.check_next, next.startsWith('/') ? [next] : [next, origin])
      const count = this.#words[at >> 2]
      if (count === 0) return null
      return count === 1 ? /** @type {string} */ (this.#read(at)[0]) : next
    } catch (error) {
      this.#exports = undefined
      throw error
    }
    // Nothing in here is a secret, so wiping is left to the next call, which does it first of all.
  }

  /** Makes the instance that the next calls use. @returns {string[]} READY or REFUSED */
  configure() {
    this.#start()
    return this.call(OPERATION.configure, [/** @type {string} */ (this.#config)])
  }

  #start() {
    encoder ??= new TextEncoder()
    decoder ??= new TextDecoder()
    const { exports } = /** @type {any} */ (new WebAssembly.Instance(this.#getModule(), {}))
    exports._initialize()
    if (exports.landfall_abi() !== ABI_VERSION)
      throw new Error('landfall: core.wasm and its JavaScript are of different versions')
    this.#exports = exports
    this.#bytes = new Uint8Array(0)
  }

  /** After a trap, or at the first call. */
  #restart() {
    this.#start()
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
    this.#exports ?? this.#restart()
    const exports = this.#exports
    const count = fields.length
    let room = 4 + 4 * count
    for (let i = 0; i < count; i++) {
      const field = /** @type {Field} */ (fields[i])
      room += typeof field === 'string' ? 3 * field.length : field.length
    }
    const begin = exports.landfall_input(room)
    if (begin === 0) throw new LandfallError('request_too_large')
    this.#refreshViews()
    const bytes = this.#bytes
    const words = this.#words
    let word = begin >> 2
    words[word] = count
    let at = begin + 4 + 4 * count
    for (let i = 0; i < count; i++) {
      const field = /** @type {Field} */ (fields[i])
      let length = 0
      if (typeof field === 'string') {
        length = writeText(field, bytes, at)
      } else {
        bytes.set(field, at)
        length = field.length
      }
      words[++word] = length
      at += length
    }
    const answer = exports.landfall_handle(operation, at - begin)
    this.#refreshViews()
    return answer
  }

  /** Everything the core says is ASCII: it is decoded once and sliced. @param {number} at */
  #read(at) {
    const words = this.#words
    const word = at >> 2
    const count = /** @type {number} */ (words[word])
    const begin = at + 4 + 4 * count
    let end = begin
    for (let i = 1; i <= count; i++) end += /** @type {number} */ (words[word + i])
    const text = end > begin ? decoder.decode(this.#bytes.subarray(begin, end)) : ''
    /** @type {string[]} */
    const fields = []
    let from = 0
    for (let i = 1; i <= count; i++) {
      const to = from + /** @type {number} */ (words[word + i])
      const isLong = to - from >= LONG
      fields.push(
        isLong ? decoder.decode(this.#bytes.subarray(begin + from, begin + to)) : text.slice(from, to),
      )
      from = to
    }
    return fields
  }
}
