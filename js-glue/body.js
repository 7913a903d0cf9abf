import { isBytes, lengthOf } from './message.js'

/**
 * Reads no further. The caller's own stream may throw, or promise nothing.
 * @param {ReadableStreamDefaultReader} reader
 */
const leave = async (reader) => {
  try {
    await reader.cancel()
  } catch {}
}

/**
 * Reads a body into bytes of its own, and stops at the first byte too many.
 * @param {ReadableStream<Uint8Array> | null | undefined} body
 * @param {number} maxBytes
 * @param {AbortSignal} [signal]
 * @returns {Promise<Uint8Array | undefined>} undefined when it is too large
 * @throws for a value that is not a body
 */
export const readBytes = async (body, maxBytes, signal) => {
  if (!body) return new Uint8Array(0)
  const reader = body.getReader()
  /** @type {Uint8Array[]} */
  const chunks = []
  let size = 0
  for (let cost = 0; ; ) {
    const { done, value } = await reader.read()
    if (done) break
    if (!isBytes(value) || signal?.aborted) {
      leave(reader)
      throw new TypeError('no bytes')
    }
    // Count an empty chunk too, so that a body of empty chunks ends.
    cost += lengthOf(value) || 1
    if (cost > maxBytes) {
      leave(reader)
      return undefined
    }
    chunks.push(new Uint8Array(value))
    size += lengthOf(value)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
