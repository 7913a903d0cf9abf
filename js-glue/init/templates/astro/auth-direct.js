import { getSecret } from 'astro:env/server'
import { createAuth } from 'landfall'

export const auth = createAuth({
  origin: getSecret('APP_ORIGIN'),
  secret: getSecret('AUTH_SECRET'),
  providers: {
    PROVIDERS,
  },
  onSession: (session) => {
    // session.profile says who signed in. Make your own session of it here, and return its cookie:
    // return { headers: { 'set-cookie': … } }
    console.warn(`${session.provider} signed a person in, and onSession keeps no session yet.`)
  },
})
