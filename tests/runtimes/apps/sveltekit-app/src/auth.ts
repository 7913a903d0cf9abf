import { createAuth } from 'landfall'

const { env } = process

export const auth = createAuth({
  origin: env.APP_ORIGIN,
  secret: env.AUTH_SECRET,
  session: true,
  providers: {
    work: {
      clientId: env.WORK_CLIENT_ID,
      clientSecret: env.WORK_CLIENT_SECRET,
      authorizationEndpoint: env.WORK_AUTHORIZATION_ENDPOINT,
      tokenEndpoint: env.WORK_TOKEN_ENDPOINT,
      scopes: ['account'],
    },
    // A provider that a deployment knows, and whose variables nobody has set.
    ...(env.WITH_GITHUB && {
      github: { clientId: env.GITHUB_CLIENT_ID, clientSecret: env.GITHUB_CLIENT_SECRET },
    }),
  },
  onEvent: ({ code }) => {
    if (code) console.log(`event=${code}`)
  },
})

/** Tells one build from another. */
export const SAVED = 0
