/** The fields of a message: their types, and how the host writes and reads them in the core's memory. */
import { LandfallError } from './error.js'

/** Up to this length a loop over the characters is faster than a call of encodeInto. */
const SHORT = 40

/** The bytes before the lengths of a message: they hold its size in bytes, and the count of its fields. */
export const HEAD_BYTES = 8

/** A longer text is measured exactly, because three bytes for each character would use up the room of a message. */
const LONG = 1 << 16

/**
 * A field of a message: text, or bytes.
 * @typedef {string | Uint8Array} Field
 */

/** @type {TextEncoder | undefined} */
let encoder
/** @type {TextDecoder | undefined} */
let decoder

/**
 * A getter of every typed array, as a function. It reads the engine's own data about a value of any realm, and never a
 * member that somebody gave the value.
 * @param {string | symbol} name
 * @returns {(value: unknown) => any}
 */
const getterOf = (name) => {
  const { get } = /** @type {any} */ (
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), name)
  )
  return Function.prototype.call.bind(get)
}
const kindOf = getterOf(Symbol.toStringTag)
/**
 * Whether a value is a Uint8Array.
 * @param {unknown} value
 * @returns {value is Uint8Array}
 */
export const isBytes = (value) => kindOf(value) === 'Uint8Array'
/**
 * The real byte length, even if the object overrides the property.
 * @type {(value: unknown) => number}
 */
export const lengthOf = getterOf('length')

/**
 * An upper bound for the size of a text in UTF-8; exact for a long text without surrogates.
 * @param {string} text
 */
const sizeOf = (text) => {
  const { length } = text
  if (length <= LONG) return 3 * length
  let size = 0
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    size += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3
  }
  return size
}

/**
 * The bytes that a message takes at most.
 * @param {readonly unknown[]} fields of which each has to be a Field
 * @throws {LandfallError} argument_invalid
 */
export const measure = (fields) => {
  const count = fields.length
  let room = HEAD_BYTES + 4 * count
  for (let i = 0; i < count; i++) {
    const field = fields[i]
    if (typeof field === 'string') room += sizeOf(field)
    else if (isBytes(field)) room += lengthOf(field)
    else throw new LandfallError('argument_invalid')
  }
  return room
}

/**
 * Throws for an answer that a healthy core never gives.
 * @returns {never}
 */
export const broken = () => {
  throw new LandfallError('internal_error')
}

/**
 * A text from the core, which is ASCII.
 * @param {Uint8Array} bytes
 */
export const readText = (bytes) => {
  let text = ''
  try {
    decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    text = decoder.decode(bytes)
  } catch {} // then it has no letter
  return text.length === bytes.length ? text : broken()
}

/**
 * Writes text as UTF-8 and returns its length in bytes; nothing is written from `end` on.
 * @param {string} text
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {number} end
 */
export const writeText = (text, bytes, at, end) => {
  const { length } = text
  if (length <= SHORT && length <= end - at) {
    let i = 0
    for (; i < length; i++) {
      const unit = text.charCodeAt(i)
      if (unit > 0x7f) break
      bytes[at + i] = unit
    }
    if (i === length) return i
  }
  encoder ??= new TextEncoder()
  const { read, written } = encoder.encodeInto(text, bytes.subarray(at, end))
  return read === length ? written : broken()
}
