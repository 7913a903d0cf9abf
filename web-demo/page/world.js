/** A browser, an app with Landfall, and stand-ins for Supabase Auth and the provider: a whole sign-in inside this page. */
import { createAuth } from '../../js-glue/entries/index.js'
import { REPLY } from '../../js-glue/server/reply.js'
import { rowOf } from './known-providers.js'
import { CLIENT_ID, serve } from './servers.js'
import { PROJECT } from './token-answers.js'

export const APP = 'https://app.example'
export const WWW = 'https://www.app.example'

const MINUTE = 60_000
const MEASURE_MILLISECONDS = 20
const clock = Date.now

/** A request as Landfall reads it. @param {string} url @param {[string, string][]} [headers] */
const toRequest = (url, headers) => ({ method: 'GET', url, headers: new Headers(headers) })

/** @param {Reply} reply */
const toResponse = ({ body, status }) =>
  new Response(body, { status, headers: { 'content-type': 'application/json' } })

/** @typedef {{ url: string, body: string, status: number }} Reply what a server answered */

/**
 * @typedef {object} Exchange one request and its answer
 * @property {string} from @property {string} to
 * @property {string} title
 * @property {string} method @property {string} url
 * @property {[string, string][]} headers of the request
 * @property {string} [body] of the request
 * @property {number} status
 * @property {[string, string][]} answer headers of the answer
 * @property {string} [answerBody]
 * @property {'sign_in' | 'callback'} [handler] of ours that answered
 * @property {number} [minutes] by which that world's clock was ahead
 * @property {Reply[]} [replies] what the servers answered meanwhile
 * @property {string} [says] what the answer is, in a word
 * @property {string} [code] its error code, empty for none
 */

/**
 * One browser with its app. `kind` is what the app signs in with: `supabase`, which has Bitbucket behind it, or `direct`, at a provider
 * that Landfall knows by name.
 */
export class World {
  /** @type {Exchange[]} */
  exchanges = []
  /** Cookies by host. @type {Map<string, Map<string, string>>} */
  cookies = new Map()
  /** What the servers remember of a code. @type {Map<string, { challenge: string, nonce: string, used: boolean }>} */
  codes = new Map()
  #minutes = 0
  /** Of the request that is being answered. @type {Reply[]} */
  #replies = []
  /** Set while a request is answered again. @type {Reply[] | undefined} */
  #replayed
  #code = ''

  /** @param {'supabase' | 'direct'} kind @param {string} provider its name in the table */
  constructor(kind, provider) {
    this.kind = kind
    this.provider = rowOf(provider)
    const direct = {
      providers: { [provider]: { clientId: CLIENT_ID, clientSecret: 'your-secret' } },
      session: true,
    }
    const supabase = { url: PROJECT, key: 'sb_publishable_your-key', providers: { [provider]: {} } }
    this.auth = createAuth({
      ...(kind === 'supabase' ? { supabase } : direct),
      secret: 'thirty-two bytes that only your server knows',
      origin: { trustedHosts: ['app.example', 'www.app.example'] },
      fetch: /** @type {any} */ (
        (/** @type {string} */ url, /** @type {any} */ init) => this.#fetch(url, init)
      ),
      onEvent: (event) => {
        if (event.type !== 'warning') this.#code = event.code ?? ''
      },
    })
  }

  /** Time goes by, for this world alone. @param {number} minutes */
  wait(minutes) {
    this.#minutes += minutes
  }

