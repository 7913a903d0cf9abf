/** @typedef {import('./core.js').Field} Field */

/**
 * What is used of a Node request (http.IncomingMessage, http2.Http2ServerRequest), and what Express adds to it.
 * @typedef {{ method?: string | undefined, url?: string | undefined, originalUrl?: string | undefined, body?: unknown,
 *   headers: Record<string, string | string[] | undefined>, socket?: object | null, readableEnded?: boolean,
 *   [Symbol.asyncIterator](): AsyncIterator<any> }} Incoming
 */

/** A Node request as the flow reads it: nothing is copied before it is asked for. */
export class NodeRequest {
  #incoming

  /** @param {Incoming} incoming */
  constructor(incoming) {
    this.#incoming = incoming
    const { socket, headers } = incoming
    const scheme = socket && 'encrypted' in socket && socket.encrypted ? 'https' : 'http'
    const host = headers.host ?? headers[':authority'] ?? ''
    // Express cuts what a router is mounted at off `url`. An absolute form names a host of its own, as RFC 9112 3.2.2 has it.
    const target = incoming.originalUrl ?? incoming.url ?? '/'
    this.method = incoming.method ?? 'GET'
    this.url = target.startsWith('/') ? `${scheme}://${host}${target}` : target
    this.headers = this
  }

  /** A header's value, several joined as Headers joins them. @param {string} name in lower case @returns {string | null} */
  get(name) {
    const { headers } = this.#incoming
    const value = headers[name] ?? (name === 'host' ? headers[':authority'] : undefined)
    return Array.isArray(value) ? value.join(', ') : (value ?? null)
  }

  /**
   * Reads a body up to one byte more than `maxBytes`; one that a body parser has read already is written down again.
   * @param {number} maxBytes
   * @returns {Promise<Field>}
   */
  async readForm(maxBytes) {
    const { body } = this.#incoming
    if (typeof body === 'string') return body
    if (body instanceof Uint8Array) return body
    if (body && this.#incoming.readableEnded) return String(new URLSearchParams(/** @type {any} */ (body)))
    /** @type {Uint8Array[]} */
    const chunks = []
    let size = 0
    // Not `for await`: to leave that early destroys the connection, and with it the answer.
    const reader = this.#incoming[Symbol.asyncIterator]()
    while (size <= maxBytes) {
      const { done, value } = await reader.next()
      if (done) break
      chunks.push(value)
      size += value.length
    }
    const bytes = new Uint8Array(size)
    let at = 0
    for (const chunk of chunks) {
      bytes.set(chunk, at)
      at += chunk.length
    }
    return bytes.subarray(0, maxBytes + 1)
  }

  /** A Request, for hooks and for handlers that are not ours. @throws {TypeError} where its address is none */
  toRequest() {
    const { method } = this
    const headers = new Headers()
    for (const [name, value] of Object.entries(this.#incoming.headers))
      if (!name.startsWith(':') && value !== undefined)
        for (const one of [value].flat()) headers.append(name, one)
    /** @type {RequestInit & { duplex?: string }} */
    const init = { method, headers }
    if (method !== 'GET' && method !== 'HEAD' && !this.#incoming.readableEnded) {
      init.body = toStream(this.#incoming)
      init.duplex = 'half'
    }
    return new Request(this.url, init)
  }
}

/** @param {Incoming} incoming */
const toStream = (incoming) => {
  const chunks = incoming[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      done ? controller.close() : controller.enqueue(value)
    },
    cancel: async () => void (await chunks.return?.()),
  })
}
