import NextAuth from 'next-auth'
import Bitbucket from 'next-auth/providers/bitbucket'
import { findPerson } from '@/people'
import { isAllowed } from '@/rules'

const { BITBUCKET_CLIENT_ID, BITBUCKET_CLIENT_SECRET } = process.env

export const { handlers, auth, signIn, signOut } = NextAuth({
  trustHost: true,
  providers: [Bitbucket({ clientId: BITBUCKET_CLIENT_ID, clientSecret: BITBUCKET_CLIENT_SECRET })],
  callbacks: {
    signIn: ({ profile }) => isAllowed(profile),
    jwt: ({ token, account }) =>
      account ? { ...token, person: findPerson(account.providerAccountId) } : token,
    session: ({ session, token }) => ({ ...session, person: token.person }),
  },
})
