import { createAuth } from 'landfall'
import { APP_ORIGIN, SUPABASE_ANON_KEY, SUPABASE_URL } from '$app/env/private'

export const auth = createAuth({
  origin: APP_ORIGIN,
  supabase: { url: SUPABASE_URL, key: SUPABASE_ANON_KEY, providers: { bitbucket: {} } },
})
