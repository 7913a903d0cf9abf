// An OpenID provider for the doctor, with the answers of a good one: each of them can be another.
import { generateKeyPairSync } from 'node:crypto'
import { startAuthorize } from './doctor.mjs'
import { startDirectApp } from './doctor-app.mjs'
import { serve } from './node-servers.mjs'

export const CLIENT = { BITBUCKET_CLIENT_ID: 'client-1', BITBUCKET_CLIENT_SECRET: 'hush-hush-secret' }

/** @param {'rsa' | 'ec' | 'ed25519'} type @param {object} [options] @param {object} [more] members of the key */
export const makeKey = (type, options = {}, more = {}) => ({
  ...generateKeyPairSync(type, options).publicKey.export({ format: 'jwk' }),
  kid: 'key-1',
  ...more,
})
const GOOD_KEY = makeKey('rsa', { modulusLength: 2048 }, { use: 'sig', alg: 'RS256' })

/** @param {unknown} body @param {number} [status] @param {object} [headers] */
export const json = (body, status = 200, headers = {}) => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

/** Who asks for tokens, and how. @param {{ headers: Record<string, string> }} incoming @param {string} text */
const clientOf = ({ headers }, text) => {
  const [kind, value = ''] = (headers.authorization ?? '').split(' ')
  const form = new URLSearchParams(text)
  if (kind !== 'Basic') return { method: 'client_secret_post', secret: form.get('client_secret'), form }
  const secret = decodeURIComponent(Buffer.from(value, 'base64').toString().split(':')[1])
  return { method: 'client_secret_basic', secret, form }
}

/**
 * A provider that knows one client, by one method or any.
 * @param {import('node:test').TestContext} t
 * @param {{ metadata?: (origin: string) => object, tls?: { key: string, cert: string }, methods?: string[],
 *   headers?: Record<string, string>, answers?: Record<string,
 *   (client: ReturnType<typeof clientOf>, outgoing: any, origin: string) => object | undefined> }} [how] `answers` by
 *   path take the place of the good ones
 */
export const startProvider = async (
  t,
  { metadata = () => ({}), tls, methods, headers = {}, answers = {} } = {},
) => {
  const requests = []
  const good = {
    '/.well-known/openid-configuration': () =>
      json({
        issuer: origin,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
        jwks_uri: `${origin}/jwks`,
        id_token_signing_alg_values_supported: ['RS256', 'ES256'],
        authorization_response_iss_parameter_supported: true,
        ...metadata(origin),
      }),
    '/jwks': () => json({ keys: [GOOD_KEY] }),
    '/token': ({ method, secret }) =>
      secret === CLIENT.BITBUCKET_CLIENT_SECRET && (methods ?? [method]).includes(method)
        ? json({ error: 'invalid_grant' }, 400)
        : json({ error: 'invalid_client' }, 401),
  }
  const server = await serve(
    t,
    async (incoming, outgoing) => {
      let text = ''
      for await (const chunk of incoming.setEncoding('utf8')) text += chunk
      const [path] = incoming.url.split('?')
      const client = clientOf(incoming, text)
      requests.push({ path, ...client })
      const answer = (answers[path] ?? good[path])?.(client, outgoing, origin) ?? {
        status: 404,
        headers: {},
        body: '',
      }
      if (!outgoing.headersSent && !answer.isSilent)
        outgoing.writeHead(answer.status, { ...answer.headers, ...headers }).end(answer.body)
    },
    tls ? 'https' : 'http',
    tls,
  )
  const { origin } = server
  return { origin, requests }
}

/**
 * A provider, an app that signs in there, and what the doctor is given.
 * @param {import('node:test').TestContext} t @param {Parameters<typeof startProvider>[1]} [how] @param {string} [scope]
 */
export const startPair = async (t, how, scope = 'openid') => {
  const provider = await startProvider(t, how)
  const { url } = await startAuthorize(t)
  const app = await startDirectApp(t, { endpoint: url, query: { scope } })
  return { app, provider, args: [app.origin, '--issuer', provider.origin] }
}
