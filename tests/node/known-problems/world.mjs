// A world for one known problem: an Auth server, a browser, and an app with Landfall's handlers, on as many origins as it takes.
import { runInNewContext } from 'node:vm'
import { createAuth } from '../../../dist/index.js'
import { BrowserJar } from '../../../stand-ins/browser-jar.mjs'
import { readStoredSession } from '../../../stand-ins/stored-session.mjs'
import { startSupabaseAuth } from '../../../stand-ins/supabase-auth.mjs'
import { clientInJar, loadNewest } from '../../../stand-ins/supabase-libraries.mjs'

export const ORIGIN = 'https://app.example'
export const ERROR_PAGE = '/auth/auth-code-error'
/** The stand-in's address is 127.0.0.1, and the cookie is called after that. */
export const KEY = 'sb-127-auth-token'
const SECRET = 'the secret of an app under test: 32 bytes and more'
const MAX_HOPS = 10

export const newest = await loadNewest()

/** A value as @supabase/ssr writes it into a cookie. */
export const encodeCookie = (value) => `base64-${Buffer.from(JSON.stringify(value)).toString('base64url')}`

/** The Set-Cookie lines of a response, taken apart: `name`, `value`, `attributes` (lower case), `line`. */
export const cookiesOf = (response) =>
  response.headers.getSetCookie().map((line) => {
    const [pair, ...attributes] = line.split('; ')
    const [name, ...value] = pair.split('=')
    return { name, value: value.join('='), attributes: attributes.join('; ').toLowerCase(), line }
  })

/** What a proxy does: the app sees another address, and the headers that the proxy sets. */
const behind = (proxy, handle) => (request) => {
  const { pathname, search } = new URL(request.url)
  const headers = new Headers(request.headers)
  for (const [name, value] of Object.entries(proxy.headers ?? {})) headers.set(name, value)
  const { method, body } = request
  return handle(new Request(`${proxy.url}${pathname}${search}`, { method, headers, body, duplex: 'half' }))
}

/**
 * @param {import('node:test').TestContext} t closes everything at its end
 * @param {object} [settings]
 * @param {string} [settings.origin] the address in the browser
 * @param {object} [settings.server] options of the Auth server
 * @param {object} [settings.supabase] further members of the option `supabase`
 * @param {object} [settings.options] further options of createAuth
 * @param {{ url: string, headers?: Record<string, string> }} [settings.proxy] the address that the app sees
 * @param {string[]} [settings.alsoAt] more origins at which the same app answers
 */
