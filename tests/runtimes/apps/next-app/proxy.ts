// All routes in front of the app. `/` is a page of the app's; the error page comes from here for who asks for it.
import { createAuth } from 'landfall'
import { proxyHandler } from 'landfall/next'
import { options, pathsIn } from './lib/auth'

export const proxy = proxyHandler(createAuth({ ...options, paths: pathsIn('/proxied') }))

export const config = {
  matcher: [
    '/',
    '/proxied/:path*',
    { source: '/auth/auth-code-error', has: [{ type: 'query', key: 'proxied' }] },
  ],
}
