import { createServerClient } from '@supabase/ssr'
import { cookies } from 'next/headers'

const { SUPABASE_URL = '', SUPABASE_ANON_KEY = '' } = process.env

/** A client of supabase-js for a page. A page cannot set cookies, so proxy.ts renews the session first. */
export const createClient = async () => {
  const store = await cookies()
  return createServerClient(SUPABASE_URL, SUPABASE_ANON_KEY, {
    cookies: { getAll: () => store.getAll(), setAll: () => {} },
  })
}
