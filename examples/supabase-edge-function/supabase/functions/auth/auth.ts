import { createAuth } from 'landfall'

const { APP_ORIGIN, SUPABASE_URL, SUPABASE_ANON_KEY } = Deno.env.toObject()

/** The address of the function in a browser. */
export const BASE = '/functions/v1/auth'
export const SIGN_IN = `${BASE}/sign-in?provider=bitbucket&next=${BASE}/account`
export const SIGN_OUT = `${BASE}/sign-out`
export const ERROR = `${BASE}/auth-code-error`

export const auth = createAuth({
  origin: APP_ORIGIN,
  supabase: { url: APP_ORIGIN, key: SUPABASE_ANON_KEY, providers: { bitbucket: {} } },
  // Inside the platform, the project may have a different address, such as http://kong:8000.
  // Make a new Response: Landfall treats a Response with a different address as a followed redirect.
  fetch: async (input, init) => {
    const answer = await fetch(String(input).replace(APP_ORIGIN, SUPABASE_URL), init)
    return new Response(answer.body, answer)
  },
  paths: {
    signIn: `${BASE}/sign-in`,
    callback: `${BASE}/callback`,
    signOut: SIGN_OUT,
    confirm: `${BASE}/confirm`,
    error: ERROR,
    afterSignIn: `${BASE}/account`,
    afterSignOut: `${BASE}/`,
  },
})

/** Restores the request of the browser: on the way here it lost its origin and `/functions/v1`. */
export const restore = (request: Request): Request => {
  const { pathname, search } = new URL(request.url)
  return new Request(`${APP_ORIGIN}/functions/v1${pathname}${search}`, request)
}
