// A client of @supabase/ssr for one request, and what both apps have: sign-in, a page behind it, and sign-out.
import { createServerClient, parse, serialize } from '@supabase/ssr'
import type { Hono } from 'hono'

const { APP_ORIGIN, SUPABASE_URL = '', SUPABASE_ANON_KEY = '', IS_BEFORE_0_4 } = process.env

const readCookies = (request: Request) => parse(request.headers.get('cookie') ?? '')

const makeCookies = (request: Request, headers: Headers) => ({
  getAll: () => Object.entries(readCookies(request)).map(([name, value]) => ({ name, value: value ?? '' })),
  setAll(cookies: { name: string; value: string; options: object }[]) {
    for (const { name, value, options } of cookies)
      headers.append('set-cookie', serialize(name, value, options))
  },
})

/** As @supabase/ssr took them before 0.4. */
const makeOlderCookies = (request: Request, headers: Headers) => ({
  get: (name: string) => readCookies(request)[name],
  set: (name: string, value: string, options: object) =>
    headers.append('set-cookie', serialize(name, value, options)),
  remove: (name: string, options: object) =>
    headers.append('set-cookie', serialize(name, '', { ...options, maxAge: 0 })),
})

export const createClient = (request: Request, headers: Headers) =>
  createServerClient(SUPABASE_URL, SUPABASE_ANON_KEY, {
    cookies: (IS_BEFORE_0_4 ? makeOlderCookies : makeCookies)(request, headers),
  })

/** @param query of the address that Supabase comes back to */
const logIn = async (request: Request, query: string) => {
  const headers = new Headers()
  const { data } = await createClient(request, headers).auth.signInWithOAuth({
    provider: 'bitbucket',
    options: { redirectTo: `${APP_ORIGIN}/auth/callback${query}` },
  })
  headers.set('location', data.url ?? '/')
  return new Response(null, { status: 303, headers })
}

const showAccount = async (request: Request) => {
  const headers = new Headers()
  const { data } = await createClient(request, headers).auth.getUser()
  return new Response(data.user?.email ?? 'nobody', { headers })
}

const logOut = async (request: Request) => {
  const headers = new Headers({ location: '/' })
  await createClient(request, headers).auth.signOut()
  return new Response(null, { status: 303, headers })
}

export const addPages = (app: Hono) => {
  app.get('/', (c) => c.text('home'))
  app.get('/login', (c) => logIn(c.req.raw, ''))
  app.get('/login-to-account', (c) => logIn(c.req.raw, '?next=/account'))
  app.get('/account', (c) => showAccount(c.req.raw))
  app.post('/logout', (c) => logOut(c.req.raw))
}
