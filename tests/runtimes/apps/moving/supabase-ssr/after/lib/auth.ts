import { createAuth } from 'landfall'

const { APP_ORIGIN, SUPABASE_URL, SUPABASE_ANON_KEY, IS_BEFORE_0_4 } = process.env

export const auth = createAuth({
  origin: APP_ORIGIN,
  supabase: {
    url: SUPABASE_URL,
    key: SUPABASE_ANON_KEY,
    ...(IS_BEFORE_0_4 && { cookies: { format: 'raw' } }),
  },
})
