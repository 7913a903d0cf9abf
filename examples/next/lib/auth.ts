import { createAuth, type Options } from 'landfall'

const { APP_ORIGIN, SUPABASE_URL, SUPABASE_ANON_KEY } = process.env

export const options: Options = {
  origin: APP_ORIGIN,
  supabase: { url: SUPABASE_URL, key: SUPABASE_ANON_KEY, providers: { bitbucket: {} } },
}

export const auth = createAuth(options)
