import { auth } from './lib/auth.ts'
import { account, home, notFound } from './lib/pages.ts'

/** The app's own pages. */
export const app = async (request: Request): Promise<Response> => {
  const { pathname } = new URL(request.url)
  if (pathname === '/') return home()
  if (pathname !== '/account') return notFound()
  const { session, setCookie, response } = await auth.require(request)
  return response ?? account(session.user, setCookie)
}
