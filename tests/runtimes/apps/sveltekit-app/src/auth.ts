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
  },
  onEvent: ({ code }) => {
    if (code) console.log(`event=${code}`)
  },
})
