import { createAuth } from 'landfall'
import { env } from '$env/dynamic/private'

export const auth = createAuth({
  origin: env.APP_ORIGIN,
  supabase: { url: env.SUPABASE_URL, key: env.SUPABASE_ANON_KEY },
})
