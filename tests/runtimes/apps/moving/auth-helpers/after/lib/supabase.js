import { createServerClient } from '@supabase/ssr'
import { cookies } from 'next/headers'

const { SUPABASE_URL, SUPABASE_ANON_KEY } = process.env

export const createClient = () => {
  const store = cookies()
  return createServerClient(SUPABASE_URL, SUPABASE_ANON_KEY, {
    cookies: {
      getAll: () => store.getAll(),
      setAll(list) {
        for (const { name, value, options } of list) store.set(name, value, options)
      },
    },
  })
}
