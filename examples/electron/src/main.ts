import { auth, signIn, supabase, takeLink } from './auth'
import { desktop } from './desktop'

const find = (id: string) => document.getElementById(id) as HTMLElement
const tell = (error: { message: string; code: string } | null) => {
  find('error').textContent = error && `${error.message} (${error.code})`
}

const show = async () => {
  // Supabase says who is signed in: the content of localStorage proves nothing.
  const { data } = await supabase.auth.getSession()
  const user = data.session && (await supabase.auth.getUser()).data.user
  find('email').textContent = user?.email ?? ''
  find('account').hidden = !user
  find('home').hidden = user !== null
}

const take = async (link: string) => {
  const { data, error } = await takeLink(link)
  tell(error)
  if (data.next) history.replaceState(null, '', data.next)
  await show()
}

// The person may close the app while the browser is open: then the link starts it again.
show().then(() => desktop.onLink(take))

find('sign-in').onclick = async () => tell(await signIn('/account'))
find('sign-out').onclick = async () => {
  tell((await auth.signOut()).error)
  await show()
}
