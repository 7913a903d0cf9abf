// All routes in front of the app. `/` is a page of the app's; the error page comes from here for who asks for it.
import { createAuth } from 'landfall'
import { protect, proxyHandler } from 'landfall/next'
import type { NextRequest } from 'next/server'
import { options, pathsIn } from './lib/auth'

const auth = createAuth({ ...options, paths: pathsIn('/proxied') })
const serve = proxyHandler(auth)
const guard = protect(auth, (request: NextRequest) => request.nextUrl.pathname === '/account')

export const proxy = (request: NextRequest) =>
  request.nextUrl.pathname.startsWith('/account') ? guard(request) : serve(request)

export const config = {
  matcher: [
    '/',
    '/account/:path*',
    '/proxied/:path*',
    { source: '/auth/auth-code-error', has: [{ type: 'query', key: 'proxied' }] },
  ],
}
