import { Auth0Client } from '@auth0/nextjs-auth0/server'
import { findPerson } from '@/people'

export const auth0 = new Auth0Client({
  async beforeSessionSaved(session) {
    return { ...session, person: findPerson(session.user.sub) }
  },
})
