import { auth, BASE, ERROR, getUser, restore } from './auth.ts'
import { account, home, notFound, signInFirst } from './pages.ts'

const answer = async (request: Request): Promise<Response> => {
  const { pathname } = new URL(request.url)
  if (pathname === BASE || pathname === `${BASE}/`) return home()
  if (pathname === ERROR) return auth.error(request)
  if (pathname !== `${BASE}/account`) return notFound()
  const user = await getUser(request)
  return user ? account(user) : signInFirst()
}

Deno.serve((received) => {
  const request = restore(received)
  return auth.handle(request) ?? answer(request)
})
