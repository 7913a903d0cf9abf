// One real OpenID provider for a test file, apps that use it, and a browser that signs in.

import { createAuth } from '../../../dist/index.js'
import { BrowserJar } from '../../../stand-ins/browser-jar.mjs'
import { ALGORITHMS, startOpenIdProvider } from '../../../stand-ins/openid-provider.mjs'
import { ORIGIN, SECRET } from './app.mjs'

const REDIRECT_URIS = [`${ORIGIN}/auth/callback/op`]
/** With everything that form encoding changes. */
export const CLIENT_SECRET = 'a secret: 100% of +/&= and more'
/** The key of HS256: as long as its hash, at least. */
export const MAC_SECRET = `${CLIENT_SECRET}, up to its end`

const CLIENTS = [
  ...ALGORITHMS.map((alg) => ({ client_id: alg, id_token_signed_response_alg: alg })),
  ...ALGORITHMS.map((alg) => ({ client_id: `signed-${alg}`, userinfo_signed_response_alg: alg })),
  ...['id_token', 'userinfo'].map((what) => ({
    client_id: `mac-${what}`,
    client_secret: MAC_SECRET,
    id_token_signed_response_alg: 'HS256',
    ...(what === 'userinfo' && { userinfo_signed_response_alg: 'HS256' }),
  })),
  { client_id: 'client:basic &', client_secret: CLIENT_SECRET },
  { client_id: 'post', client_secret: CLIENT_SECRET, token_endpoint_auth_method: 'client_secret_post' },
  { client_id: 'public' },
].map((client) => ({ ...client, redirect_uris: REDIRECT_URIS }))

/** Starts the provider; `world.intercept` may be set to answer in its place. */
export const startWorld = async () => {
  const world = { intercept: undefined }
  world.provider = await startOpenIdProvider({
    clients: CLIENTS,
    remember: false,
    intercept: (request, response) => world.intercept?.(request, response) ?? false,
  })
  world.issuer = world.provider.issuer
  return world
}

/** Lets the provider answer one path with something else. @param {any} world @param {string} path @param {number} status @param {any} body */
export const answerInstead = (world, path, status, body) => {
  world.intercept = (request, response) => {
    if (!request.url.startsWith(path)) return false
    const answer = typeof body === 'function' ? body() : body
    if (answer === undefined) return false
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
    return true
  }
}

/**
 * An app of one of the clients, with a browser.
 * @param {any} world @param {Record<string, any>} [more] of the provider's options @param {Record<string, any>} [options] of createAuth
 * @param {any} [make] another createAuth
 */
export const makeVisit = (world, more = {}, options = {}, make = createAuth) => {
  const visit = { events: [], sessions: [], sent: [] }
  const op = { issuer: world.issuer, clientId: 'public', scopes: 'openid profile email', ...more }
  visit.auth = make({
    origin: ORIGIN,
    secret: SECRET,
    providers: { op },
    onEvent: (event) => visit.events.push(event),
    onSession: (session) => {
      visit.sessions.push(session)
      return { headers: { 'set-cookie': 'app-session=1; Path=/; Secure' } }
    },
    fetch: (url, init) => {
      visit.sent.push(`${init.method} ${new URL(url).pathname}`)
      return fetch(url, init)
    },
    ...options,
  })
  const site = (request) => visit.auth.handle(request) ?? new Response('<title>The app</title>')
  visit.jar = new BrowserJar({ sites: { [ORIGIN]: site } })
  return visit
}

/** Opens the sign-in and stops at the provider's question for a name. @param {any} visit @param {string} [next] */
export const open = async ({ jar }, next = '/welcome?x=1') => {
  const response = await jar.fetch(`${ORIGIN}/auth/sign-in?${new URLSearchParams({ next })}`)
  return { html: await response.text(), at: jar.url }
}

/** Answers the provider's questions up to the address of the callback, which is not opened yet. */
export const answer = async ({ jar }, { html, at }, decision = 'allow') => {
  jar.url = at
  const asked = await jar.submit(html, { fields: { username: 'ada', decision: 'sign-in' } })
  const submitted = await jar.submit(await asked.text(), { fields: { decision }, redirect: 'manual' })
  const resume = new URL(submitted.headers.get('location'), jar.url)
  const last = await jar.fetch(resume, { redirect: 'manual', from: jar.url })
  return last.headers.get('location') ?? last
}

/** A whole sign-in. @param {any} visit @param {string} [next] */
export const signIn = async (visit, next) => {
  const callback = await answer(visit, await open(visit, next))
  await visit.jar.fetch(callback, { from: visit.issuer ?? 'https://as.example' })
  return callback
}

export const count = (visit, request) => visit.sent.filter((one) => one === request).length
