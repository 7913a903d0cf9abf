import { createServerClient } from '@supabase/ssr'
import type { RequestEvent } from '@sveltejs/kit'
import { SUPABASE_ANON_KEY, SUPABASE_URL } from '$app/env/private'

/** A client of supabase-js for one request. It reads the session that Landfall wrote, and renews it. */
export const createClient = ({ cookies, setHeaders }: Pick<RequestEvent, 'cookies' | 'setHeaders'>) =>
  createServerClient(SUPABASE_URL ?? '', SUPABASE_ANON_KEY ?? '', {
    cookies: {
      getAll: () => cookies.getAll(),
      setAll(list, headers) {
        for (const { name, value, options } of list) cookies.set(name, value, { ...options, path: '/' })
        setHeaders(headers)
      },
    },
  })