export async function openWorld(t, settings = {}) {
  const { origin = ORIGIN, server, supabase, options, proxy, alsoAt = [] } = settings
  const project = await startSupabaseAuth({ siteUrl: origin, ...server })
  t.after(() => project.close())
  const events = []
  const sessions = []
  // A world without a default says undefined, which createAuth would take for an option without a value.
  const left = Object.fromEntries(
    Object.entries({ origin, ...options }).filter(([, value]) => value !== undefined),
  )
  const auth = createAuth({
    supabase: { url: project.url, key: project.key, ...supabase },
    secret: SECRET,
    onEvent: (event) => events.push(event),
    ...left,
    onSession(session, context) {
      sessions.push(session)
      return options?.onSession?.(session, context)
    },
  })
  const handle = proxy ? behind(proxy, (request) => auth.handle(request)) : (request) => auth.handle(request)
  const app = async (request) => (await handle(request)) ?? new Response('a page of the app')
  const sites = Object.fromEntries([origin, ...alsoAt].map((one) => [one, app]))
  const newBrowser = () => new BrowserJar({ sites })
  const jar = newBrowser()

  const world = {
    auth,
    app,
    server: project,
    origin,
    events,
    sessions,
    jar,
    newBrowser,

    /** Goes on by redirects until the browser is sent back to the app: that address, not yet opened. */
    async returnAddress(address, { browser = jar, atProvider } = {}) {
      let next = new URL(address)
      for (let count = 0; count < MAX_HOPS; count++) {
        if (next.origin === project.leg.origin) atProvider?.()
        const response = await browser.fetch(next, { redirect: 'manual', from: `${origin}/` })
        const location = response.headers.get('location')
        if (!location) throw new Error(`no redirect at ${browser.url}: ${response.status}`)
        next = new URL(location, next)
        if (sites[next.origin]) return next.href
      }
      throw new Error('too many redirects')
    },

    /** Signs in at the provider by Landfall's route, and does not open the callback yet. */
    begin(next = '/reports', { at = origin, ...how } = {}) {
      const query = new URLSearchParams({ provider: 'bitbucket', next })
      return world.returnAddress(`${at}/auth/sign-in?${query}`, how)
    },

    /** The same, begun by supabase-js. @param {object} [clientOptions] of createServerClient, @param {object} [startedAt] another address of the project */
    async beginWithLibrary(next = '/reports', { clientOptions, startedAt = project, browser = jar } = {}) {
      const redirectTo = `${origin}/auth/callback?${new URLSearchParams({ next })}`
      const { auth: client } = clientInJar(newest, startedAt, browser, origin, clientOptions)
      const { data, error } = await client.signInWithOAuth({
        provider: 'bitbucket',
        options: { redirectTo, skipBrowserRedirect: true },
      })
      if (error) throw error
      return world.returnAddress(data.url, { browser })
    },

    /** Opens an address as the Auth server's redirect does. */
    open: (address, { browser = jar, ...init } = {}) =>
      browser.fetch(address, { from: project.url, ...init }),

    /** One answer of a route, not followed. */
    ask: (path, init = {}) =>
      jar.fetch(new URL(path, origin), { redirect: 'manual', from: `${origin}/`, ...init }),

    async signIn(next, how) {
      return world.open(await world.begin(next, how))
    },

    /** @supabase/ssr on a browser's cookies. */
    client: (clientOptions, browser = jar, at = origin) =>
      clientInJar(newest, project, browser, at, clientOptions),

    /** Whether @supabase/ssr and the Auth server take a browser for signed in. */
    async isSignedIn({ browser = jar, at = origin, clientOptions } = {}) {
      const { data } = await world.client(clientOptions, browser, at).auth.getUser()
      return data.user !== null
    },

    /** What getSession makes of a browser's cookies. */
    getSession: (browser = jar) =>
      auth.getSession(new Request(origin, { headers: { cookie: browser.cookies.headerFor(origin) } })),

    /** The session in the browser's cookies, with its tokens. */
    storedSession: () => readStoredSession(jar.cookies.headerFor(origin)),

    /** Where a browser is: the path, and what the page is told. */
    where(browser = jar) {
      const url = new URL(browser.url)
      const { searchParams, pathname } = url
      return {
        at: url.origin === origin ? pathname : url.origin + pathname,
        error: searchParams.get('error') ?? '',
        next: searchParams.get('next') ?? '',
      }
    },

    /** Runs the script of the page that is open, with what it needs of a browser. @param {string} html */
    async runScript(html) {
      const [, callback, script] = /<script data-callback="([^"]*)">(.*?)<\/script>/s.exec(html) ?? []
      const location = Object.assign(new URL(jar.url), { replace: (path) => (location.target = path) })
      const page = { location, URLSearchParams, history: { replaceState() {} }, addEventListener() {} }
      runInNewContext(script, { ...page, document: { currentScript: { dataset: { callback } } } })
      if (location.target) await world.open(new URL(location.target, jar.url).href)
    },

    /** Makes the user's record long, as apps with much metadata do. @param {number} bytes */
    fatten(bytes) {
      const user = project.users.withEmail('ada@example.test')
      user.user_metadata = { ...user.user_metadata, biography: 'x'.repeat(bytes) }
    },

    sessionCookies: (browser = jar) =>
      browser.cookies.names().filter((name) => /-auth-token(\.\d+)?$/.test(name)),
    verifierCookies: (browser = jar) =>
      browser.cookies.names().filter((name) => name.endsWith('-code-verifier')),
    tokenRequests: () => project.requests.filter(({ endpoint }) => endpoint === 'token'),
    codes: () => events.map(({ code }) => code ?? ''),
  }
  return world
}
