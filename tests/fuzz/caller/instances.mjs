// Every instance of the core that the glue makes, looked at from outside: its constants and its configuration stay as they were, and
// it is used no more after a trap. Import this before anything of dist/ makes an instance.
import * as OPERATION from '../../../dist/generated/messages/operation.js'
import { ENTROPY, startFields } from '../../node/support/messages.mjs'

/** The module's stack comes first in its memory, then its constants, its variables, and the configuration. */
const STACK_BYTES = 65536
/** What the arena and the fence take before the input. */
const BEFORE_INPUT_BYTES = 24

/** @typedef {{ exports: any, image?: Buffer, isConfigured: boolean, isBroken: boolean, isMisused: boolean }} Instance */

/** Instances that the glue used since it was emptied. @type {Set<Instance>} */
export const touched = new Set()

/** After so many operations one traps, in a module that lost its configuration; 0 for none. */
export const trap = { after: 0 }

/** What stays between two calls. @param {Instance} instance */
const read = ({ exports }) => {
  exports.landfall_wipe()
  const end = (exports.landfall_input(0) >>> 0) - BEFORE_INPUT_BYTES
  exports.landfall_wipe()
  return Buffer.from(exports.memory.buffer, STACK_BYTES, end - STACK_BYTES)
}

const { Instance } = WebAssembly

WebAssembly.Instance = /** @type {any} */ (
  class {
    constructor(...given) {
      const { exports } = new Instance(.../** @type {[any]} */ (given))
      /** @type {Instance} */
      const instance = { exports, isConfigured: false, isBroken: false, isMisused: false }
      const use = () => {
        touched.add(instance)
        if (instance.isBroken) instance.isMisused = true
      }
      this.exports = {
        ...exports,
        landfall_input(size) {
          use()
          if (!instance.image) instance.image = Buffer.from(read(instance))
          return exports.landfall_input(size)
        },
        landfall_handle(operation) {
          use()
          if (trap.after > 0 && --trap.after === 0) {
            instance.isBroken = true
            new Uint8Array(exports.memory.buffer, STACK_BYTES).fill(0x41)
            throw new WebAssembly.RuntimeError('unreachable')
          }
          const at = exports.landfall_handle(operation)
          if (operation === OPERATION.configure)
            Object.assign(instance, { isConfigured: true, image: undefined })
          return at
        },
      }
    }
  }
)

let zeros = Buffer.alloc(1 << 18)

/** Whether every byte is zero. @param {Uint8Array} bytes */
const isZero = (bytes) => {
  if (bytes.length > zeros.length) zeros = Buffer.alloc(bytes.length)
  return zeros.subarray(0, bytes.length).equals(bytes)
}

/** What is wrong with an instance between two calls, or an empty text. @param {Instance} instance */
export const problemOf = (instance) => {
  const { exports, image, isConfigured, isBroken, isMisused } = instance
  if (isMisused) return 'an instance is used after its trap'
  const { buffer } = exports.memory
  if (isBroken) return isZero(new Uint8Array(buffer)) ? '' : 'a dropped instance keeps its memory'
  if (!image) return ''
  // The core of checkNext holds no secret, and wipes when it is used again.
  if (isConfigured && !isZero(new Uint8Array(buffer, STACK_BYTES + image.length)))
    return 'a call leaves something'
  if (!read(instance).equals(image))
    return 'constants or configuration have changed, or a healthy instance was dropped'
  return ''
}

/** Random bytes that the glue drew. @type {Uint8Array[]} */
const drawn = []
const { getRandomValues } = crypto
crypto.getRandomValues = /** @type {any} */ (
  (bytes) => {
    drawn.push(bytes)
    return getRandomValues.call(crypto, bytes)
  }
)

/** Whether the bytes of all sign-ins are wiped; the last ones drawn are for the next. */
export const isEntropyWiped = () => drawn.splice(0, drawn.length - 1).every(isZero)

/** The answer of an instance to a start with fixed random bytes at a fixed time. @param {Instance} instance */
export const startFixed = ({ exports }) => {
  const fields = startFields().map((field) =>
    field === ENTROPY ? Buffer.from(field) : Buffer.from(String(field)),
  )
  const head = Buffer.alloc(8 + 4 * fields.length)
  const size = head.length + fields.reduce((sum, { length }) => sum + length, 0)
  for (const [i, word] of [size, fields.length, ...fields.map(({ length }) => length)].entries())
    head.writeUInt32LE(word, 4 * i)
  const at = exports.landfall_input(size) >>> 0
  Buffer.concat([head, ...fields]).copy(Buffer.from(exports.memory.buffer), at)
  const answer = exports.landfall_handle(OPERATION.start) >>> 0
  const bytes = Buffer.from(exports.memory.buffer)
  const text = bytes.toString('latin1', answer, answer + bytes.readUInt32LE(answer))
  exports.landfall_wipe()
  return text
}
