// Landfall with a provider that it speaks to itself; the session goes into the cookies of the glue.
import { createAuth } from '../../../dist/index-node.js'
import { clientId, clientSecret, next, scopes, secret } from '../app.mjs'
import { writeSession } from '../glue.mjs'

/** @param {import('../app.mjs').App} app */
export const makePeer = ({ server, origin }) => {
  const auth = createAuth({
    origin,
    secret,
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
    onSession: ({ token_response }) => ({
      headers: writeSession(JSON.stringify(token_response)).map((cookie) => ['set-cookie', cookie]),
    }),
  })
  const asked = { provider: 'example', next }
  return { start: () => auth.start(asked), callback: auth.callback, auth }
}
