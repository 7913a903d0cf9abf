import { createAuth } from 'landfall'

const { APP_ORIGIN, SUPABASE_URL, SUPABASE_ANON_KEY } = process.env

export const auth = createAuth({
  origin: APP_ORIGIN,
  supabase: { url: SUPABASE_URL, key: SUPABASE_ANON_KEY },
})

/** Returns the signed-in user, or null. Anybody can forge a cookie, so this asks the Auth server. */
export const getUser = async (request) => {
  const { session } = auth.readSession(request)
  if (!session) return null
  const headers = { apikey: SUPABASE_ANON_KEY, authorization: `Bearer ${session.access_token}` }
  const response = await fetch(`${SUPABASE_URL}/auth/v1/user`, { headers })
  return response.ok ? response.json() : null
}
