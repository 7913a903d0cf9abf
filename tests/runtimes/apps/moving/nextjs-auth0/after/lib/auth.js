import { createAuth } from 'landfall'
import { endSession, makeSessionCookie } from '@/lib/session'

export const auth = createAuth({
  origin: process.env.APP_ORIGIN,
  secret: process.env.AUTH_SECRET,
  providers: {
    auth0: {
      issuer: process.env.AUTH0_ISSUER,
      clientId: process.env.AUTH0_CLIENT_ID,
      clientSecret: process.env.AUTH0_CLIENT_SECRET,
      callback: '/auth/callback', // version 3: /api/auth/callback
    },
  },
  onSession: async (session) => ({ headers: { 'set-cookie': await makeSessionCookie(session) } }),
  onSignOut: () => ({ headers: { 'set-cookie': endSession() } }),
})
