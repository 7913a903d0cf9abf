// The token endpoint's answer that a case of callback_cases.json describes.
import { json, TOKEN_ANSWER } from './app.mjs'
import { generate } from './placeholders.mjs'

const CHUNK_BYTES = 64 * 1024

/** A body in chunks that writes down how much of it was read. @param {Uint8Array} bytes @param {{ read: number, cancelled: boolean }} reading */
const inChunks = (bytes, reading) =>
  new ReadableStream(
    {
      pull(controller) {
        if (reading.read >= bytes.length) return controller.close()
        const chunk = bytes.subarray(reading.read, reading.read + CHUNK_BYTES)
        reading.read += chunk.length
        controller.enqueue(chunk)
      },
      cancel() {
        reading.cancelled = true
      },
    },
    { highWaterMark: 0 },
  )

/** One byte every second, for ever, on the clock of the test. */
const endless = (reading) =>
  new ReadableStream({
    pull: (controller) =>
      new Promise((resolve) => {
        setTimeout(() => {
          reading.read += 1
          controller.enqueue(new Uint8Array([0x20]))
          resolve()
        }, 1000)
      }),
    cancel() {
      reading.cancelled = true
    },
  })

/**
 * @param {Record<string, any> | undefined} token of a case
 * @param {{ read: number, cancelled: boolean }} reading
 * @returns {Promise<Response>}
 */
export const answerToken = async (token, reading) => {
  if (!token) return json(TOKEN_ANSWER)
  if (token.networkError) throw new TypeError('fetch failed')
  if (token.stream === 'headers never sent') return new Promise(() => {})
  const headers = new Headers(token.headers)
  if (token.stream) return new Response(endless(reading), { status: token.status, headers })
  const text = token.bodyGen ? generate(token.bodyGen) : (token.body ?? '')
  const bytes = token.bodyHex ? Buffer.from(token.bodyHex, 'hex') : Buffer.from(text)
  const bodyless = token.status === 204 || bytes.length === 0
  return new Response(bodyless ? null : inChunks(bytes, reading), { status: token.status, headers })
}
