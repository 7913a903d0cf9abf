import { auth } from './lib/auth.js'

export const config = { runtime: 'edge', matcher: ['/', '/auth/:path*'] }

// Answers the auth routes. Every other request goes on to its page or function.
export default auth.handle
