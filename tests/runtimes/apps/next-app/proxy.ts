// All routes in front of the app; the page that the matcher names too is the app's.
import { createAuth } from 'landfall'
import { proxyHandler } from 'landfall/next'
import { options, pathsIn } from './lib/auth'

export const proxy = proxyHandler(createAuth({ ...options, paths: pathsIn('/proxied') }))

export const config = { matcher: ['/', '/proxied/:path*'] }
