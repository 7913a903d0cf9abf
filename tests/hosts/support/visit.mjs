// One entry's visit: a browser of its own, requests byte by byte, and everything that a host can be compared by.
import { request as sendRequest } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { BrowserJar } from '../../../stand-ins/browser-jar.mjs'
import { maskDeeply } from './mask.mjs'

/** What a server adds by itself. */
const TRANSPORT = [
  ...['accept-ranges', 'alt-svc', 'connection', 'content-length', 'date', 'keep-alive', 'server'],
  ...['transfer-encoding', 'vary', 'via', 'x-powered-by'],
]
/** How an app's own 404 looks is its own business. */
const NOT_FOUND = 404

/** A value of a cookie tells nothing that holds in the next run. @param {string} line */
const toCookie = (line) => line.replace(/^([^=;]+)=[^;]+/, '$1=<value>')

/** @param {[string, string][]} headers */
const toHeaders = (headers) =>
  headers
    .map(([name, value]) => [name.toLowerCase(), value])
    .filter(([name]) => !TRANSPORT.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .map(([name, value]) => `${name}: ${name === 'set-cookie' ? toCookie(value) : value}`)

/** @param {number} status @param {[string, string][]} headers @param {string} body */
const toAnswer = (status, headers, body) =>
  status === NOT_FOUND ? { status } : { status, headers: toHeaders(headers), body }

export class Visit {
  jar = new BrowserJar()
  /** @type {object[]} what the host answered, in order */
  answers = []
  /** @type {Record<string, unknown>} what else an entry found out */
  found = {}

  /** @param {string} origin of the host */
  constructor(origin) {
    this.origin = origin
  }

  /** Goes on until there is no redirect; `from` makes it a link. @param {string | URL} url @param {object} [init] as BrowserJar has it */
  open(url, init) {
    return this.#note(this.jar.fetch(new URL(url, this.origin), init))
  }

  /** Sends the form of the page that is open. @param {{ text: string }} page @param {object} [init] */
  submit({ text }, init) {
    return this.#note(this.jar.submit(text, init))
  }

  /**
   * Sends one request as it is written, without the browser.
   * @param {string} method @param {string} target @param {[string, string][]} [headers] a name may come twice @param {string} [body]
   */
  async send(method, target, headers = [], body = '') {
    const { host, hostname, port } = new URL(this.origin)
    const names = headers.map(([name]) => name.toLowerCase())
    const list = [...(names.includes('host') ? [] : [['host', host]]), ...headers]
    if (body) list.push(['content-length', String(Buffer.byteLength(body))])
    const options = { method, path: target, hostname, port, headers: list.flat(), agent: false }
    const incoming = await new Promise((resolve, reject) => {
      sendRequest(/** @type {any} */ (options), resolve)
        .on('error', reject)
        .end(body)
    })
    const { statusCode, rawHeaders } = incoming
    const pairs = rawHeaders.flatMap((name, i) => (i % 2 ? [] : [[name, rawHeaders[i + 1]]]))
    const text = String(await buffer(incoming))
    this.answers.push({ asked: `${method} ${target}`, ...toAnswer(statusCode, pairs, text) })
    return { status: statusCode, headers: new Headers(pairs), text }
  }

  /** @param {string} provider @param {string} [next] */
  signInPath = (provider, next = '/welcome') =>
    `/auth/sign-in?${new URLSearchParams({ provider, ...(next && { next }) })}`

  /** The address of the callback, which is not opened. @param {string} provider @param {string} [next] @param {(url: URL) => void} [change] */
  async callbackOf(provider, next, change = () => {}) {
    const start = await this.open(this.signInPath(provider, next), { redirect: 'manual' })
    const location = new URL(start.headers.get('location'))
    change(location)
    const answer = await this.open(location, { redirect: 'manual', from: this.origin })
    return new URL(answer.headers.get('location'))
  }

  /** A request that a page of the app sends. @param {string} path @param {Record<string, string>} [fields] @param {object} [init] */
  post(path, fields = {}, init = {}) {
    const body = new URLSearchParams(fields)
    return this.open(path, { method: 'POST', body, redirect: 'manual', from: this.origin, ...init })
  }

  /** @param {Promise<Response & { hops: any[] }>} promised */
  async #note(promised) {
    const response = await promised
    const text = await response.text()
    const { hops, headers } = response
    for (const hop of hops) {
      if (new URL(hop.url).origin !== this.origin) continue
      const body = hop === hops.at(-1) ? text : ''
      this.answers.push({
        asked: `${hop.method} ${hop.url}`,
        ...toAnswer(hop.status, [...hop.headers], body),
      })
    }
    return { status: response.status, headers, text, url: response.url }
  }

  /** All that there is to compare. @param {(text: string) => string} mask @param {object[]} events @param {object[]} asked of the providers */
  outcome(mask, events, asked) {
    const cookies = this.jar.cookies.names().sort()
    return maskDeeply({ answers: this.answers, cookies, events, asked, found: this.found }, mask)
  }
}
