// Landfall signs in, and Supabase's client does everything else. Both keep the session in AsyncStorage.
import storage from '@react-native-async-storage/async-storage'
import { createClient } from '@supabase/supabase-js'
import { openAuthSessionAsync } from 'expo-web-browser'
import { createBrowserAuth } from 'landfall/plain/browser'

const url = process.env.EXPO_PUBLIC_SUPABASE_URL ?? ''
const key = process.env.EXPO_PUBLIC_SUPABASE_ANON_KEY ?? ''

/** The scheme stands in app.json. In the project's redirect URLs, allow `myapp://auth/callback?**`. */
const redirectTo = 'myapp://auth/callback'

export const auth = createBrowserAuth({ supabase: { url, key, storage } })

export const supabase = createClient(url, key, {
  auth: { storage, flowType: 'pkce', detectSessionInUrl: false },
})

/** Finishes the sign-in of a link with which the system opened the app. Any other link has no session and no error. */
export const takeLink = (link: string) => auth.complete(link)

/** Opens the provider's page in the system's browser, and waits until it comes back. Null where the person closed it. */
export const signIn = async (next: string) => {
  const started = await auth.signInWithOAuth({
    provider: 'bitbucket',
    options: { redirectTo, next },
  })
  if (started.error) throw started.error
  const result = await openAuthSessionAsync(started.data.url, redirectTo)
  return result.type === 'success' ? takeLink(result.url) : null
}

/** Who is signed in, as Supabase says: the content of the storage proves nothing. */
export const getUser = async () => {
  const { data } = await supabase.auth.getSession()
  return data.session && (await supabase.auth.getUser()).data.user
}