  /** @param {string} host */
  cookieHeader(host) {
    return [...(this.cookies.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** The cookies of a request, as it has them. @param {string} host @returns {[string, string][]} */
  #sentTo(host) {
    const cookie = this.cookieHeader(host)
    return [['host', host], ...(cookie ? [/** @type {[string, string]} */ (['cookie', cookie])] : [])]
  }

  /** Who is signed in at a page of the app, and what the app must set for it. @param {string} url */
  whoIsAt(url) {
    return this.auth.getSession(/** @type {any} */ (toRequest(url, this.#sentTo(new URL(url).host))))
  }

  /** The browser opens a page of the app, which asks Landfall who that is. @param {string} title @param {string} url */
  open(title, url) {
    const { session, setCookie } = this.whoIsAt(url)
    this.exchanges.push({
      ...{ from: 'browser', to: 'app', title, method: 'GET', url, status: 200 },
      headers: this.#sentTo(new URL(url).host),
      answer: setCookie.map((line) => ['set-cookie', line]),
      answerBody: JSON.stringify(session?.user, null, 1),
      says: session?.user.name ?? 'nobody',
    })
  }

  /** A request of the browser to the app, answered by Landfall. @param {string} title @param {string} url @returns {Promise<Exchange>} */
  async visit(title, url) {
    const { host, pathname } = new URL(url)
    // Each provider comes back to a path of its own below it.
    const isCallback = pathname.startsWith('/auth/callback')
    const headers = this.#sentTo(host)
    this.#code = ''
    /** @type {Exchange} */
    const exchange = { from: 'browser', to: 'app', title, method: 'GET', url, headers, status: 0, answer: [] }
    this.exchanges.push(exchange)
    exchange.handler = isCallback ? 'callback' : 'sign_in'
    exchange.minutes = this.#minutes
    exchange.replies = this.#replies = []
    const { status, headers: answer, body } = await this.#answer(exchange)
    Object.assign(exchange, { status, answer, answerBody: body ?? '', code: this.#code })
    this.#keep(host, answer)
    return exchange
  }

  /** What Landfall says to a request, by this world's clock. @param {Exchange} exchange */
  async #answer({ handler, url, headers, minutes = 0 }) {
    const handle = /** @type {any} */ (handler === 'callback' ? this.auth.callback : this.auth.signIn)
    Date.now = () => clock() + minutes * MINUTE
    try {
      return await handle[REPLY](toRequest(url, headers))
    } finally {
      Date.now = clock
    }
  }

  /**
   * Microseconds that Landfall needs for a request, without the network: browsers' clocks are coarse, so it is answered again and
   * again, with the same answers of the servers from memory.
   * @param {Exchange} exchange
   */
  async measure(exchange) {
    let micros = 0
    // The first round is to warm up.
    for (let round = 0; round < 2; round++) {
      const begin = performance.now()
      let runs = 0
      for (; performance.now() - begin < MEASURE_MILLISECONDS; runs++) await this.again(exchange)
      micros = ((performance.now() - begin) * 1000) / runs
    }
    return micros
  }

  /** Answers a request again, with the same answers of the servers. @param {Exchange} exchange */
  async again(exchange) {
    this.#replayed = exchange.replies
    await this.#answer(exchange)
    this.#replayed = undefined
  }

  /** The page that a failure ends on, from its own handler. @param {Exchange} exchange @returns {Promise<string>} HTML */
  async errorPage({ url, answer }) {
    const target = new URL(answer.find(([name]) => name === 'location')?.[1] ?? '', url)
    return (await /** @type {any} */ (this.auth.error)[REPLY](toRequest(target.href))).body ?? ''
  }

  /** @param {string} host @param {[string, string][]} headers */
  #keep(host, headers) {
    const jar = this.cookies.get(host) ?? new Map()
    this.cookies.set(host, jar)
    for (const [name, line] of headers) {
      if (name !== 'set-cookie') continue
      const [pair = ''] = line.split(';')
      const key = pair.slice(0, pair.indexOf('='))
      if (/; Max-Age=0/i.test(line)) jar.delete(key)
      else jar.set(key, pair.slice(key.length + 1))
    }
  }

  /** A request of the app to a server. @param {string} url @param {{ method: string, body?: string, headers: Record<string, string> }} init */
  async #fetch(url, init) {
    const known = this.#replayed?.find((reply) => reply.url === url)
    if (known) return toResponse(known)
    const { title, status, answer, says } = await serve(this, url, init)
    this.exchanges.push({
      ...{ from: 'app', to: this.kind === 'supabase' ? 'supabase' : 'provider', title },
      ...{ method: init.method, url, headers: Object.entries(init.headers), status },
      ...(init.body && { body: init.body }),
      ...(says && { says }),
      answer: [['content-type', 'application/json']],
      answerBody: JSON.stringify(answer, null, 1),
    })
    const made = { url, body: JSON.stringify(answer), status }
    this.#replies.push(made)
    return toResponse(made)
  }
}
