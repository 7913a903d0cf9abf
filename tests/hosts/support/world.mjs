// What a host is driven with: providers of its own, and the host four times, once for each set of options.
import { generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import { startHostileTokenEndpoint } from '../../../stand-ins/hostile-token-endpoint.mjs'
import { startOAuthProvider } from '../../../stand-ins/oauth-provider.mjs'
import { ALGORITHMS, startOpenIdProvider } from '../../../stand-ins/openid-provider.mjs'
import { findPort } from '../../../stand-ins/port.mjs'
import { startSupabaseAuth } from '../../../stand-ins/supabase-auth.mjs'
import { BEHAVIOURS } from './behaviours.mjs'
import { startHost } from './host-process.mjs'
import { makeMask } from './mask.mjs'
import { SIGNED_BEHAVIOURS, signedOptions } from './signed-secret.mjs'

export const SECRET = 'a secret of a host under test: 32 bytes and more'
const CLIENT = { clientId: 'demo-client', clientSecret: 'demo-secret' }
const BASIC = { clientId: 'basic', clientSecret: 'a secret: 100% of +/&= and more' }
/** What the hostile provider does at each of its paths. */
const ENDPOINTS = { ...BEHAVIOURS, ...SIGNED_BEHAVIOURS }
const BACKCHANNEL_LOGOUT = 'http://schemas.openid.net/event/backchannel-logout'
const BITBUCKET = ['https://bitbucket.org', 'https://api.bitbucket.org']

/** The providers with OpenID Connect, by name: what their clients are, and what the app says of them. */
const openIds = (issuer) => ({
  ...Object.fromEntries(
    ALGORITHMS.map((alg) => [alg.toLowerCase(), { clientId: alg, idTokenSignedResponseAlg: alg }]),
  ),
  posted: { clientId: 'RS256', responseMode: 'form_post' },
  profile: { clientId: 'RS256', userinfo: true },
  basic: BASIC,
  'other-alg': { clientId: 'RS256', idTokenSignedResponseAlg: 'ES256' },
  'other-keys': { clientId: 'RS256', jwksUri: `${issuer}/other-keys` },
  ending: { clientId: 'ending', jwksUri: `${issuer}/other-keys` },
})

/** @param {string[]} origins of the apps */
const clientsOf = (origins) =>
  [...ALGORITHMS, 'basic'].map((name) => ({
    client_id: name,
    redirect_uris: origins.flatMap((origin) =>
      Object.keys(openIds('')).map((provider) => `${origin}/auth/callback/${provider}`),
    ),
    ...(name === 'basic'
      ? { client_secret: BASIC.clientSecret }
      : { id_token_signed_response_alg: name, token_endpoint_auth_method: 'none' }),
  }))

/**
 * Keys under the names of the provider's own, which signed no ID Token, and who signs with them.
 * @param {string} issuer
 */
const forgeKeys = async (issuer) => {
  const { keys } = await (await fetch(`${issuer}/jwks`)).json()
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { n, e } = publicKey.export({ format: 'jwk' })
  const own = keys.filter(({ kty }) => kty === 'RSA')
  const { kid } = own.find(({ alg = 'RS256' }) => alg === 'RS256')
  return {
    jwks: { keys: own.map((key) => ({ ...key, n, e })) },
    /** A logout token. @param {object} claims @param {object} [header] */
    sign: (claims, header = {}) =>
      new SignJWT({ iss: issuer, events: { [BACKCHANNEL_LOGOUT]: {} }, ...claims })
        .setProtectedHeader({ alg: 'RS256', typ: 'logout+jwt', kid, ...header })
        .setIssuedAt()
        .setExpirationTime('2m')
        .sign(privateKey),
  }
}

/** @param {string[]} origins of the apps */
const startProviders = async (origins) => {
  let forged
  const intercept = ({ url }, response) => {
    if (url !== '/other-keys') return false
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(forged.jwks))
    return true
  }
  const [plain, hostile, openid, supabase] = await Promise.all([
    startOAuthProvider(),
    startHostileTokenEndpoint((asked) => ENDPOINTS[asked.target.slice(1)](asked)),
    startOpenIdProvider({ clients: clientsOf(origins), remember: false, intercept }),
    startSupabaseAuth({ host: 'localhost', allowList: ['http://127.0.0.1:*/**'] }),
  ])
  forged = await forgeKeys(openid.issuer)
  return { plain, hostile, openid, supabase, signLogout: forged.sign }
}

