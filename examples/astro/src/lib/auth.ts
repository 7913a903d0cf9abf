import { getSecret } from 'astro:env/server'
import { createAuth } from 'landfall'

export const supabase = { url: getSecret('SUPABASE_URL') ?? '', key: getSecret('SUPABASE_ANON_KEY') ?? '' }

export const auth = createAuth({ origin: getSecret('APP_ORIGIN'), supabase })
