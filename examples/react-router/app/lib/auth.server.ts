import { createAuth } from 'landfall'

const { APP_ORIGIN, SUPABASE_URL, SUPABASE_ANON_KEY } = process.env

export const auth = createAuth({
  origin: APP_ORIGIN,
  supabase: { url: SUPABASE_URL, key: SUPABASE_ANON_KEY, providers: { bitbucket: {} } },
})