const directOptions = (origin, { plain, hostile, openid }) => {
  const site = `${plain.origin}/site/oauth2`
  const work = {
    ...CLIENT,
    authorizationEndpoint: `${site}/authorize`,
    tokenEndpoint: `${site}/access_token`,
    revocationEndpoint: `${site}/revoke`,
  }
  const openidOptions = Object.entries(openIds(openid.issuer)).map(([name, more]) => [
    name,
    { issuer: openid.issuer, scopes: 'openid profile email', ...more },
  ])
  const hostiles = Object.keys(BEHAVIOURS).map((name) => [
    name,
    {
      ...CLIENT,
      authorizationEndpoint: `${hostile.origin}/authorize`,
      tokenEndpoint: `${hostile.origin}/${name}`,
    },
  ])
  const providers = { work, form: { ...work, responseMode: 'form_post' } }
  Object.assign(providers, { bitbucket: { ...CLIENT, userinfo: true } })
  Object.assign(providers, Object.fromEntries([...openidOptions, ...hostiles]), signedOptions(hostile.origin))
  return { origin, secret: SECRET, providers }
}

/** People stay signed in here, with the tokens of `work`, which has no sign-out of its own, and of others that have one. */
const sessionsOptions = (origin, { plain, openid }, { work }) => {
  const endSessionEndpoint = `${plain.origin}/site/logout?lang=en`
  const basic = { ...BASIC, issuer: openid.issuer, scopes: 'openid profile email', endSessionEndpoint }
  return {
    origin,
    secret: SECRET,
    session: { tokens: true, endProviderSession: true },
    providers: { work, left: { ...work, endSessionEndpoint }, basic },
  }
}

/** Not by the browser: what the host sent it to is in the host's answers. @param {{ headers: Headers }} request */
const isOfHost = ({ headers }) => headers.get('user-agent') !== 'BrowserJar'

const ASKED = ['accept', 'authorization', 'content-type', 'apikey', 'cookie', 'x-supabase-api-version']

/** What a provider was asked, without what an HTTP client adds by itself. @param {any} request */
const toAsked = ({ method, url, headers, body }) => ({
  asked: `${method} ${url}`,
  headers: ASKED.map((name) => [name, headers.get(name)])
    .filter(([, value]) => value !== null && value !== '*/*')
    .map(([name, value]) => `${name}: ${value}`),
  body,
})

/**
 * @param {string[]} command of the host
 */
export const startWorld = async (command) => {
  const [directPort, sessionsPort] = [await findPort(), await findPort()]
  const [supabasePort, trustedPort] = [await findPort(), await findPort()]
  const origin = (port) => `http://127.0.0.1:${port}`
  const providers = await startProviders([directPort, sessionsPort].map(origin))
  const { plain, hostile, openid, supabase } = providers
  const direct = directOptions(origin(directPort), providers)
  const project = { url: supabase.url, key: supabase.key }
  const addresses = Object.fromEntries(BITBUCKET.map((site) => [site, plain.origin]))
  const trusted = {
    secret: SECRET,
    origin: { trustedHosts: ['app.example'] },
    providers: { work: direct.providers.work },
  }
  const closeProviders = () => Promise.all([plain.close(), hostile.close(), openid.close(), supabase.close()])
  const started = await Promise.allSettled([
    startHost(command, directPort, direct, addresses),
    startHost(command, supabasePort, { origin: origin(supabasePort), secret: SECRET, supabase: project }),
    startHost(command, trustedPort, trusted),
    startHost(command, sessionsPort, sessionsOptions(origin(sessionsPort), providers, direct.providers)),
  ])
  const hosts = started.flatMap(({ value }) => value ?? [])
  const close = () => Promise.all([...hosts.map((host) => host.close()), closeProviders()])
  const failed = started.find(({ status }) => status === 'rejected')
  if (failed) {
    await close()
    throw failed.reason
  }
  const mask = makeMask({
    app: origin(directPort),
    'supabase-app': origin(supabasePort),
    'trusted-app': origin(trustedPort),
    'sessions-app': origin(sessionsPort),
    plain: plain.origin,
    hostile: hostile.origin,
    openid: openid.issuer,
    project: supabase.url,
    leg: supabase.leg.origin,
  })
  let seen = { plain: 0, supabase: 0, openid: 0, hostile: 0 }
  return {
    ...providers,
    hosts: { direct: hosts[0], supabase: hosts[1], trusted: hosts[2], sessions: hosts[3] },
    mask,
    /** What the providers were asked since the last time. */
    takeAsked() {
      const asked = [
        ...plain.requests.slice(seen.plain).filter(isOfHost).map(toAsked),
        ...supabase.requests.slice(seen.supabase).filter(isOfHost).map(toAsked),
        ...openid.stats.requests.slice(seen.openid),
        ...hostile.asked.slice(seen.hostile).map(({ method, target, head }) => ({
          asked: `${method} ${target}`,
          cookie: /^cookie: .*/im.exec(head)?.[0] ?? '',
        })),
      ]
      seen = {
        plain: plain.requests.length,
        supabase: supabase.requests.length,
        openid: openid.stats.requests.length,
        hostile: hostile.asked.length,
      }
      return asked
    },
    close,
  }
}

/** @typedef {Awaited<ReturnType<typeof startWorld>>} World */
