import { LandfallError } from './error.js'
import { ABI } from './generated/abi.js'
import * as OPERATION from './generated/messages/operation.js'
import * as RESPOND from './generated/messages/respond.js'
import { broken, HEAD_BYTES, lengthOf, measure, readText, writeText } from './message.js'

/**
 * From this length on a field is decoded by itself: a part of a longer text is slower to read, and keeps all of that
 * text.
 */
const LONG = 1024

/**
 * Whether the core says of itself that it is broken. `fail` and the error page tell of a code that somebody else names;
 * what is no RESPOND has no such text in that place.
 * @param {number} operation
 * @param {string[]} answer
 */
const isBroken = (operation, answer) =>
  answer[RESPOND.code] === 'internal_error' &&
  operation !== OPERATION.fail &&
  answer[RESPOND.route] !== 'error'

/** @typedef {import('./message.js').Field} Field */

/**
 * One instance of the core with its configuration: messages in, messages out, nothing shared between calls. After any
 * throw from inside of a call the instance is dropped and the next call starts with a fresh one, so that a trap never
 * poisons later calls.
 */
export class Core {
  /** @type {any} */
  #exports
  #bytes = new Uint8Array(0)
  #words = new Uint32Array(0)
  #getModule
  #config

  /**
   * @param {() => unknown} getModule gives the compiled module, or a function that gives an instance's exports
   * @param {string} [config] JSON of the options, for every instance; left out where no call needs options
   */
  constructor(getModule, config) {
    this.#getModule = getModule
    this.#config = config
  }

  /**
   * Performs an operation.
   * @param {number} operation one of OPERATION
   * @param {Field[]} fields
   * @returns {string[]} the fields of the answer
   * @throws {LandfallError} argument_invalid, request_too_large, and internal_error for an answer that is none
   */
  call(operation, fields) {
    const room = measure(fields)
    try {
      const begin = this.#enter(room)
      if (begin !== 0) {
        const answer = this.#read(this.#handle(operation, fields, begin, begin + room))
        this.#exports.landfall_wipe()
        if (isBroken(operation, answer)) this.#drop()
        return answer
      }
    } catch (error) {
      this.#drop()
      throw error
    }
    throw new LandfallError('request_too_large')
  }

  /**
   * The safe-`next` check, without taking the answer apart where it is the input.
   * @param {string} next
   * @param {string} origin
   * @returns {string | null}
   */
  checkNext(next, origin) {
    // A path does not need the origin.
    const fields = next.startsWith('/') ? [next] : [next, origin]
    const room = measure(fields)
    try {
      const begin = this.#enter(room)
      // This memory holds no secret, so the next call wipes it when it starts.
      if (begin !== 0) {
        const at = this.#handle(OPERATION.check_next, fields, begin, begin + room)
        const count = this.#words[(at >>> 2) + 1]
        if (count === 2) return next
        if (count === 0) return null
        return count === 1 ? /** @type {string} */ (this.#read(at)[0]) : broken()
      }
    } catch (error) {
      this.#drop()
      throw error
    }
    throw new LandfallError('request_too_large')
  }

  /**
   * Makes the instance that the next calls use.
   * @returns {string[]} READY or REFUSED
   */
  configure() {
    this.#start()
    return this.call(OPERATION.configure, [/** @type {string} */ (this.#config)])
  }

  #start() {
    const module = /** @type {any} */ (this.#getModule())
    const exports = typeof module === 'function' ? module() : new WebAssembly.Instance(module, {}).exports
    exports._initialize()
    if (exports.landfall_abi() !== ABI)
      throw new Error('landfall: core.wasm and its JavaScript have different versions')
    this.#exports = exports
    this.#bytes = new Uint8Array(0)
  }

  /** After a trap, or at the first call. */
  #restart() {
    this.#start()
    if (this.#config === undefined) return
    const fields = [this.#config]
    const room = measure(fields)
    const begin = this.#enter(room)
    this.#handle(OPERATION.configure, fields, begin, begin + room)
  }

  /** Drops the instance first, then zeroes its memory in a new view: the old views are detached where memory grew. */
  #drop() {
    const memory = this.#exports?.memory
    this.#exports = undefined
    this.#bytes = new Uint8Array(0)
    if (memory) new Uint8Array(memory.buffer).fill(0)
  }

  /** When memory grows, it has another buffer. */
  #refreshViews() {
    const { buffer } = this.#exports.memory
    if (this.#bytes.buffer === buffer) return
    this.#bytes = new Uint8Array(buffer)
    this.#words = new Uint32Array(buffer)
  }

  /**
   * Where a message of so many bytes is written; 0 when that is too many.
   * @param {number} room
   * @returns {number}
   */
  #enter(room) {
    // The core takes a number of 32 bits: a larger one would come to it as a small one.
    if (room !== room >>> 0) return 0
    this.#exports ?? this.#restart()
    const begin = this.#exports.landfall_input(room) >>> 0
    this.#refreshViews()
    return begin
  }

  /**
   * Writes a message, performs the operation, and returns where its answer is.
   * @param {number} operation
   * @param {Field[]} fields
   * @param {number} begin of the room for it
   * @param {number} end of the room
   */
  #handle(operation, fields, begin, end) {
    const bytes = this.#bytes
    const words = this.#words
    const count = fields.length
    const head = begin >>> 2
    let at = begin + HEAD_BYTES + 4 * count
    if (!(at <= end && end <= bytes.length)) broken()
    words[head + 1] = count
    for (let i = 0; i < count; i++) {
      const field = /** @type {Field} */ (fields[i])
      let length = 0
      if (typeof field === 'string') {
        length = writeText(field, bytes, at, end)
      } else {
        length = lengthOf(field)
        if (length > end - at) broken()
        // What lost its buffer has no bytes, and `set` throws for it.
        if (length > 0) bytes.set(field, at)
      }
      words[head + 2 + i] = length
      at += length
    }
    words[head] = at - begin
    const answer = this.#exports.landfall_handle(operation) >>> 0
    this.#refreshViews()
    return answer
  }

  /**
   * Everything the core says is ASCII: it is decoded once and sliced.
   * @param {number} at
   */
  #read(at) {
    const bytes = this.#bytes
    const words = this.#words
    const head = at >>> 2
    const count = /** @type {number} */ (words[head + 1])
    const begin = at + HEAD_BYTES + 4 * count
    const end = at + /** @type {number} */ (words[head])
    if (!(begin <= end && end <= bytes.length)) broken()
    const text = end > begin ? readText(bytes.subarray(begin, end)) : ''
    /** @type {string[]} */
    const fields = []
    let from = 0
    for (let i = 0; i < count; i++) {
      const to = from + /** @type {number} */ (words[head + 2 + i])
      const isLong = to - from >= LONG
      fields.push(isLong ? readText(bytes.subarray(begin + from, begin + to)) : text.slice(from, to))
      from = to
    }
    if (begin + from !== end) broken()
    return fields
  }
}
