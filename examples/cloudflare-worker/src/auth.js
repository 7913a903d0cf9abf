import { env } from 'cloudflare:workers'
import { createAuth } from 'landfall'

const { APP_ORIGIN, SUPABASE_URL, SUPABASE_ANON_KEY } = env

// Runs once for each isolate.
export const auth = createAuth({
  origin: APP_ORIGIN,
  supabase: { url: SUPABASE_URL, key: SUPABASE_ANON_KEY, providers: { bitbucket: {} } },
})
