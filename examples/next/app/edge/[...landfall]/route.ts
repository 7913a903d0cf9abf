// The same sign-in on the edge runtime.
import { createAuth } from 'landfall'
import { handlers } from 'landfall/next'
import { options } from '@/lib/auth'

export const runtime = 'edge'

const paths = {
  signIn: '/edge/sign-in',
  callback: '/edge/callback',
  signOut: '/edge/sign-out',
  error: '/auth/auth-code-error',
}

export const { GET, POST } = handlers(createAuth({ ...options, paths }))
