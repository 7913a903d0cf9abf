/** A browser, an app with Landfall, and stand-ins for Supabase Auth and Bitbucket: a whole sign-in inside this page. */
import { createAuth } from '../../js-glue/entries/index.js'
import { REPLY } from '../../js-glue/server/reply.js'
import {
  bitbucketTokens,
  challengeOf,
  PROJECT,
  refusal,
  supabaseSession,
  toResponse,
} from './token-answers.js'

export const APP = 'https://app.example'
export const WWW = 'https://www.app.example'

const MINUTE = 60_000
const MEASURE_MILLISECONDS = 20
const clock = Date.now

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
 * @property {{ body: string, status: number }[]} [replies] what token endpoints answered meanwhile
 * @property {string} [code] its error code, empty for none
 */

/** One browser with its app. `kind` is what the app signs in with: `supabase` or `direct`. */
export class World {
  /** @type {Exchange[]} */
  exchanges = []
  /** Cookies by host. @type {Map<string, Map<string, string>>} */
  cookies = new Map()
  /** What the servers remember of a code. @type {Map<string, { challenge: string, used: boolean }>} */
  codes = new Map()
  #minutes = 0
  /** Of the request that is being answered. @type {{ body: string, status: number }[]} */
  #replies = []
  /** Set while a request is answered again. @type {{ body: string, status: number }[] | undefined} */
  #replayed
  #code = ''

  /** @param {'supabase' | 'direct'} kind */
  constructor(kind) {
    this.kind = kind
    // Without the profile, this way has as many steps as the one through Supabase.
    const direct = { bitbucket: { clientId: 'your-key', clientSecret: 'your-secret', userinfo: false } }
    const supabase = { url: PROJECT, key: 'sb_publishable_your-key', providers: { bitbucket: {} } }
    this.auth = createAuth({
      ...(kind === 'supabase' ? { supabase } : { providers: direct }),
      secret: 'thirty-two bytes that only your server knows',
      origin: { trustedHosts: ['app.example', 'www.app.example'] },
      fetch: /** @type {any} */ (
        (/** @type {string} */ url, /** @type {any} */ init) => this.#token(url, init)
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

  /** A request of the browser to the app, answered by Landfall. @param {string} title @param {string} url @returns {Promise<Exchange>} */
  async visit(title, url) {
    const { host, pathname } = new URL(url)
    // Each provider comes back to a path of its own below it.
    const isCallback = pathname.startsWith('/auth/callback')
    const cookie = this.cookieHeader(host)
    /** @type {[string, string][]} */
    const headers = [
      ['host', host],
      ...(cookie ? [/** @type {[string, string]} */ (['cookie', cookie])] : []),
    ]
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
    const sent = new Map(headers)
    const request = {
      method: 'GET',
      url,
      headers: { get: (/** @type {string} */ name) => sent.get(name) ?? null },
    }
    const handle = /** @type {any} */ (handler === 'callback' ? this.auth.callback : this.auth.signIn)
    Date.now = () => clock() + minutes * MINUTE
    try {
      return await handle[REPLY](request)
    } finally {
      Date.now = clock
    }
  }

  /**
   * Microseconds that Landfall needs for a request, without the network: browsers' clocks are coarse, so it is answered again and
   * again, with the same token answers from memory.
   * @param {Exchange} exchange
   */
  async measure(exchange) {
    let runs = 0
    let begin = performance.now()
    for (
      let now = begin, isWarm = false;
      now - begin < MEASURE_MILLISECONDS || !isWarm;
      now = performance.now()
    ) {
      if (!isWarm && now - begin >= MEASURE_MILLISECONDS) {
        isWarm = true
        runs = 0
        begin = now
      }
      this.#replayed = [...(exchange.replies ?? [])]
      await this.#answer(exchange)
      runs += 1
    }
    this.#replayed = undefined
    return ((performance.now() - begin) * 1000) / runs
  }

  /** The page that a failure ends on, from its own handler. @param {Exchange} exchange @returns {Promise<string>} HTML */
  async errorPage({ url, answer }) {
    const target = new URL(answer.find(([name]) => name === 'location')?.[1] ?? '', url)
    const request = { method: 'GET', url: target.href, headers: { get: () => null } }
    return (await /** @type {any} */ (this.auth.error)[REPLY](request)).body ?? ''
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

  /** The token endpoint of either. @param {string} url @param {{ body: string, headers: Record<string, string> }} init */
  async #token(url, { body, headers }) {
    const reply = this.#replayed?.shift()
    if (reply) return toResponse(reply)
    const isSupabase = url.includes('grant_type=pkce')
    const form = isSupabase ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))
    const known = this.codes.get(form.auth_code ?? form.code)
    const isProved = known && (!crypto.subtle || (await challengeOf(form.code_verifier)) === known.challenge)
    const isGood = isProved && !known.used
    if (known && isProved) known.used = true
    const answer = isGood
      ? isSupabase
        ? supabaseSession()
        : bitbucketTokens()
      : refusal(isSupabase, known?.used ?? false)
    this.exchanges.push({
      from: 'app',
      to: isSupabase ? 'supabase' : 'bitbucket',
      title: isGood
        ? 'Landfall redeems the code with the verifier, which only this browser had'
        : 'The server refuses the code',
      method: 'POST',
      url,
      headers: Object.entries(headers),
      body,
      status: isGood ? 200 : isSupabase ? 404 : 400,
      answer: [['content-type', 'application/json']],
      answerBody: JSON.stringify(answer, null, 1),
    })
    const made = { body: JSON.stringify(answer), status: isGood ? 200 : isSupabase ? 404 : 400 }
    this.#replies.push(made)
    return toResponse(made)
  }
}
