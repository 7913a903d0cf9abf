// Runs before the account page: verifies and renews the session, and sends people without one to the sign-in.
import { protect } from 'landfall/next'
import { auth } from '@/lib/auth'

export const config = { matcher: '/account/:path*' }

export const proxy = protect(auth, () => true)
