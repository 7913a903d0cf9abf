import { createServerClient, parseCookieHeader, serializeCookieHeader } from '@supabase/ssr'

const { SUPABASE_URL, SUPABASE_ANON_KEY } = process.env

/** A client of supabase-js for one request. It reads the session that Landfall wrote, and renews it. */
export const createClient = (c) =>
  createServerClient(SUPABASE_URL, SUPABASE_ANON_KEY, {
    cookies: {
      getAll: () => parseCookieHeader(c.req.header('cookie') ?? ''),
      setAll(cookies, headers) {
        for (const { name, value, options } of cookies)
          c.header('set-cookie', serializeCookieHeader(name, value, options), { append: true })
        for (const [name, value] of Object.entries(headers)) c.header(name, value)
      },
    },
  })
