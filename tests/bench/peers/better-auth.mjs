// better-auth without a database: its own routes, with everything in cookies as its guide for stateless sessions has it.
import { betterAuth } from 'better-auth'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import { clientId, clientSecret, next, person, scopes, secret } from '../app.mjs'

/** @param {import('../app.mjs').App} app */
export const makePeer = ({ server, origin }) => {
  const provider = {
    providerId: 'example',
    clientId,
    clientSecret,
    authorizationUrl: server.authorization_endpoint,
    tokenUrl: server.token_endpoint,
    scopes,
    pkce: true,
    // Who it is would be one request more.
    getUserInfo: async () => ({ ...person, emailVerified: true }),
  }
  const auth = betterAuth({
    baseURL: origin,
    basePath: '/auth',
    secret,
    session: { cookieCache: { enabled: true, strategy: 'jwe', refreshCache: true } },
    account: { storeStateStrategy: 'cookie', storeAccountCookie: true },
    plugins: [genericOAuth({ config: [provider] })],
    logger: { disabled: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
  })
  const body = JSON.stringify({ provider: 'example', callbackURL: next })
  const headers = { 'content-type': 'application/json', origin }
  return {
    start: () =>
      auth.handler(new Request(`${origin}/auth/sign-in/social`, { method: 'POST', headers, body })),
    callback: (request) => auth.handler(request),
  }
}
