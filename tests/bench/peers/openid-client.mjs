// openid-client, as its examples show it, in the glue that every generic library gets.
import * as client from 'openid-client'
import { clientId, clientSecret, scopes } from '../app.mjs'
import { finish, readTransaction, writeTransaction } from '../glue.mjs'

/** @param {import('../app.mjs').App} app */
export const makePeer = ({ server, redirectUri, origin }) => {
  const authenticate = client.ClientSecretBasic(clientSecret)
  const config = new client.Configuration(server, clientId, undefined, authenticate)
  return {
    async start() {
      const codeVerifier = client.randomPKCECodeVerifier()
      const state = client.randomState()
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: scopes.join(' '),
        state,
        code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      })
      return { url: url.href, setCookie: [writeTransaction(state, codeVerifier)] }
    },
    async callback(request) {
      const transaction = readTransaction(request)
      const session = await client.authorizationCodeGrant(config, new URL(request.url), {
        pkceCodeVerifier: transaction.codeVerifier,
        expectedState: transaction.state,
      })
      return finish(transaction, session, origin)
    },
  }
}
