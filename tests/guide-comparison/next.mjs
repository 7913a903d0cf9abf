// What Supabase's guide does, for comparison, in our own words: its Next.js routes as handlers of Request and Response.
// The guide is "Login with Bitbucket", with the server client, e-mail link and sign-out of the guides that it builds on.
import { createServerClient, parseCookieHeader, serializeCookieHeader } from '@supabase/ssr'

/** Next's `cookies()` in a route: of several lines with one name the last goes out, and there are no headers to set. */
class NextCookies {
  #lines = new Map()

  constructor(request) {
    this.request = request
  }

  getAll() {
    return parseCookieHeader(this.request.headers.get('cookie') ?? '')
  }

  set(name, value, options) {
    this.#lines.set(name, serializeCookieHeader(name, value, options))
  }

  addTo(response) {
    for (const line of this.#lines.values()) response.headers.append('set-cookie', line)
    return response
  }
}

/** NextResponse.redirect: an absolute address, 307 unless told otherwise. */
const redirect = (address, status = 307) =>
  new Response(null, { status, headers: { location: new URL(address).href } })

/**
 * @param {object} options
 * @param {{ url: string, key: string }} options.supabase
 * @param {string} options.siteUrl what the app writes in `redirectTo`
 * @param {boolean} [options.isDevelopment] NODE_ENV is `development`
 * @param {object} [options.cookieOptions] of the server client
 */
export function makeNextGuide({ supabase: { url, key }, siteUrl, isDevelopment = false, cookieOptions }) {
  const createClient = (store) =>
    createServerClient(url, key, {
      cookieOptions,
      cookies: {
        getAll: () => store.getAll(),
        setAll(list) {
          for (const { name, value, options } of list) store.set(name, value, options)
        },
      },
    })

  /** GET /auth/callback */
  async function callback(request, store) {
    const { searchParams, origin } = new URL(request.url)
    const code = searchParams.get('code')
    const asked = searchParams.get('next') ?? '/'
    const next = asked.startsWith('/') ? asked : '/'
    if (code) {
      const { error } = await createClient(store).auth.exchangeCodeForSession(code)
      if (!error) {
        const forwardedHost = request.headers.get('x-forwarded-host')
        const isForwarded = !isDevelopment && forwardedHost
        return redirect(isForwarded ? `https://${forwardedHost}${next}` : `${origin}${next}`)
      }
    }
    return redirect(`${origin}/auth/auth-code-error`)
  }

  /** GET /auth/confirm, for the link of an e-mail */
  async function confirm(request, store) {
    const { searchParams, origin } = new URL(request.url)
    const [token_hash, type] = [searchParams.get('token_hash'), searchParams.get('type')]
    if (token_hash && type) {
      const { error } = await createClient(store).auth.verifyOtp({ type, token_hash })
      if (!error) return redirect(new URL(searchParams.get('next') ?? '/', origin))
    }
    return redirect(`${origin}/auth/auth-code-error`)
  }

  /** POST /login: the action of the sign-in form. A redirect out of an action is a 303. */
  async function signIn(request, store) {
    const next = (await request.formData()).get('next') ?? '/'
    const redirectTo = `${siteUrl}/auth/callback?next=${encodeURIComponent(next)}`
    const { auth } = createClient(store)
    const { data } = await auth.signInWithOAuth({ provider: 'bitbucket', options: { redirectTo } })
    return redirect(data.url, 303)
  }

  /** POST /auth/signout */
  async function signOut(request, store) {
    const { auth } = createClient(store)
    const { data } = await auth.getUser()
    if (data.user) await auth.signOut()
    return redirect(new URL('/login', request.url), 302)
  }

  const routes = {
    '/auth/callback': { GET: callback },
    '/auth/confirm': { GET: confirm },
    '/auth/signout': { POST: signOut },
    // GET is the page with the form.
    '/login': { GET: () => undefined, POST: signIn },
  }
  return {
    /** Next answers HEAD by running GET, and an unknown method with 405. @param {Request} request */
    async handle(request) {
      const route = routes[new URL(request.url).pathname]
      if (!route) return undefined
      const handler = route[request.method === 'HEAD' ? 'GET' : request.method]
      if (!handler) return new Response(null, { status: 405 })
      const store = new NextCookies(request)
      const response = await handler(request, store)
      return response && store.addTo(response)
    },
  }
}
