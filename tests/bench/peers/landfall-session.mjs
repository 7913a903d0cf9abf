// Landfall with a provider that it speaks to itself, and a session of its own: who it is, sealed in a cookie.
import { createAuth } from '../../../dist/index-node.js'
import { clientId, clientSecret, next, person, scopes, secret } from '../app.mjs'

/** @param {true | { tokens: true }} session @returns {(app: import('../app.mjs').App) => any} */
export const makePeerWith =
  (session) =>
  ({ server, origin }) => {
    const auth = createAuth({
      origin,
      secret,
      session,
      providers: {
        example: {
          clientId,
          clientSecret,
          authorizationEndpoint: server.authorization_endpoint,
          tokenEndpoint: server.token_endpoint,
          scopes,
          callback: '/auth/callback',
        },
      },
      // Who it is would be one request more.
      onSession: () => ({ data: person }),
    })
    const asked = { provider: 'example', next }
    return { start: () => auth.start(asked), callback: auth.callback, auth }
  }

export const makePeer = makePeerWith(true)
