import { createAuth, type Options } from 'landfall'

const { env } = process

export const options: Options = {
  origin: env.APP_ORIGIN,
  ...(env.BASE_PATH && { basePath: env.BASE_PATH }),
  secret: env.AUTH_SECRET,
  session: true,
  providers: {
    work: {
      clientId: env.WORK_CLIENT_ID,
      clientSecret: env.WORK_CLIENT_SECRET,
      authorizationEndpoint: env.WORK_AUTHORIZATION_ENDPOINT,
      tokenEndpoint: env.WORK_TOKEN_ENDPOINT,
      scopes: ['account'],
      allow: ['prompt'],
    },
    // A provider that a deployment knows, and whose variables nobody has set.
    ...(env.WITH_GITHUB && {
      github: { clientId: env.GITHUB_CLIENT_ID, clientSecret: env.GITHUB_CLIENT_SECRET },
    }),
  },
  onEvent: ({ code }) => {
    if (code) console.log(`event=${code}`)
  },
}

/** Each route in one folder. */
export const pathsIn = (folder: string) => ({
  signIn: `${folder}/sign-in`,
  callback: `${folder}/callback`,
  signOut: `${folder}/sign-out`,
})

export const auth = createAuth(options)

/** Tells one build from another. */
export const SAVED = 0
