// Landfall signs in, and Supabase's client does everything else. Both keep the session in localStorage.
import { createClient } from '@supabase/supabase-js'
import { createBrowserAuth } from 'landfall/browser'

const { SUPABASE_URL: url, SUPABASE_ANON_KEY: key } = import.meta.env

export const auth = createBrowserAuth({ supabase: { url, key, storage: 'localStorage' } })

// `complete` finishes every sign-in, also the links that this client sends: with PKCE they come back with a code.
export const supabase = createClient(url, key, { auth: { flowType: 'pkce', detectSessionInUrl: false } })
