import { Auth0Client } from '@auth0/nextjs-auth0/server'
import { findPerson } from '@/people'

export const auth0 = new Auth0Client({
  appBaseUrl: process.env.APP_ORIGIN,
  secret: process.env.AUTH_SECRET,
  async beforeSessionSaved(session) {
    return { ...session, person: findPerson(session.user.sub) }
  },
})
