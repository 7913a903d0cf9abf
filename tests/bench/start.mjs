// Start of a sign-in: state, PKCE, the authorization URL and the transaction cookie.
import * as oauth from 'oauth4webapi'
import { clientId, expect, makeAuth, next, redirectUri, scopes, server } from './fixtures.mjs'

/** The same by hand around oauth4webapi, as its examples show it. */
export const startByOauth4webapi = async () => {
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
  const value = encodeURIComponent(JSON.stringify({ state, codeVerifier, next }))
  const setCookie = `__Host-oauth=${value}; Path=/; Max-Age=600; HttpOnly; Secure; SameSite=Lax`
  return { url: url.href, setCookie: [setCookie] }
}

export const startCases = () => {
  const group = 'Start a sign-in'
  const plain = makeAuth()
  const input = { provider: 'example', next }
  expect(plain.start(input).url.includes('code_challenge='), 'start gives no URL')
  const random = new Uint8Array(96)
  return [
    { group, name: 'oauth4webapi', baseline: true, run: startByOauth4webapi },
    { group, name: 'Landfall', run: () => plain.start(input) },
    { group, name: 'floor: crypto.getRandomValues of 96 bytes', run: () => crypto.getRandomValues(random) },
  ]
}
