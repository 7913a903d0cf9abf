import { createServerClient, parseCookieHeader, serializeCookieHeader } from '@supabase/ssr'

const { SUPABASE_URL, SUPABASE_ANON_KEY } = process.env

/** A client of supabase-js for one request. It reads the session that Landfall wrote, and renews it. */
export const createClient = (req, res) =>
  createServerClient(SUPABASE_URL, SUPABASE_ANON_KEY, {
    cookies: {
      getAll: () => parseCookieHeader(req.headers.cookie ?? ''),
      setAll(cookies, headers) {
        for (const { name, value, options } of cookies)
          res.append('set-cookie', serializeCookieHeader(name, value, options))
        res.set(headers)
      },
    },
  })
