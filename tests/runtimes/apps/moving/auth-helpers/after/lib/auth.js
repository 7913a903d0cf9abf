import { createAuth } from 'landfall'

export const auth = createAuth({
  origin: process.env.APP_ORIGIN,
  supabase: { url: process.env.SUPABASE_URL, key: process.env.SUPABASE_ANON_KEY },
})
