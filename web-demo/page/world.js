/** A browser, an app with Landfall, and stand-ins for Supabase Auth and Bitbucket: a whole sign-in inside this page. */
import { createAuth } from '../../js-glue/index.js'
import { REPLY } from '../../js-glue/reply.js'

export const APP = 'https://app.example'
export const WWW = 'https://www.app.example'
export const PROJECT = 'https://abcdefghijklmnopqrst.supabase.co'
export const BITBUCKET = 'https://bitbucket.org'

const MINUTE = 60_000
const USER = { id: '0f8fad5b-d9cb-469f-a165-70867728950e', email: 'ada@example.com', role: 'authenticated' }

const base64url = (/** @type {string} */ text) =>
  btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
const jwt = (/** @type {object} */ claims) =>
  [{ alg: 'ES256', typ: 'JWT' }, claims].map((part) => base64url(JSON.stringify(part))).join('.') +
  `.${'s'.repeat(86)}`

/** @param {string} text */
const challengeOf = async (text) => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return base64url(String.fromCharCode(...new Uint8Array(digest)))
}

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
 * @property {number} [micros] what that took, without the network
 * @property {string} [code] its error code, empty for none
 */

/** One browser with its app. `kind` is what the app signs in with: `supabase` or `direct`. */
export class World {
  /** @type {Exchange[]} */
  exchanges = []
  /** Cookies by host. @type {Map<string, Map<string, string>>} */
  cookies = new Map()
  /** What the servers remember of a code. @type {Map<string, { challenge: string, used: boolean }>} */
  #codes = new Map()
  #elapsed = 0
  #inFetch = 0
  #code = ''

  /** @param {'supabase' | 'direct'} kind */
  constructor(kind) {
    this.kind = kind
    const direct = { bitbucket: { clientId: 'your-key', clientSecret: 'your-secret' } }
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
    this.#elapsed += minutes * MINUTE
  }

