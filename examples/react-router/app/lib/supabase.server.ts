import { createServerClient, parseCookieHeader, serializeCookieHeader } from '@supabase/ssr'
import { supabase } from './auth.server'

/** A client of supabase-js for one request. It reads the session that Landfall wrote, and renews it with these headers. */
export const createClient = (request: Request, headers: Headers) =>
  createServerClient(supabase.url, supabase.key, {
    cookies: {
      getAll: () =>
        parseCookieHeader(request.headers.get('cookie') ?? '').map(({ name, value = '' }) => ({
          name,
          value,
        })),
      setAll(cookies, more) {
        for (const { name, value, options } of cookies)
          headers.append('set-cookie', serializeCookieHeader(name, value, options))
        for (const [name, value] of Object.entries(more)) headers.set(name, value)
      },
    },
  })
