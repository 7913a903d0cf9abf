// Providers, a Supabase project and a browser that put hostile text wherever the app takes text from, as often with what
// they know of the app's secrets in it.
import { callbackUrl, ISSUER, json, makeApp, ORIGIN, readStart, toCookieHeader } from './app.mjs'
import { jwks, sign } from './id-token.mjs'

const PROJECT = 'https://abcd.supabase.co'
/** Shorter than what is too long for a word. */
const EMAIL = 'ada@mail.example'
const CLIENT_SECRET = 'client-secret-0123456789-ABCDEFGHIJ'
const KEY = 'sb_publishable_0123456789abcdefghij'
const CODE = 'code-0123456789-abcdefghij-KLMNOP'
const AUTH_CODE = '9f1c2d3e-0000-4000-8000-000000000000'
const TOKENS = { access: 'access-0123456789-abcdefghij-XYZ', refresh: 'refresh-0123456789-abcdefghij-XYZ' }
const CONSTANT = [CLIENT_SECRET, KEY, CODE, AUTH_CODE, EMAIL, ...Object.values(TOKENS)]

const CLIENT = { clientId: 'client-1', clientSecret: CLIENT_SECRET }
const OPTIONS = {
  providers: {
    main: {
      ...CLIENT,
      authorizationEndpoint: `${ISSUER}/authorize`,
      tokenEndpoint: `${ISSUER}/token`,
      userinfoEndpoint: `${ISSUER}/userinfo`,
    },
    op: { ...CLIENT, issuer: ISSUER, scopes: 'openid', userinfo: true },
    post: {
      ...CLIENT,
      authorizationEndpoint: `${ISSUER}/authorize`,
      tokenEndpoint: `${ISSUER}/token`,
      responseMode: 'form_post',
    },
  },
  supabase: { url: PROJECT, key: KEY },
}

const ROUTES = ['sign-in', 'callback', 'callback/main', 'callback/op', 'callback/post', 'confirm', 'sign-out']
const PARAMETERS = [
  'error',
  'error_description',
  'error_uri',
  'error_code',
  'iss',
  'state',
  'code',
  'message',
]
const MORE_PARAMETERS = [
  'provider',
  'next',
  'type',
  'token_hash',
  'sb_flow_id',
  'response',
  'access_token',
  'x',
]
const ERRORS = ['error', 'error_description', 'error_code', 'code', 'msg', 'message', 'error_uri', 'x']
const HEADERS = [
  'host',
  'x-forwarded-host',
  'x-forwarded-proto',
  'forwarded',
  'origin',
  'cookie',
  'content-type',
]

/** What they answer where they mean well. */
const goodAnswer = async ({ url }, nonce) => {
  const { pathname } = new URL(url)
  const now = Math.floor(Date.now() / 1000)
  if (pathname.startsWith('/.well-known/'))
    return {
      issuer: ISSUER,
      ...Object.fromEntries(
        ['authorization', 'token', 'userinfo'].map((name) => [`${name}_endpoint`, `${ISSUER}/${name}`]),
      ),
      jwks_uri: `${ISSUER}/jwks`,
    }
  if (pathname === '/jwks') return jwks()
  if (pathname === '/userinfo') return { sub: 'user-1', email: EMAIL }
  const claims = { iss: ISSUER, aud: 'client-1', sub: 'user-1', exp: now + 300, iat: now, nonce }
  return {
    access_token: TOKENS.access,
    token_type: 'bearer',
    expires_in: 3600,
    refresh_token: TOKENS.refresh,
    ...(pathname === '/token' && { id_token: await sign(claims, { alg: 'ES256' }) }),
    ...(pathname.startsWith('/auth/v1/') && { user: { id: 'user-1', email: EMAIL } }),
  }
}

/**
 * An app, and everybody around it.
 * @param {ReturnType<import('./hostile-text.mjs').makeHostileRandom>} random
 */
