// @auth/core with a plain OAuth provider: its own routes and sealed cookies, the tokens kept as its guide for token rotation does.
import { Auth, skipCSRFCheck } from '@auth/core'
import { clientId, clientSecret, next, person, scopes, secret } from '../app.mjs'

/** @param {import('../app.mjs').App} app */
export const makePeer = ({ server, origin }) => {
  const provider = {
    id: 'example',
    name: 'Example',
    type: 'oauth',
    clientId,
    clientSecret,
    issuer: server.issuer,
    authorization: { url: server.authorization_endpoint, params: { scope: scopes.join(' ') } },
    token: server.token_endpoint,
    // Who it is would be one request more.
    userinfo: { url: `${server.issuer}/userinfo`, request: () => person },
    profile: (profile) => profile,
    checks: ['pkce', 'state'],
  }
  const config = {
    secret,
    trustHost: true,
    basePath: '/auth',
    skipCSRFCheck,
    providers: [provider],
    callbacks: { jwt: ({ token, account }) => (account ? { ...token, account } : token) },
  }
  return {
    start() {
      const body = new URLSearchParams({ callbackUrl: next })
      return Auth(new Request(`${origin}/auth/signin/example`, { method: 'POST', body }), config)
    },
    callback: (request) => Auth(request, config),
  }
}
