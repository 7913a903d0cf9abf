// The demo: a small app that signs people in with Landfall, and an OpenID provider next to it.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { startOpenIdProvider } from '../tests/servers/openid-provider.mjs'
import { Journals } from './journal.mjs'
import { sendResponse, toRequest } from './node-adapter.mjs'
import * as observer from './observer.mjs'
import { errorPage, homePage, landingPage, notFoundPage, signInFirstPage } from './pages.mjs'
import { Sessions } from './sessions.mjs'

const HOST = '127.0.0.1'
const PORTS_TO_TRY = 20
const CSS = 'text/css; charset=utf-8'
const FILES = { '/style.css': CSS, '/parts.css': CSS, '/journal.css': CSS, '/icon.svg': 'image/svg+xml' }
const PATHS = { signIn: '/auth/sign-in', callback: '/auth/callback', error: '/auth/auth-code-error' }
const PROVIDERS = { openid: 'the embedded OpenID provider' }

/**
 * Starts both servers.
 *
 * @param {object} [options]
 * @param {number} [options.port] the app's; the next free one when it is taken. 0: any free one
 * @param {number} [options.providerPort] 0: any free one
 * @param {object} [options.landfall] another build of the package, `{ createAuth, checkNext, ERRORS }`
 * @param {object} [options.provider] further options of `startOpenIdProvider`
 * @returns {Promise<{ url: string, issuer: string, provider: object, close(): Promise<void> }>}
 */
export async function createDemo({ port = 3000, providerPort = 0, landfall, provider: more = {} } = {}) {
  const { createAuth, checkNext, ERRORS } = landfall ?? (await import('../dist/index.js'))
  const server = createServer()
  const origin = `http://${HOST}:${await listen(server, port)}`
  const client = {
    client_id: 'landfall-demo',
    client_secret: randomBytes(32).toString('base64url'),
    client_name: 'Landfall demo',
    redirect_uris: [origin + PATHS.callback],
  }
  const provider = await startOpenIdProvider({
    clients: [client],
    port: providerPort,
    remember: false,
    idTokenClaims: true,
    ...more,
  })

  const sessions = new Sessions()
  const journals = new Journals()
  const auth = createAuth({
    providers: {
      openid: {
        issuer: provider.issuer,
        clientId: client.client_id,
        clientSecret: client.client_secret,
        scopes: ['openid', 'profile', 'email'],
      },
    },
    secret: randomBytes(32).toString('base64url'),
    origin,
    fetch: observer.watchFetch(journals),
    onSession(session, { request, next }) {
      observer.seeSession(journals, session)
      return { headers: { 'set-cookie': sessions.start(request, { ...session, landing: next }) } }
    },
    onSignOut({ request }) {
      const { session, setCookie } = sessions.end(request)
      observer.seeSignOut(journals, session !== undefined)
      const headers = { 'set-cookie': setCookie }
      const token = session?.refresh_token ?? session?.access_token
      if (!token) return { headers }
      const token_type_hint = session.refresh_token ? 'refresh_token' : 'access_token'
      return { headers, provider: session.provider, token, token_type_hint }
    },
    onEvent: (event) => observer.seeEvent(journals, event),
  })
  await journals.recordStart(() => auth.ready?.())

  const landfallFace = { auth, checkNext, errors: ERRORS }
  const app = { origin, issuer: provider.issuer, providers: PROVIDERS, ...landfallFace, sessions, journals }
  server.on('request', (incoming, outgoing) => serve(app, incoming, outgoing))
  return {
    url: `${origin}/`,
    issuer: provider.issuer,
    provider,
    close: async () => {
      await Promise.all([
        new Promise((resolve) => server.close(resolve).closeAllConnections()),
        provider.close(),
      ])
    },
  }
}

async function serve(app, incoming, outgoing) {
  let request
  try {
    request = await toRequest(incoming, app.origin)
  } catch (error) {
    outgoing.writeHead(error instanceof RangeError ? 413 : 400).end()
    return
  }
  try {
    const response = await answer(app, request)
    await sendResponse(outgoing, request.method === 'HEAD' ? new Response(null, response) : response)
  } catch (error) {
    console.error(error)
    if (!outgoing.headersSent) outgoing.writeHead(500)
    outgoing.end()
  }
}

async function answer(app, request) {
  const { pathname, search } = new URL(request.url)
  const asked = request.headers.get('host')
  if (asked !== new URL(app.origin).host) {
    // Cookies belong to one host: 127.0.0.1 and localhost would not share a sign-in.
    return new Response(null, { status: 303, headers: { location: app.origin + pathname + search } })
  }
  return (await answerAuth(app, request, pathname)) ?? answerPage(app, request, pathname)
}

async function answerAuth({ auth, journals }, request, pathname) {
  const isLookahead = request.method === 'HEAD' || request.headers.has('sec-purpose')
  if (isLookahead) return auth.handle(request)
  if (pathname === PATHS.signIn) {
    return journals.recordAnew(request, async () => {
      const response = await auth.handle(request)
      observer.seeStart(journals, request, response)
      return response
    })
  }
  if (pathname !== PATHS.callback) return journals.record(request, () => auth.handle(request))
  const record = journals.has(request) ? journals.record : journals.recordAnew
  return record.call(journals, request, async () => {
    observer.seeCallback(journals, request)
    const response = await auth.handle(request)
    observer.seeLanding(journals, response, PATHS.error)
    return response
  })
}

async function answerPage(app, request, pathname) {
  const type = FILES[pathname]
  if (type) {
    const bytes = await readFile(new URL(`.${pathname}`, import.meta.url))
    return new Response(bytes, { headers: { 'content-type': type, 'cache-control': 'no-cache' } })
  }
  if (!['GET', 'HEAD'].includes(request.method)) {
    return new Response('This page is only for reading.', { status: 405, headers: { allow: 'GET, HEAD' } })
  }
  const session = app.sessions.read(request)
  const view = { ...app, request, session, steps: app.journals.read(request) }
  if (pathname === '/') return homePage(view)
  if (pathname === PATHS.error) return errorPage(view)
  if (/\.\w+$/.test(pathname) || pathname.startsWith('/auth/')) return notFoundPage(view)
  return session ? landingPage(view) : signInFirstPage(view)
}

/** Listens on the port, or on the next free one; 0 takes any. */
async function listen(server, first) {
  for (let port = first; ; port++) {
    const error = await new Promise((resolve) => {
      server.once('error', resolve)
      server.listen(port, HOST, () => {
        server.off('error', resolve)
        resolve(null)
      })
    })
    if (!error) return server.address().port
    if (error.code !== 'EADDRINUSE' || port >= first + PORTS_TO_TRY) throw error
  }
}
