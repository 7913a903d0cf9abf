import { getSecret } from 'astro:env/server'
import { createAuth } from 'landfall'

export const auth = createAuth({
  origin: getSecret('APP_ORIGIN'),
  secret: getSecret('AUTH_SECRET'),
  providers: {
    PROVIDERS,
  },
  // Who signed in: auth.getSession(request).session?.user
  session: true,
})
