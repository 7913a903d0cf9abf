import { createAuth } from 'landfall'

const { APP_ORIGIN, SUPABASE_URL, SUPABASE_ANON_KEY } = Deno.env.toObject()

/** The function as a browser sees it. */
export const BASE = '/functions/v1/auth'
export const SIGN_IN = `${BASE}/sign-in?provider=bitbucket&next=${BASE}/account`
export const SIGN_OUT = `${BASE}/sign-out`
export const ERROR = `${BASE}/auth-code-error`

export const auth = createAuth({
  origin: APP_ORIGIN,
  supabase: { url: APP_ORIGIN, key: SUPABASE_ANON_KEY },
  // In here the project may have another address than in a browser, such as http://kong:8000.
  // A Response of our own: one that names another address than the one asked counts as a redirect that was followed.
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

/** Who is signed in, or null: cookies can be made up, so the Auth server is asked. */
export const getUser = async (request: Request): Promise<{ email: string } | null> => {
  const { session } = auth.readSession(request)
  if (!session) return null
  const headers = { apikey: SUPABASE_ANON_KEY, authorization: `Bearer ${session.access_token}` }
  const response = await fetch(`${SUPABASE_URL}/auth/v1/user`, { headers })
  return response.ok ? response.json() : null
}

/** The request as the browser sent it: on the way here it lost its origin, and `/functions/v1`. */
export const restore = (request: Request): Request => {
  const { pathname, search } = new URL(request.url)
  return new Request(`${APP_ORIGIN}/functions/v1${pathname}${search}`, request)
}
