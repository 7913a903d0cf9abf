// The demo: a small app that signs people in with Landfall, an OpenID provider next to it, and Supabase Auth.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { startOpenIdProvider } from '../stand-ins/openid-provider.mjs'
import { readStoredSession } from '../stand-ins/stored-session.mjs'
import { Journals } from './journal.mjs'
import * as observer from './observer.mjs'
import { errorPage, homePage, landingPage, notFoundPage, signInFirstPage } from './pages.mjs'
import { Sessions } from './sessions.mjs'
import { startSupabase } from './supabase.mjs'

const HOST = '127.0.0.1'
const PORTS_TO_TRY = 20
const CSS = 'text/css; charset=utf-8'
/** What pages load: where it is, and its type. */
const FILES = {
  '/palette.css': ['../wasm/pages/palette.css', CSS],
  '/style.css': ['style.css', CSS],
  '/parts.css': ['parts.css', CSS],
  '/journal.css': ['journal.css', CSS],
  '/icon.svg': ['icon.svg', 'image/svg+xml'],
}
const PATHS = {
  signIn: '/auth/sign-in',
  confirm: '/auth/confirm',
  // The demo's own error page tells the steps too; without this, Landfall has one that is enough.
  error: '/auth/auth-code-error',
}
// Each provider comes back to a path of its own, and Supabase to the one without a name.
const CALLBACKS = { supabase: '/auth/callback', openid: '/auth/callback/openid' }
const MAIL = '/stand-in/e-mail'

/**
 * Starts the app and what it signs in with.
 *
 * @param {object} [options]
 * @param {number} [options.port] the app's; the next free one when it is taken. 0: any free one
 * @param {number} [options.providerPort] 0: any free one
 * @param {object} [options.landfall] another build of the package, `{ createAuth, checkNext, ERRORS }`
 * @param {object} [options.provider] further options of `startOpenIdProvider`
 * @param {{ url: string, key: string }} [options.project] a Supabase project; without one, stand-ins are started
 * @returns {Promise<{ url: string, issuer: string, provider: object, supabase: import('./supabase.mjs').Supabase,
 *   close(): Promise<void> }>}
 */
export async function createDemo({
  port = 3000,
  providerPort = 0,
  landfall,
  provider: more = {},
  project,
} = {}) {
  const { createAuth, checkNext, ERRORS } = landfall ?? (await import('../dist/index.js'))
  const { toNodeHandler } = await import('../dist/node.js')
  const server = createServer()
  const origin = `http://${HOST}:${await listen(server, port)}`
  const client = {
    client_id: 'landfall-demo',
    client_secret: randomBytes(32).toString('base64url'),
    client_name: 'Landfall demo',
    redirect_uris: [origin + CALLBACKS.openid],
  }
  const provider = await startOpenIdProvider({
    clients: [client],
    port: providerPort,
    remember: false,
    idTokenClaims: true,
    ...more,
  })

  const supabase = await startSupabase(origin, project)

  const sessions = new Sessions()
  const journals = new Journals()
  const auth = createAuth({
    supabase: { url: supabase.url, key: supabase.key, providers: { bitbucket: {} } },
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
    paths: { error: PATHS.error },
    fetch: observer.watchFetch(journals),
    onSession(session, { request, provider: name }) {
      observer.seeSession(journals, session)
      // Supabase's session is in cookies of its own. Who signed in last is who is signed in.
      const setCookie = name === 'openid' ? sessions.start(request, session) : sessions.end(request).setCookie
      return { headers: { 'set-cookie': setCookie } }
    },
    onSignOut({ request }) {
      const { session, setCookie } = sessions.end(request)
      observer.seeSignOut(journals, session ?? readStoredSession(request.headers.get('cookie')))
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
  const app = { origin, issuer: provider.issuer, supabase, ...landfallFace, sessions, journals }
  const handler = toNodeHandler((request) => answer(app, request))
  server.on('request', (incoming, outgoing) =>
    handler(incoming, outgoing, (error) => {
      console.error(error)
      outgoing.end()
    }),
  )
  return {
    url: `${origin}/`,
    issuer: provider.issuer,
    provider,
    supabase,
    close: async () => {
      await Promise.all([
        new Promise((resolve) => server.close(resolve).closeAllConnections()),
        provider.close(),
        supabase.close(),
      ])
    },
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
  const isMailLink = pathname === PATHS.confirm && request.method === 'POST'
  if (pathname === PATHS.signIn) {
    const isOpenId = new URL(request.url).searchParams.get('provider') === 'openid'
    const start = async () => {
      const response = await auth.handle(request)
      observer.seeStart(journals, request, response)
      return response
    }
    return journals.recordAnew(request, start, isOpenId)
  }
  if (!Object.values(CALLBACKS).includes(pathname) && !isMailLink) {
    return journals.record(request, () => auth.handle(request))
  }
  const finish = async () => {
    if (isMailLink) observer.seeMailLink(journals)
    else observer.seeCallback(journals, request)
    const response = await auth.handle(request)
    observer.seeLanding(journals, response, PATHS.error)
    return response
  }
  const hasBegun = !isMailLink && journals.has(request)
  return hasBegun ? journals.record(request, finish) : journals.recordAnew(request, finish, !isMailLink)
}

async function answerPage(app, request, pathname) {
  if (Object.hasOwn(FILES, pathname)) {
    const [file, type] = FILES[pathname]
    const bytes = await readFile(new URL(file, import.meta.url))
    return new Response(bytes, { headers: { 'content-type': type, 'cache-control': 'no-cache' } })
  }
  if (!['GET', 'HEAD'].includes(request.method)) {
    return new Response('This page is only for reading.', { status: 405, headers: { allow: 'GET, HEAD' } })
  }
  if (pathname === MAIL && app.supabase.makeMailLink) {
    return new Response(null, { status: 303, headers: { location: app.supabase.makeMailLink() } })
  }
  const inCookies = app.auth.getSession(request)
  const stored = inCookies.session ? readStoredSession(request.headers.get('cookie')) : undefined
  const session = app.sessions.read(request) ?? stored
  const view = { ...app, request, session, mailPath: MAIL, steps: app.journals.read(request) }
  const response = choosePage(view, pathname)
  for (const line of inCookies.setCookie) response.headers.append('set-cookie', line)
  return response
}

function choosePage(view, pathname) {
  if (pathname === '/') return homePage(view)
  if (pathname === PATHS.error) return errorPage(view)
  if (/\.\w+$/.test(pathname) || pathname.startsWith('/auth/')) return notFoundPage(view)
  return view.session ? landingPage(view) : signInFirstPage(view)
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
