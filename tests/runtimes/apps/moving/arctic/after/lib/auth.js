import { createAuth } from 'landfall'
import { findPerson, makeSessionCookie } from '@/session'

export const auth = createAuth({
  origin: process.env.APP_ORIGIN,
  secret: process.env.AUTH_SECRET,
  providers: {
    bitbucket: {
      clientId: process.env.BITBUCKET_CLIENT_ID,
      clientSecret: process.env.BITBUCKET_CLIENT_SECRET,
      callback: '/login/bitbucket/callback', // the one that is registered
    },
  },
  paths: { afterSignIn: '/account' },
  onSession: async ({ profile }) => {
    const person = findPerson(profile.sub, profile.name) // uuid and display_name
    return { headers: { 'set-cookie': await makeSessionCookie(person) } }
  },
})
