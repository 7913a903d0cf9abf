import { createAuth } from 'landfall'

// Do not destructure process.env: Vercel looks for the names when it builds.
const url = process.env.SUPABASE_URL
const key = process.env.SUPABASE_ANON_KEY

export const auth = createAuth({ origin: process.env.APP_ORIGIN, supabase: { url, key } })

/** Returns the signed-in user, or null. Anybody can forge a cookie, so this asks the Auth server. */
export const getUser = async (request) => {
  const { session } = auth.readSession(request)
  if (!session) return null
  const headers = { apikey: key, authorization: `Bearer ${session.access_token}` }
  const response = await fetch(`${url}/auth/v1/user`, { headers })
  return response.ok ? response.json() : null
}
