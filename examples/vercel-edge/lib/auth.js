import { createAuth } from 'landfall'

// Do not destructure process.env: Vercel looks for the names when it builds.
const url = process.env.SUPABASE_URL
const key = process.env.SUPABASE_ANON_KEY

export const auth = createAuth({
  origin: process.env.APP_ORIGIN,
  supabase: { url, key, providers: { bitbucket: {} } },
})
