import { createServerClient, parseCookieHeader, serializeCookieHeader } from '@supabase/ssr'

const { SUPABASE_URL, SUPABASE_ANON_KEY } = process.env

/** A client of supabase-js for one request. It reads the session that Landfall wrote, and renews it. */
export const createClient = (request, reply) =>
  createServerClient(SUPABASE_URL, SUPABASE_ANON_KEY, {
    cookies: {
      getAll: () => parseCookieHeader(request.headers.cookie ?? ''),
      setAll(cookies, headers) {
        for (const { name, value, options } of cookies)
          reply.header('set-cookie', serializeCookieHeader(name, value, options))
        reply.headers(headers)
      },
    },
  })
