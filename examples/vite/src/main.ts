import type { Session } from '@supabase/supabase-js'
import { auth, supabase } from './auth'

const find = (id: string) => document.getElementById(id) as HTMLElement
const tell = (error: { message: string; code: string } | null) => {
  find('error').textContent = error && `${error.message} (${error.code})`
}

const show = async (session: Session | null) => {
  // Supabase says who is signed in: the content of localStorage proves nothing.
  const user = session && (await supabase.auth.getUser(session.access_token)).data.user
  find('email').textContent = user?.email ?? ''
  find('account').hidden = !user
  find('home').hidden = user !== null
}

const start = async () => {
  // Finishes the sign-in on the page that Supabase comes back to. On other pages it does nothing.
  const { data, error } = await auth.complete()
  tell(error)
  if (data.next) history.replaceState(null, '', data.next)
  // Also what happens in another tab is an event here.
  supabase.auth.onAuthStateChange((_event, session) => show(session))
}
start()

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
