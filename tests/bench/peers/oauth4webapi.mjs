// oauth4webapi, as its examples show it, in the glue that every generic library gets.
import * as oauth from 'oauth4webapi'
import { clientId, clientSecret, scopes } from '../app.mjs'
import { finish, readTransaction, writeTransaction } from '../glue.mjs'

const client = { client_id: clientId }
const authenticate = oauth.ClientSecretBasic(clientSecret)

/** The address and what has to be kept until the callback. @param {import('../app.mjs').App} app */
export const beginSignIn = async ({ server, redirectUri }) => {
  const state = oauth.generateRandomState()
  const codeVerifier = oauth.generateRandomCodeVerifier()
  const url = new URL(server.authorization_endpoint)
  url.searchParams.set('client_id', clientId)
  url.searchParams.set('redirect_uri', redirectUri)
  url.searchParams.set('response_type', 'code')
  url.searchParams.set('scope', scopes.join(' '))
  url.searchParams.set('state', state)
  url.searchParams.set('code_challenge', await oauth.calculatePKCECodeChallenge(codeVerifier))
  url.searchParams.set('code_challenge_method', 'S256')
  return { url: url.href, state, codeVerifier }
}

/** The session. @param {import('../app.mjs').App} app @param {Request} request @param {{ state: string, codeVerifier: string }} transaction */
export const redeem = async ({ server, redirectUri }, request, { state, codeVerifier }) => {
  const params = oauth.validateAuthResponse(server, client, new URL(request.url), state)
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    authenticate,
    params,
    redirectUri,
    codeVerifier,
  )
  return oauth.processAuthorizationCodeResponse(server, client, answer)
}

/** @param {import('../app.mjs').App} app */
export const makePeer = (app) => ({
  async start() {
    const { url, state, codeVerifier } = await beginSignIn(app)
    return { url, setCookie: [writeTransaction(state, codeVerifier)] }
  },
  async callback(request) {
    const transaction = readTransaction(request)
    return finish(transaction, await redeem(app, request, transaction), app.origin)
  },
})
