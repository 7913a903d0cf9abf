// One app and one provider, the same for every library.
import { createAuth } from '../../dist/index.js'

export const origin = 'https://app.example'
export const redirectUri = `${origin}/auth/callback`
export const scopes = ['email', 'profile']
export const next = '/dashboard?tab=settings'

export const server = {
  issuer: 'https://as.example',
  authorization_endpoint: 'https://as.example/oauth/authorize',
  token_endpoint: 'https://as.example/oauth/token',
}
export const clientId = 'client-0123456789'
export const clientSecret = 'secret-0123456789-abcdefghijklmnop'

const token = (length) => 'abcdefghijklmnopqrstuvwxyz0123456789'.repeat(8).slice(0, length)
const answer = {
  access_token: token(130),
  token_type: 'Bearer',
  expires_in: 3600,
  refresh_token: '',
  scope: 'email profile',
}
/** A token answer of 285 bytes. */
export const tokenAnswer = JSON.stringify({
  ...answer,
  refresh_token: token(285 - JSON.stringify(answer).length),
})

/** Stands in for the network: a fresh Response, as a real fetch gives. */
export const stubFetch = async () =>
  new Response(tokenAnswer, { headers: { 'content-type': 'application/json' } })

/** What an app does with a session: keep it, and give the browser a cookie. */
export const sessionCookie = 'session=0123456789abcdef; Path=/; HttpOnly; Secure; SameSite=Lax'
let kept
export const keepSession = (session) => {
  kept = session
  return kept
}

/** Landfall with the transaction cookie sealed, which needs a key. */
export const makeAuth = (extra = {}) =>
  createAuth({
    origin,
    secret: 'a secret of at least thirty-two bytes',
    providers: {
      example: {
        clientId,
        clientSecret,
        authorizationEndpoint: server.authorization_endpoint,
        tokenEndpoint: server.token_endpoint,
        scopes,
      },
    },
    fetch: stubFetch,
    ...extra,
  })

/** Fails loudly: a benchmark of an error path would look fast. */
export const expect = (condition, what) => {
  if (!condition) throw new Error(`bench: ${what}`)
}
