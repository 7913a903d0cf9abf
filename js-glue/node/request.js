/**
 * The members of a Node request (http.IncomingMessage, http2.Http2ServerRequest) that are used, with those that Express
 * adds.
 * @typedef {object} Incoming
 * @property {string | undefined} [method]
 * @property {string | undefined} [url]
 * @property {string | undefined} [originalUrl]
 * @property {unknown} [body]
 * @property {Record<string, string | string[] | undefined>} headers
 * @property {object | null} [socket]
 * @property {boolean} [readableEnded]
 * @property {boolean} [destroyed]
 * @property {(event: string, listener: (value: unknown) => void) => unknown} on
 * @property {(event: string, listener: (value: unknown) => void) => unknown} off
 * @property {() => unknown} pause
 * @property {() => unknown} resume
 */

/** The authority and the rest of a target in absolute form (RFC 9112 3.2.2). */
const ABSOLUTE = /^https?:\/\/([^/?#]*)(.*)$/i

/**
 * A header's value: several are one as Headers join them, but cookies as HTTP/2 has it (RFC 9113 8.2.3).
 * @param {string} name
 * @param {string | string[]} value
 */
const joined = (name, value) => (Array.isArray(value) ? value.join(name === 'cookie' ? '; ' : ', ') : value)

/** A Node request as the flow reads it: nothing is copied before it is asked for. */
export class NodeRequest {
  bodyUsed = false
  #incoming
  /**
   * Whom the request is for: of the target or `:authority`, which outrank the Host header.
   * @type {string}
   */
  #authority
  /** @type {Request | undefined} */
  #whole

  /** @param {Incoming} incoming */
  constructor(incoming) {
    this.#incoming = incoming
    const { headers } = incoming
    const scheme = Object(incoming.socket).encrypted ? 'https' : 'http'
    // Express removes the path that a router is mounted at from `url`.
    let target = incoming.originalUrl ?? incoming.url ?? '/'
    this.#authority = String(headers[':authority'] ?? headers.host ?? '')
    if (!target.startsWith('/')) {
      const absolute = ABSOLUTE.exec(target)
      this.#authority = absolute?.[1] ?? this.#authority
      target = (absolute?.[2] ?? target).replace(/^\/?/, '/')
    }
    // An invalid host is encoded so that it cannot pass for a path. The URL parser then refuses it.
    const host = this.#authority.replace(/[^\w.:[\]-]+/g, encodeURIComponent) || '%'
    this.method = incoming.method ?? 'GET'
    this.url = `${scheme}://${host}${target}`
    this.headers = this
  }

  /**
   * @param {string} name in lower case
   * @returns {string | null}
   */
  get(name) {
    const value = name === 'host' ? this.#authority : this.#incoming.headers[name]
    return value === undefined ? null : joined(name, value)
  }

  /**
   * The body; one that a body parser has read already is written down again.
   * @returns {ReadableStream<Uint8Array> | null}
   */
  get body() {
    const incoming = this.#incoming
    const { body } = incoming
    if (typeof body === 'string' || body instanceof Uint8Array)
      return new Response(/** @type {BodyInit} */ (body)).body
    if (!incoming.readableEnded) return toStream(incoming)
    if (!body) return null
    const isJson = /\bjson\b/.test(this.get('content-type') ?? '')
    return new Response(isJson ? JSON.stringify(body) : toForm(body)).body
  }

  /**
   * A Request, for hooks and for handlers that are not ours.
   * @throws {TypeError} where its address or its method is none
   */
  toRequest() {
    if (this.#whole) return this.#whole
    const { method } = this
    const headers = new Headers()
    for (const [name, value] of Object.entries(this.#incoming.headers))
      if (!name.startsWith(':') && value !== undefined) headers.append(name, joined(name, value))
    headers.set('host', this.#authority)
    const body = method === 'GET' || method === 'HEAD' ? null : this.body
    const init = { method, headers, body, duplex: 'half' }
    this.#whole = new Request(this.url, /** @type {RequestInit} */ (init))
    return this.#whole
  }
}

/**
 * A name that came twice stays twice, because the core refuses it. A nested value is left out, because it is no
 * parameter of OAuth.
 * @param {object} body
 */
const toForm = (body) => {
  const pairs = Object.entries(body).flatMap(([name, value]) =>
    [value]
      .flat()
      .filter((one) => typeof one === 'string')
      .map((one) => [name, one]),
  )
  return String(new URLSearchParams(pairs))
}

/**
 * Touches nothing before somebody reads: a handler may pass the request on, and then its body is the next one's. Does
 * not use the iterator: leaving it early destroys the connection and the response.
 * @param {Incoming} incoming
 */
const toStream = (incoming) => {
  let isBegun = false
  let leave = () => {}
  const begin = (/** @type {ReadableStreamDefaultController} */ controller) => {
    isBegun = true
    const take = (/** @type {unknown} */ chunk) => {
      controller.enqueue(/** @type {Uint8Array} */ (chunk))
      incoming.pause()
    }
    const end = () => controller.close()
    const fail = (/** @type {unknown} */ error) => {
      leave()
      controller.error(error ?? new TypeError('terminated'))
    }
    leave = () => {
      incoming.off('data', take)
      incoming.off('end', end)
      incoming.resume()
    }
    if (incoming.destroyed || incoming.readableEnded) return fail(undefined)
    incoming.on('data', take)
    incoming.on('end', end)
    incoming.on('error', fail)
    incoming.on('close', fail)
  }
  return new ReadableStream(
    {
      pull(controller) {
        if (!isBegun) begin(controller)
        incoming.resume()
      },
      cancel: () => leave(),
    },
    { highWaterMark: 0 },
  )
}
