// Landfall signs in, and Supabase's client does everything else. Both keep the session in localStorage.
import { Browser } from '@capacitor/browser'
import { createClient } from '@supabase/supabase-js'
import { createBrowserAuth } from 'landfall/browser'

const { SUPABASE_URL: url, SUPABASE_ANON_KEY: key } = import.meta.env

export const auth = createBrowserAuth({ supabase: { url, key, storage: 'localStorage' } })

export const supabase = createClient(url, key, { auth: { flowType: 'pkce', detectSessionInUrl: false } })

/** Opens the provider's page in the system's browser. The link that comes back is for `takeLink`. */
export const signIn = async (next: string) => {
  const options = { redirectTo: 'myapp://auth/callback', skipBrowserRedirect: true, next }
  const { data, error } = await auth.signInWithOAuth({ provider: 'bitbucket', options })
  if (!error) await Browser.open({ url: data.url })
  return error
}

/** Finishes the sign-in of a link with which the system opened the app. Any other link has no session and no error. */
export const takeLink = async (link: string) => {
  const completed = await auth.complete(link)
  // On Android nothing closes by itself, and nothing can be closed either.
  if (completed.data.session) await Browser.close().catch(() => {})
  return completed
}
