import { createAuth } from 'landfall'
import * as env from '$app/env/private'

export const auth = createAuth({
  origin: env.APP_ORIGIN,
  secret: env.AUTH_SECRET,
  providers: {
    PROVIDERS,
  },
  // Who signed in: auth.getSession(request).session?.user
  session: true,
})
