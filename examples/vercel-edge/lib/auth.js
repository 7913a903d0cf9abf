import { createAuth } from 'landfall'

// Not taken apart: Vercel looks for the names when it builds.
const url = process.env.SUPABASE_URL
const key = process.env.SUPABASE_ANON_KEY

export const auth = createAuth({ origin: process.env.APP_ORIGIN, supabase: { url, key } })

/** Who is signed in, or null: cookies can be made up, so the Auth server is asked. */
export const getUser = async (request) => {
  const { session } = auth.readSession(request)
  if (!session) return null
  const headers = { apikey: key, authorization: `Bearer ${session.access_token}` }
  const response = await fetch(`${url}/auth/v1/user`, { headers })
  return response.ok ? response.json() : null
}
