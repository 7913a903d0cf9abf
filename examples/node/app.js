import { auth } from './lib/auth.js'
import { account, home, notFound } from './lib/pages.js'

/** The app's own pages. */
export const app = async (request) => {
  const { pathname } = new URL(request.url)
  if (pathname === '/') return home()
  if (pathname !== '/account') return notFound()
  const { session, setCookie, response } = await auth.require(request)
  return response ?? account(session.user, setCookie)
}
