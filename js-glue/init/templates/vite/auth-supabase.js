import { createClient } from '@supabase/supabase-js'
import { createBrowserAuth } from 'landfall/browser'

const { SUPABASE_URL: url, SUPABASE_ANON_KEY: key } = import.meta.env

/** Landfall signs in; Supabase's client does everything else. Both keep the session in localStorage. */
export const auth = createBrowserAuth({ supabase: { url, key, storage: 'localStorage' } })

// Otherwise both redeem the same code.
export const supabase = createClient(url, key, { auth: { detectSessionInUrl: false } })
