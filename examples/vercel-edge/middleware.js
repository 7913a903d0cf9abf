import { auth } from './lib/auth.js'

export const config = { runtime: 'edge', matcher: ['/', '/auth/:path*'] }

// The auth routes; what is none of them goes on to the page or function that it names.
export default auth.handle
