import { createAuth, type Options } from 'landfall'
import { setting } from './setting'

const options: Options = {
  origin: setting('APP_ORIGIN'),
  secret: setting('AUTH_SECRET'),
  providers: {
    work: {
      clientId: setting('WORK_CLIENT_ID'),
      clientSecret: setting('WORK_CLIENT_SECRET'),
      authorizationEndpoint: setting('WORK_AUTHORIZATION_ENDPOINT'),
      tokenEndpoint: setting('WORK_TOKEN_ENDPOINT'),
      scopes: ['account'],
    },
  },
  onEvent: ({ code }) => {
    if (code) console.log(`event=${code}`)
  },
}

/** Its routes are files of the app. */
export const auth = createAuth(options)

export const FOLDER = '/in-front'

/** Its routes are in the app's middleware; the error page is that of the files. */
export const authInFront = createAuth({
  ...options,
  paths: {
    signIn: `${FOLDER}/sign-in`,
    callback: `${FOLDER}/callback`,
    signOut: `${FOLDER}/sign-out`,
  },
})
