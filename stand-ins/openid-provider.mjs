// The embedded OpenID provider of the demo and the tests: the certified npm package `oidc-provider`,
// in this process, over http on a loopback address. Anyone signs in with any name; nothing is stored.
import { generateKeyPair, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import { findAccount } from './openid-provider-accounts.mjs'
import { createInteractions } from './openid-provider-interactions.mjs'
import { errorPage, sendPage } from './openid-provider-pages.mjs'

const ROUTES = {
  authorization: '/authorize',
  token: '/token',
  userinfo: '/userinfo',
  jwks: '/jwks',
  revocation: '/revoke',
  end_session: '/sign-out',
  introspection: '/introspect',
  pushed_authorization_request: '/par',
}
const HOUR = 3600
const TTL = {
  AccessToken: HOUR,
  AuthorizationCode: 60,
  Grant: 14 * 24 * HOUR,
  IdToken: HOUR,
  Interaction: HOUR,
  RefreshToken: 14 * 24 * HOUR,
  Session: 14 * 24 * HOUR,
}
const MAX_RECORDED_REQUESTS = 1000

// True of this provider on purpose: it forgets everything when it stops. Any other warning is printed.
// The runtime one is about Node 20, on which the tests show that what is used here works.
const EXPECTED_WARNINGS = [/in-memory adapter/, /Unsupported runtime/]

async function withoutExpectedWarnings(run) {
  const { warn } = console
  console.warn = (...words) => EXPECTED_WARNINGS.some((pattern) => pattern.test(words[0])) || warn(...words)
  try {
    return await run()
  } finally {
    console.warn = warn
  }
}

const makeKeyPair = promisify(generateKeyPair)

/** What the provider signs with, HS256 aside. */
export const ALGORITHMS = ['RS', 'PS', 'ES']
  .flatMap((kind) => [256, 384, 512].map((bits) => `${kind}${bits}`))
  .concat('EdDSA')

/** A private key for each kind, made at start, so that nothing secret is ever in the repository. */
async function makeKeys() {
  const kinds = [
    ['rsa', { modulusLength: 2048 }],
    ...['P-256', 'P-384', 'P-521'].map((namedCurve) => ['ec', { namedCurve }]),
    ['ed25519', {}],
  ]
  return Promise.all(
    kinds.map(async ([type, options]) => {
      const { privateKey } = await makeKeyPair(type, options)
      return {
        ...privateKey.export({ format: 'jwk' }),
        use: 'sig',
        kid: `${type}-${randomBytes(4).toString('hex')}`,
      }
    }),
  )
}

function completeClient(client) {
  return {
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: client.client_secret ? 'client_secret_basic' : 'none',
    ...client,
  }
}

/** With `remember: false` every sign-in asks who you are and what you allow, however often you come. */
function makePolicy({ interactionPolicy }, remember) {
  const policy = interactionPolicy.base()
  if (remember) return policy
  for (const name of ['login', 'consent']) {
    const unanswered = (ctx) => !ctx.oidc.result?.[name]
    policy
      .get(name)
      .checks.add(new interactionPolicy.Check('always_asked', 'the provider asks each time', unanswered))
  }
  return policy
}

function makeConfiguration(oidc, { clients, keys, remember, idTokenClaims, extra }) {
  return {
    clients: clients.map(completeClient),
    jwks: { keys },
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    enabledJWA: {
      idTokenSigningAlgValues: [...ALGORITHMS, 'HS256'],
      userinfoSigningAlgValues: [...ALGORITHMS, 'HS256'],
    },
    routes: ROUTES,
    ttl: TTL,
    findAccount,
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username', 'picture'],
      email: ['email', 'email_verified'],
    },
    conformIdTokenClaims: !idTokenClaims,
    pkce: { required: () => true },
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      // Cookies know no ports: these names must not meet those of the app on the same host.
      names: {
        session: 'provider-session',
        interaction: 'provider-interaction',
        resume: 'provider-resume',
      },
    },
    features: {
      devInteractions: { enabled: false },
      jwtUserinfo: { enabled: true },
      revocation: { enabled: true, allowedPolicy: () => true },
      rpInitiatedLogout: { enabled: true },
      backchannelLogout: { enabled: true },
    },
    interactions: {
      url: (_, interaction) => `/interaction/${interaction.uid}`,
      policy: makePolicy(oidc, remember),
    },
    issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
    clientBasedCORS: (_, origin, client) => client.redirectUris.some((uri) => new URL(uri).origin === origin),
    renderError: (ctx, out) => {
      const page = errorPage(out.error, out.error_description)
      ctx.type = 'html'
      ctx.set(page.headers)
      ctx.body = page.body
    },
    ...extra,
  }
}

