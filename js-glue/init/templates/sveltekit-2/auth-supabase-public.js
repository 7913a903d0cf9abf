import { createAuth } from 'landfall'
import { env } from '$env/dynamic/private'
import { env as publicEnv } from '$env/dynamic/public'

export const auth = createAuth({
  origin: env.APP_ORIGIN,
  supabase: { url: publicEnv.SUPABASE_URL, key: publicEnv.SUPABASE_ANON_KEY },
})
