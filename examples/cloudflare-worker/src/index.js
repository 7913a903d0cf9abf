import { auth, getUser } from './auth.js'
import { account, home, notFound, signInFirst } from './pages.js'

/** The app's own pages. */
const answer = async (request) => {
  const { pathname } = new URL(request.url)
  if (pathname === '/') return home()
  if (pathname !== '/account') return notFound()
  const user = await getUser(request)
  return user ? account(user) : signInFirst()
}

export default { fetch: (request) => auth.handle(request) ?? answer(request) }
