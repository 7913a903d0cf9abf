/** The fields of a message: what may be one, how it is written into the core's memory, and how it is read there. */
import { LandfallError } from './error.js'

/** Up to this length a loop over the characters is faster than a call of encodeInto. */
const SHORT = 40

/** What stands before the lengths of a message: its size in bytes, and the count of its fields. */
export const HEAD_BYTES = 8

/** A longer text is measured exactly, since three bytes for each character would use up what a message may have. */
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
 * A getter of every typed array, as a function: it reads what the engine knows of a value of whatever realm, and no
 * member that somebody gave it.
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
 * The text of what the core says, which is ASCII.
 * @param {Uint8Array} bytes
 */
export const readText = (bytes) => {
  let text = ''
  try {
    decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    text = decoder.decode(bytes)
  } catch {
    broken()
  }
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
