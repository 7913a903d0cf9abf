import { auth, supabase } from './auth'

const find = (id: string) => document.getElementById(id) as HTMLElement
const tell = (error: { message: string; code: string } | null) => {
  find('error').textContent = error && `${error.message} (${error.code})`
}

// On the page that Supabase comes back to, this finishes the sign-in; on any other it does nothing.
const { data, error } = await auth.complete()
tell(error)
if (data.next) history.replaceState(null, '', data.next)

// Supabase says who is signed in: what lies in localStorage proves nothing.
const { user } = (await supabase.auth.getUser()).data
find('email').textContent = user?.email ?? ''
find(user ? 'account' : 'home').hidden = false

find('sign-in').onclick = async () => {
  const { origin, search } = location
  const next = new URLSearchParams(search).get('next') ?? '/account'
  const options = { redirectTo: `${origin}/auth/callback`, next }
  tell((await auth.signInWithOAuth({ provider: 'bitbucket', options })).error)
}

find('sign-out').onclick = async () => {
  await auth.signOut()
  location.assign('/')
}
