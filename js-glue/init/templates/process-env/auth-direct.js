import { createAuth } from 'landfall'

export const auth = createAuth({
  origin: process.env.APP_ORIGIN,
  secret: process.env.AUTH_SECRET,
  providers: {
    PROVIDERS,
  },
  // Who signed in: auth.getSession(request).session?.user
  session: true,
})
