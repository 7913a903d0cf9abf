import Bitbucket from '@auth/core/providers/bitbucket'
import { findPerson } from '@/people'
import { isAllowed } from '@/rules'

const { BITBUCKET_CLIENT_ID, BITBUCKET_CLIENT_SECRET } = process.env

export const config = {
  basePath: '/api/auth',
  secret: process.env.AUTH_SECRET,
  trustHost: true,
  providers: [Bitbucket({ clientId: BITBUCKET_CLIENT_ID, clientSecret: BITBUCKET_CLIENT_SECRET })],
  callbacks: {
    signIn: ({ profile }) => isAllowed(profile),
    jwt: ({ token, account }) =>
      account ? { ...token, person: findPerson(account.providerAccountId) } : token,
    session: ({ session, token }) => ({ ...session, person: token.person }),
  },
}
