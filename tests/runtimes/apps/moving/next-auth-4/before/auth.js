import GitHub from 'next-auth/providers/github'
import { findPerson } from '@/people'

const { GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET, GITHUB_STAND_IN } = process.env

export const options = {
  secret: process.env.AUTH_SECRET,
  providers: [
    GitHub({
      clientId: GITHUB_CLIENT_ID,
      clientSecret: GITHUB_CLIENT_SECRET,
      // The stand-in wants PKCE.
      checks: ['pkce', 'state'],
      // Version 4 does not ask by `fetch`, so it is told where the stand-in is.
      token: `${GITHUB_STAND_IN}/github.com/login/oauth/access_token`,
      userinfo: `${GITHUB_STAND_IN}/api.github.com/user`,
    }),
  ],
  callbacks: {
    jwt: ({ token, account }) =>
      account ? { ...token, person: findPerson(account.providerAccountId) } : token,
    session: ({ session, token }) => ({ ...session, person: token.person }),
  },
}
