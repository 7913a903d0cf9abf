import { getSecret } from 'astro:env/server'
import { createAuth } from 'landfall'

export const auth = createAuth({
  origin: getSecret('APP_ORIGIN'),
  supabase: {
    url: getSecret('SUPABASE_URL'),
    key: getSecret('SUPABASE_ANON_KEY'),
    providers: { bitbucket: {} },
  },
})