export const makeHostileWorld = ({ below, pick, text }) => {
  const chance = (/** @type {number} */ one) => below(one) === 0
  const world = { secrets: [...CONSTANT], events: [], app: /** @type {any} */ (null), run: async () => {} }
  let nonce = ''
  const hostile = () => text(world.secrets)
  const some = (names, most = 3) =>
    Object.fromEntries(Array.from({ length: below(most) }, () => [pick(names), hostile()]))

  const answer = async (sent) => {
    const form = sent.body.startsWith('{') ? new Map(Object.entries(JSON.parse(sent.body))) : sent.form
    const verifier = form.get('code_verifier')
    if (verifier) world.secrets.push(verifier)
    if (chance(20)) throw new TypeError(hostile())
    const good = await goodAnswer(sent, nonce)
    if (chance(2)) return json(good)
    // What Supabase Auth says for a moment only is asked for again, which takes time.
    const status = pick([200, 400, 401, 403, 404, 422, sent.url.startsWith(PROJECT) ? 409 : 503])
    if (chance(6))
      return json(hostile(), { status, headers: { 'content-type': pick(['text/html', 'application/json']) } })
    if (chance(6)) {
      const body = `${new URLSearchParams(some(ERRORS, 5))}`
      return json(body, { status, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    }
    const isError = chance(2)
    const members = isError
      ? ERRORS.concat('error', 'error_code')
      : Object.keys(good).concat(ERRORS, hostile())
    const said = { ...(!isError && good), ...some(members, 5) }
    if (chance(8)) said[pick(Object.keys(good))] = [{ [hostile()]: hostile() }]
    // So large that its cookie is worth a warning, which names what is large.
    if (chance(4)) said[hostile()] = 'y'.repeat(9000)
    return json(said, { status })
  }

  /** What the app's own hooks do when they mean no harm but fail. */
  const hook = () => {
    if (chance(4)) throw new Error(hostile())
    if (chance(4)) return { redirect: hostile() }
    return undefined
  }
  const app = makeApp(
    {
      ...OPTIONS,
      origin: chance(2) ? { trustedHosts: ['app.example'] } : ORIGIN,
      onSession: hook,
      onSignOut: hook,
    },
    answer,
  )
  Object.assign(world, { app, events: app.events })

  /** A request whose text no Headers and no URL has looked at. */
  const toRequest = (url, { method = 'GET', headers = {}, body = '' } = {}) => {
    const all = { host: 'app.example', 'x-forwarded-proto': 'https', ...headers }
    for (const name of HEADERS)
      if (chance(25)) all[name] = `${chance(2) ? (all[name] ?? '') : ''}${hostile()}`
    return {
      method: chance(40) ? hostile() : method,
      url: `https://app.example${url}`,
      headers: { get: (name) => all[name] ?? null },
      body: body ? new Blob([body]).stream() : null,
    }
  }
  const encode = (query) => {
    const all = `${new URLSearchParams(query)}`
    return chance(10) ? all + hostile() : all
  }
  const visit = async (request) => {
    await world.app.auth.handle(request)
  }

  /** One sign-in, or one request out of nowhere. */
  world.run = async () => {
    world.secrets = [...CONSTANT]
    const provider = pick(['main', 'op', 'post', 'bitbucket'])
    if (chance(4)) {
      const query = {
        ...some(PARAMETERS),
        ...some(MORE_PARAMETERS),
        ...(chance(2) && { provider: hostile() }),
      }
      const init = chance(3)
        ? { method: 'POST', headers: { origin: 'https://app.example' }, body: encode(query) }
        : {}
      return visit(toRequest(`/auth/${pick(ROUTES)}${chance(10) ? hostile() : ''}?${encode(query)}`, init))
    }
    if (chance(8)) {
      const request = toRequest('/')
      const asked = { provider: chance(3) ? hostile() : provider, next: hostile(), request }
      if (chance(3)) asked.scopes = hostile()
      return world.app.auth.start({ ...asked, queryParams: chance(3) ? some(['prompt', hostile()]) : {} })
    }
    if (chance(8)) {
      const headers = { origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded' }
      const body = encode({ token_hash: CODE, type: 'email', ...some(MORE_PARAMETERS) })
      return visit(toRequest('/auth/confirm', { method: 'POST', headers, body }))
    }
    const started = await world.app.auth.handle(
      toRequest(`/auth/sign-in?${encode({ provider, next: '/x' })}`),
    )
    const location = started?.headers.get('location') ?? ''
    if (!location.startsWith('https://')) return undefined
    const lines = started.headers.getSetCookie()
    const cookie = toCookieHeader(lines)
    world.secrets.push(...cookie.split('; ').map((one) => one.split('=').slice(1).join('=')))
    const { url } = readStart(new URL(location), lines)
    const state = url.searchParams.get('state')
    nonce = url.searchParams.get('nonce') ?? ''
    for (const secret of [state, nonce]) if (secret) world.secrets.push(secret)
    if (provider === 'bitbucket') {
      const back = new URL(url.searchParams.get('redirect_to') ?? '')
      const query = {
        ...Object.fromEntries(back.searchParams),
        code: AUTH_CODE,
        ...(chance(2) && some(PARAMETERS)),
      }
      if (chance(3))
        Object.assign(query, { code: '', ...some(['error', 'error_code', 'error_description'], 5) })
      return visit(toRequest(`${back.pathname}?${encode(query)}`, { headers: { cookie } }))
    }
    const query = { code: CODE, state: `${state}`, iss: ISSUER, ...(chance(3) && some(PARAMETERS)) }
    if (chance(3)) Object.assign(query, { code: '', error: hostile(), error_description: hostile() })
    const path = callbackUrl('', {}, provider).split('?')[0]
    if (provider !== 'post') return visit(toRequest(`${path}?${encode(query)}`, { headers: { cookie } }))
    const headers = { cookie, origin: ISSUER, 'content-type': 'application/x-www-form-urlencoded' }
    return visit(toRequest(path, { method: 'POST', headers, body: encode(query) }))
  }
  return world
}
