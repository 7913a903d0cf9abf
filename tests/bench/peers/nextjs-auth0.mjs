// nextjs-auth0: its routes, as Next's proxy calls them, and its session. It signs in at Auth0 alone, so its callback is not timed.
import { Auth0Client } from '@auth0/nextjs-auth0/server'
import { clientId, clientSecret, secret } from '../app.mjs'

/** @param {Pick<import('../app.mjs').App, 'origin'>} app */
export const makePeer = ({ origin }) => {
  const client = new Auth0Client({
    domain: 'app.eu.auth0.com',
    clientId,
    clientSecret,
    secret,
    appBaseUrl: origin,
  })
  return {
    callback: (request) => client.middleware(request),
    getSession: (request) => client.getSession(request),
    getAccessToken: (request) => client.getAccessToken(request, new Response()),
  }
}
