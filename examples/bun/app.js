import { getUser } from './lib/auth.js'
import { account, home, notFound, signInFirst } from './lib/pages.js'

/** The app's own pages. */
export const app = async (request) => {
  const { pathname } = new URL(request.url)
  if (pathname === '/') return home()
  if (pathname !== '/account') return notFound()
  const user = await getUser(request)
  return user ? account(user) : signInFirst()
}