  /** @param {string} host */
  cookieHeader(host) {
    return [...(this.cookies.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** A request of the browser to the app, answered by Landfall. @param {string} title @param {string} url @returns {Promise<Exchange>} */
  async visit(title, url) {
    const { host, pathname } = new URL(url)
    const isCallback = pathname === '/auth/callback'
    const cookie = this.cookieHeader(host)
    /** @type {[string, string][]} */
    const headers = [
      ['host', host],
      ...(cookie ? [/** @type {[string, string]} */ (['cookie', cookie])] : []),
    ]
    const request = {
      method: 'GET',
      url,
      headers: { get: (/** @type {string} */ name) => new Map(headers).get(name) ?? null },
    }
    const handler = /** @type {any} */ (isCallback ? this.auth.callback : this.auth.signIn)
    this.#code = ''
    /** @type {Exchange} */
    const exchange = { from: 'browser', to: 'app', title, method: 'GET', url, headers, status: 0, answer: [] }
    this.exchanges.push(exchange)
    const { now } = Date
    Date.now = () => now() + this.#elapsed
    this.#inFetch = 0
    const begin = performance.now()
    try {
      const { status, headers: answer, body } = await handler[REPLY](request)
      const micros = (performance.now() - begin - this.#inFetch) * 1000
      Object.assign(exchange, { status, answer, answerBody: body ?? '', micros, code: this.#code })
      exchange.handler = isCallback ? 'callback' : 'sign_in'
      this.#keep(host, answer)
    } finally {
      Date.now = now
    }
    return exchange
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

  /** What lies between the app's redirect and the callback. @param {string} location @param {{ deny?: boolean }} [how] @returns {string} the callback's URL */
  passThrough(location, { deny = false } = {}) {
    const asked = new URL(location)
    const code = this.kind === 'supabase' ? crypto.randomUUID() : base64url(crypto.randomUUID()).slice(0, 20)
    this.#codes.set(code, { challenge: asked.searchParams.get('code_challenge') ?? '', used: false })
    if (this.kind === 'direct') return this.#fromBitbucket(location, asked, code, deny)
    const consent = new URL(`${BITBUCKET}/site/oauth2/authorize`)
    consent.search = String(
      new URLSearchParams({
        client_id: 'the-key-in-your-supabase-dashboard',
        redirect_uri: `${PROJECT}/auth/v1/callback`,
        response_type: 'code',
        state: `${base64url(crypto.randomUUID())}`,
        scope: 'account email',
      }),
    )
    this.#hop(
      'browser',
      'supabase',
      'Supabase Auth keeps the challenge and asks Bitbucket',
      location,
      302,
      consent.href,
    )
    const back = new URL(`${PROJECT}/auth/v1/callback`)
    back.search = deny ? '?error=access_denied&state=…' : '?code=…&state=…'
    this.#hop('browser', 'bitbucket', deny ? 'Ada says no' : 'Ada says yes', consent.href, 302, back.href)
    const callback = new URL(asked.searchParams.get('redirect_to') ?? `${APP}/auth/callback`)
    if (deny) {
      callback.searchParams.set('error', 'access_denied')
      callback.searchParams.set('error_description', 'The resource owner denied the request')
    } else callback.searchParams.set('code', code)
    const title = deny
      ? 'Supabase Auth passes the refusal on'
      : 'Supabase Auth signs Ada in and hands out a code'
    this.#hop('browser', 'supabase', title, back.href, 302, callback.href)
    return callback.href
  }

  /** @param {string} location @param {URL} asked @param {string} code @param {boolean} deny */
  #fromBitbucket(location, asked, code, deny) {
    const callback = new URL(asked.searchParams.get('redirect_uri') ?? '')
    callback.search = String(
      new URLSearchParams({
        ...(deny ? { error: 'access_denied' } : { code }),
        state: asked.searchParams.get('state') ?? '',
      }),
    )
    this.#hop('browser', 'bitbucket', deny ? 'Ada says no' : 'Ada says yes', location, 302, callback.href)
    return callback.href
  }

  /** @param {string} from @param {string} to @param {string} title @param {string} url @param {number} status @param {string} location */
  #hop(from, to, title, url, status, location) {
    this.exchanges.push({
      from,
      to,
      title,
      method: 'GET',
      url,
      headers: [],
      status,
      answer: [['location', location]],
    })
  }

  /** The token endpoint of either. @param {string} url @param {{ body: string, headers: Record<string, string> }} init */
  async #token(url, { body, headers }) {
    const begin = performance.now()
    const isSupabase = url.includes('grant_type=pkce')
    const form = isSupabase ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))
    const known = this.#codes.get(form.auth_code ?? form.code)
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
        ? 'Landfall redeems the code, with the verifier that only this browser had'
        : 'The code is refused',
      method: 'POST',
      url,
      headers: Object.entries(headers),
      body,
      status: isGood ? 200 : isSupabase ? 404 : 400,
      answer: [['content-type', 'application/json']],
      answerBody: JSON.stringify(answer, null, 1),
    })
    const response = new Response(JSON.stringify(answer), {
      status: isGood ? 200 : isSupabase ? 404 : 400,
      headers: { 'content-type': 'application/json' },
    })
    this.#inFetch += performance.now() - begin
    return response
  }
}

const supabaseSession = () => {
  const now = Math.floor(Date.now() / 1000)
  return {
    access_token: jwt({
      iss: `${PROJECT}/auth/v1`,
      sub: USER.id,
      aud: 'authenticated',
      exp: now + 3600,
      email: USER.email,
    }),
    token_type: 'bearer',
    expires_in: 3600,
    expires_at: now + 3600,
    refresh_token: 'v1-refresh-token',
    user: {
      ...USER,
      app_metadata: { provider: 'bitbucket', providers: ['bitbucket'] },
      user_metadata: { name: 'Ada Lovelace' },
    },
  }
}
const bitbucketTokens = () => ({
  access_token: 'bitbucket-access-token',
  token_type: 'bearer',
  expires_in: 7200,
  refresh_token: 'bitbucket-refresh-token',
  scopes: 'account email',
})
const refusal = (/** @type {boolean} */ isSupabase, /** @type {boolean} */ isUsed) =>
  isSupabase
    ? {
        code: 404,
        error_code: isUsed ? 'flow_state_not_found' : 'bad_code_verifier',
        msg: 'invalid flow state, no valid flow state found',
      }
    : { error: 'invalid_grant', error_description: 'The specified code is not valid.' }
