// An app under test: createAuth with a provider that this process answers, and everything that came of it written down.
import { createAuth } from '../../../dist/index.js'

export const ORIGIN = 'https://app.example'
export const ISSUER = 'https://as.example'
export const SECRET = 'the secret of an app under test: 32 bytes and more'
export const TOKEN_ANSWER = '{"access_token":"at","token_type":"Bearer","expires_in":3600}'

/** A plain provider with all addresses given. */
export const PROVIDER = {
  clientId: 'client-1',
  issuer: ISSUER,
  authorizationEndpoint: `${ISSUER}/authorize`,
  tokenEndpoint: `${ISSUER}/token`,
  authorizationResponseIssParameterSupported: true,
  scopes: 'profile',
}

/** A JSON answer as a provider gives it. @param {unknown} body text, bytes or an object @param {ResponseInit} [init] */
export const json = (body, init = {}) =>
  new Response(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body), {
    headers: { 'content-type': 'application/json' },
    ...init,
  })

/**
 * @typedef {object} Sent a request to the provider: `url`, `method`, `headers`, `body` (text), `form`, `init` (as fetch got it)
 */

/**
 * @param {object} [options] of createAuth; `providers` and `origin` have defaults
 * @param {(sent: Sent, count: number) => Response | Promise<Response>} [answer] what the provider says
 */
export const makeApp = (options = {}, answer = () => json(TOKEN_ANSWER)) => {
  const app = { events: [], sessions: [], sent: [] }
  // A test that leaves a default out says undefined, which createAuth would take for an option without a value.
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  const defaults = { origin: ORIGIN, secret: SECRET, providers: { main: PROVIDER } }
  for (const name of Object.keys(options)) if (!(name in given)) delete defaults[name]
  app.auth = createAuth({
    ...defaults,
    onEvent: (event) => app.events.push(event),
    ...given,
    onSession: async (session, context) => {
      const extra = await options.onSession?.(session, context)
      app.sessions.push(session)
      return extra
    },
    fetch: async (url, init) => {
      const sent = {
        url,
        method: init.method,
        headers: new Headers(init.headers),
        body: init.body ?? '',
        init,
      }
      sent.form = new URLSearchParams(sent.body)
      app.sent.push(sent)
      return answer(sent, app.sent.filter((one) => one.url === url).length)
    },
  })
  return app
}

/**
 * A request to the app. What Request refuses (a user name in the address) comes as an object of the same shape.
 * @param {string} url a path of the app, or a whole address
 * @param {{ method?: string, headers?: [string, string][], cookie?: string, body?: BodyInit }} [init]
 */
export const makeRequest = (url, { method = 'GET', headers = [], cookie = '', body } = {}) => {
  const all = new Headers()
  for (const [name, value] of headers) all.append(name, value)
  if (cookie) all.set('cookie', cookie)
  const address = new URL(url, ORIGIN)
  if (address.username === '') return new Request(address, { method, headers: all, body, redirect: 'manual' })
  return { url: address.href, method, headers: all, body: null, bodyUsed: false }
}

/** The `name=value` of each Set-Cookie line that sets something, as a Cookie header. @param {string[]} lines */
export const toCookieHeader = (lines) =>
  lines
    .filter((line) => !/; Max-Age=0(;|$)/.test(line))
    .map((line) => line.split(';')[0])
    .join('; ')

/**
 * Starts a sign-in through the handler.
 * @param {ReturnType<typeof makeApp>} app
 * @param {{ next?: string, provider?: string, headers?: [string, string][], cookie?: string, origin?: string, query?: string }} [init]
 */
export const startSignIn = async (app, init = {}) => {
  const { next = '/dashboard', provider = '', headers, cookie, origin = ORIGIN } = init
  const query = init.query ?? new URLSearchParams({ ...(provider && { provider }), next }).toString()
  const response = await app.auth.signIn(makeRequest(`${origin}/auth/sign-in?${query}`, { headers, cookie }))
  const setCookie = response.headers.getSetCookie()
  const location = response.headers.get('location') ?? ''
  if (response.status !== 303 || !location.startsWith('http')) return { response, location, setCookie }
  return { response, location, setCookie, ...readStart(new URL(location), setCookie) }
}

/** The parts of a started sign-in. @param {URL} url @param {string[]} setCookie */
export const readStart = (url, setCookie) => {
  const line = setCookie.at(-1)
  const [name, ...rest] = line.split(';')[0].split('=')
  return {
    url,
    state: url.searchParams.get('state'),
    line,
    name,
    value: rest.join('='),
    cookie: line.split(';')[0],
  }
}

/**
 * The callback's address as a provider would make it. @param {string} state @param {Record<string, string>} [more] @param {string} [provider]
 */
export const callbackUrl = (state, more = {}, provider = 'main') =>
  `/auth/callback/${provider}?${new URLSearchParams({ code: 'abc123', state, iss: ISSUER, ...more })}`
