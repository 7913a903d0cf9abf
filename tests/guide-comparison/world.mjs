// A world of its own for one row of the comparison: an Auth server, a browser, and an app that is the guide's or Landfall's.
import { createAuth } from '../../dist/index.js'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'
import { clientInJar, loadNewest } from '../../stand-ins/supabase-libraries.mjs'
import { makeNextGuide } from './next.mjs'
import { makeExpressCallback, makeSvelteKitCallback } from './sveltekit-express.mjs'

const ORIGIN = 'https://app.example'
const SECRET = 'the secret of a compared app: 32 bytes and more'
/** Where a redirect may wrongly lead; nobody listens there. */
const ELSEWHERE = [
  'https://evil.example',
  'http://evil.example',
  'http://0.0.0.0:3000',
  'http://10.0.0.7:3000',
  'https://localhost:3000',
]
const CALLBACKS = { sveltekit: makeSvelteKitCallback, express: makeExpressCallback }

const newest = await loadNewest()

/** The guide's app. Its routes for SvelteKit and Express differ in the callback alone. */
function makeGuide(route, { auth, origin, cookieOptions }) {
  const supabase = { url: auth.url, key: auth.key }
  const guide = makeNextGuide({ supabase, siteUrl: origin, cookieOptions })
  const callback = CALLBACKS[route]?.({ supabase })
  return async (request) => {
    const isCallback = callback && new URL(request.url).pathname === '/auth/callback'
    return isCallback ? callback(request) : guide.handle(request)
  }
}

function makeLandfall({ auth, origin, cookieOptions, supabase, options }) {
  const project = { url: auth.url, key: auth.key, ...(cookieOptions && { cookieOptions }), ...supabase }
  return createAuth({ supabase: project, origin, secret: SECRET, ...options })
}

/** What a proxy does: the app sees another address, and the headers that the proxy sets. */
function behind(proxy, handle) {
  if (!proxy) return handle
  return (request) => {
    const { pathname, search } = new URL(request.url)
    const headers = new Headers(request.headers)
    for (const [name, value] of Object.entries(proxy.headers ?? {})) headers.set(name, value)
    const { method } = request
    const body = method === 'POST' ? request.body : undefined
    return handle(new Request(`${proxy.url}${pathname}${search}`, { method, headers, body, duplex: 'half' }))
  }
}

/**
 * @param {'next' | 'sveltekit' | 'express' | 'landfall'} which
 * @param {object} [settings]
 * @param {string} [settings.origin] the address in the browser
 * @param {object} [settings.server] options of the Auth server
 * @param {{ url: string, headers?: Record<string, string> }} [settings.proxy] the address that the app sees
 * @param {object} [settings.cookieOptions] for both
 * @param {import('../../stand-ins/supabase-libraries.mjs').Pair} [settings.pair] whose clients look at the browser's cookies
 * @param {object} [settings.options] of createAuth
 * @param {object} [settings.supabase] and of its `supabase`
 */
export async function openWorld(which, { origin = ORIGIN, server, proxy, pair = newest, ...rest } = {}) {
  const auth = await startSupabaseAuth({ siteUrl: origin, ...server })
  const context = { auth, origin, ...rest }
  const landfall = which === 'landfall' ? makeLandfall(context) : null
  const handle = behind(proxy, landfall?.handle ?? makeGuide(which, context))
  const app = async (request) => (await handle(request)) ?? new Response('a page of the app')
  const sites = Object.fromEntries(ELSEWHERE.map((site) => [site, () => new Response('elsewhere')]))
  const newBrowser = () => new BrowserJar({ sites: { ...sites, [origin]: app } })
  const jar = newBrowser()

  /** Goes on by redirects until the browser is sent back to the app: that address, not yet opened. `atProvider` runs before the provider answers. */
  const returnAddress = async (address, { atProvider, ...init } = {}) => {
    let response = await jar.fetch(address, { ...init, redirect: 'manual' })
    for (;;) {
      const location = response.headers.get('location')
      if (!location) throw new Error(`no redirect at ${jar.url}: ${response.status}`)
      const target = new URL(location, jar.url)
      if (target.origin === origin) return target.href
      if (target.origin === auth.leg.origin) atProvider?.()
      response = await jar.fetch(target, { redirect: 'manual', from: jar.url })
    }
  }

  return {
    landfall,
    auth,
    origin,
    jar,
    newBrowser,
    returnAddress,
    /** Signs in at the provider, and does not open the callback yet. @param {string} next @param {() => void} [atProvider] */
    begin(next, atProvider) {
      const init = { atProvider, from: `${origin}/` }
      if (which === 'landfall') {
        const query = new URLSearchParams({ provider: 'bitbucket', next })
        return returnAddress(`${origin}/auth/sign-in?${query}`, init)
      }
      const body = new URLSearchParams({ next })
      return returnAddress(`${origin}/login`, { ...init, method: 'POST', body })
    },
    /** Opens an address as the redirect of the Auth server does. */
    open: (address, init, browser = jar) => browser.fetch(address, { from: auth.url, ...init }),
    /** Presses the button that signs out. */
    signOut: ({ query = '', ...init } = {}) =>
      jar.fetch(origin + (landfall ? '/auth/sign-out' : '/auth/signout') + query, {
        method: 'POST',
        from: `${origin}/`,
        ...init,
      }),
    /** @supabase/ssr on this browser's cookies. */
    client: (options, project = auth) => clientInJar(pair, project, jar, origin, options),
    /** Whether @supabase/ssr and the Auth server take this browser for signed in. */
    async isSignedIn(options) {
      const { data } = await clientInJar(pair, auth, jar, origin, options).auth.getUser()
      return data.user !== null
    },
    /** Where the browser is: `at` on the app's origin without the query, else in full; then what the page is told. */
    where() {
      const { href, origin: there, pathname, searchParams, hash } = new URL(jar.url)
      const fragment = new URLSearchParams(hash.slice(1))
      return {
        at: there === origin ? pathname : href,
        error: searchParams.get('error') ?? '',
        next: searchParams.get('next') ?? '',
        inFragment: fragment.get('error') ?? '',
      }
    },
    close: auth.close,
  }
}
