// arctic's client for any provider, as its guide shows it, in the glue that every generic library gets.
import * as arctic from 'arctic'
import { clientId, clientSecret, scopes } from '../app.mjs'
import { finish, readTransaction, writeTransaction } from '../glue.mjs'

/** @param {import('../app.mjs').App} app */
export const makePeer = ({ server, redirectUri, origin }) => {
  const client = new arctic.OAuth2Client(clientId, clientSecret, redirectUri)
  return {
    async start() {
      const state = arctic.generateState()
      const codeVerifier = arctic.generateCodeVerifier()
      const url = client.createAuthorizationURLWithPKCE(
        server.authorization_endpoint,
        state,
        arctic.CodeChallengeMethod.S256,
        codeVerifier,
        scopes,
      )
      return { url: url.href, setCookie: [writeTransaction(state, codeVerifier)] }
    },
    async callback(request) {
      const { searchParams } = new URL(request.url)
      const code = searchParams.get('code')
      const transaction = readTransaction(request)
      if (!code || searchParams.get('state') !== transaction.state) return new Response(null, { status: 400 })
      const tokens = await client.validateAuthorizationCode(
        server.token_endpoint,
        code,
        transaction.codeVerifier,
      )
      return finish(transaction, tokens.data, origin)
    },
  }
}
