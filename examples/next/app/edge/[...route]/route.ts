// The same sign-in on the edge runtime, with all routes in one file.
import { createAuth } from 'landfall'
import { options } from '@/lib/auth'

export const runtime = 'edge'

const auth = createAuth({
  ...options,
  paths: {
    signIn: '/edge/sign-in',
    callback: '/edge/callback',
    signOut: '/edge/sign-out',
    error: '/auth/auth-code-error',
  },
})

const handle = (request: Request) => auth.handle(request) ?? new Response('Not found', { status: 404 })

export { handle as GET, handle as POST }