function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server.address().port))
  })
}

/**
 * Starts a provider. PKCE S256 is required; every algorithm of ALGORITHMS is offered.
 *
 * @param {object} options
 * @param {object[] | ((issuer: string) => object[])} options.clients client metadata as in dynamic
 *   registration: client_id, client_secret?, redirect_uris, token_endpoint_auth_method?
 *   (client_secret_basic, client_secret_post or none), id_token_signed_response_alg? (RS256)
 * @param {number} [options.port] 0: any free one
 * @param {string} [options.host] a loopback address
 * @param {string} [options.path] the path of the issuer, such as /realms/main; it may end in a slash
 * @param {string} [options.publicIssuer] the issuer, where a proxy ends TLS; it says so in X-Forwarded-Host and -Proto
 * @param {boolean} [options.remember] false: ask for name and consent at every sign-in
 * @param {boolean} [options.idTokenClaims] true: name, email and picture are in the ID Token too
 * @param {boolean} [options.iss] false: metadata does not promise `iss` (which is sent all the same)
 * @param {(request, response) => boolean | Promise<boolean>} [options.intercept] true when it has answered: for broken endpoints
 * @param {object} [options.configuration] further `oidc-provider` configuration
 * @returns {Promise<{ issuer: string, port: number, stats: object, close(): Promise<void> }>}
 */
export async function startOpenIdProvider({
  clients,
  port = 0,
  host = '127.0.0.1',
  path: issuerPath = '',
  publicIssuer,
  remember = true,
  idTokenClaims = false,
  iss = true,
  intercept,
  configuration = {},
}) {
  const server = createServer()
  const [boundPort, keys, oidc] = await Promise.all([
    listen(server, port, host),
    makeKeys(),
    withoutExpectedWarnings(() => import('oidc-provider')),
  ])
  const issuer = publicIssuer ?? `http://${host}:${boundPort}${issuerPath}`
  const mount = issuerPath.replace(/\/$/, '')
  const list = typeof clients === 'function' ? clients(issuer) : clients
  const settings = { clients: list, keys, remember, idTokenClaims, extra: configuration }
  const provider = await withoutExpectedWarnings(
    () => new oidc.Provider(issuer, makeConfiguration(oidc, settings)),
  )
  provider.proxy = publicIssuer !== undefined
  provider.use(async (ctx, next) => {
    await next()
    // The option `discovery` adds members; it changes none.
    if (ctx.oidc?.route === 'discovery') ctx.body.authorization_response_iss_parameter_supported = iss
  })
  const stats = makeStats(provider)
  const handle = provider.callback()
  const interactions = createInteractions(provider)

  server.on('request', async (request, response) => {
    const path = request.url.split('?', 1)[0]
    response.once('finish', () => stats.record(request.method, path, response.statusCode))
    try {
      if (await intercept?.(request, response)) return
      if (await interactions(request, response, path)) return
      handle(under(mount, request), response)
    } catch (error) {
      stats.errors.push(`${error.name}: ${error.message}`)
      const stale = error.name === 'SessionNotFound'
      sendPage(response, stale ? 400 : 500, errorPage(stale ? 'expired' : 'server_error', error.message))
    }
  })

  const close = () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { issuer, port: boundPort, stats, close }
}

/** The request as a framework gives it to what it mounts at a path: oidc-provider reads the path from the two. */
function under(mount, request) {
  if (!mount || !request.url.startsWith(`${mount}/`)) return request
  return Object.assign(request, { originalUrl: request.url, url: request.url.slice(mount.length) })
}

/** What was asked of the provider, without any parameter or header: `requests`, `errors`, `count(path)`. */
function makeStats(provider) {
  const stats = {
    requests: [],
    errors: [],
    record(method, path, status) {
      if (stats.requests.length < MAX_RECORDED_REQUESTS) stats.requests.push({ method, path, status })
    },
    count: (path, method) =>
      stats.requests.filter((one) => one.path === path && (!method || one.method === method)).length,
  }
  const note = (_, error) =>
    stats.errors.push(
      `${error.error ?? error.name}: ${error.error_detail ?? error.error_description ?? error.message}`,
    )
  for (const event of ['authorization', 'grant', 'revocation', 'userinfo', 'server', 'jwks', 'discovery']) {
    provider.on(event === 'server' ? 'server_error' : `${event}.error`, note)
  }
  return stats
}
