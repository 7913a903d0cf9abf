import { auth } from 'AUTH_MODULE'

/** Call it once, when the page loads: it finishes the sign-in that comes back, and elsewhere does nothing. */
export const completeSignIn = async () => {
  const { data, error } = await auth.complete()
  if (data.next) history.replaceState(null, '', data.next)
  return error
}

/** For the click on a button. */
export const signIn = (provider = 'PROVIDER') =>
  auth.signInWithOAuth({ provider, options: { redirectTo: `${location.origin}/auth/callback` } })

export const signOut = () => auth.signOut()
