import { createServerClient, parseCookieHeader } from '@supabase/ssr'
import type { AstroGlobal } from 'astro'
import { supabase } from './auth'

/** A client of supabase-js for one request. It reads the session that Landfall wrote, and renews it. */
export const createClient = ({ request, cookies, response }: AstroGlobal) =>
  createServerClient(supabase.url, supabase.key, {
    cookies: {
      getAll: () =>
        parseCookieHeader(request.headers.get('cookie') ?? '').map(({ name, value = '' }) => ({
          name,
          value,
        })),
      setAll(list, headers) {
        for (const { name, value, options } of list) cookies.set(name, value, options)
        for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
      },
    },
  })
