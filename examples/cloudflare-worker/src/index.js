import { auth } from './auth.js'
import { account, home, notFound } from './pages.js'

/** The app's own pages. */
const answer = async (request) => {
  const { pathname } = new URL(request.url)
  if (pathname === '/') return home()
  if (pathname !== '/account') return notFound()
  const { session, setCookie, response } = await auth.require(request)
  return response ?? account(session.user, setCookie)
}

export default { fetch: (request) => auth.handle(request) ?? answer(request) }
