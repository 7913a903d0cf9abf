import { createAuth } from 'landfall'
import { endSession, makeSessionCookie } from '@/lib/session'

export const auth = createAuth({
  origin: process.env.APP_ORIGIN,
  secret: process.env.AUTH_SECRET,
  providers: {
    bitbucket: {
      clientId: process.env.BITBUCKET_CLIENT_ID,
      clientSecret: process.env.BITBUCKET_CLIENT_SECRET,
    },
  },
  paths: { callback: '/api/auth/callback' }, // each provider's own: /api/auth/callback/bitbucket
  onSession: async (session) => ({ headers: { 'set-cookie': await makeSessionCookie(session) } }),
  onSignOut: () => ({ headers: { 'set-cookie': endSession() } }),
})
