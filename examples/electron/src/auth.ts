// Landfall signs in, and Supabase's client does everything else. Both keep the session in localStorage.
import { createClient } from '@supabase/supabase-js'
import { createBrowserAuth } from 'landfall/browser'
import { desktop } from './desktop'

const { SUPABASE_URL: url, SUPABASE_ANON_KEY: key } = import.meta.env

export const auth = createBrowserAuth({ supabase: { url, key, storage: 'localStorage' } })

export const supabase = createClient(url, key, { auth: { flowType: 'pkce', detectSessionInUrl: false } })

/** Opens the provider's page in the system's browser. The link that comes back is for `takeLink`. */
export const signIn = async (next: string) => {
  const options = { redirectTo: 'myapp://auth/callback', skipBrowserRedirect: true, next }
  const { data, error } = await auth.signInWithOAuth({ provider: 'bitbucket', options })
  if (!error) await desktop.openBrowser(data.url)
  return error
}

/** Finishes the sign-in of a link with which the system opened the app. Any other link has no session and no error. */
export const takeLink = (link: string) => auth.complete(link)
