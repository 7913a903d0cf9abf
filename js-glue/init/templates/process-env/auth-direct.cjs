const { createAuth } = require('landfall')

exports.auth = createAuth({
  origin: process.env.APP_ORIGIN,
  secret: process.env.AUTH_SECRET,
  providers: {
    PROVIDERS,
  },
  onSession: (session) => {
    // session.profile says who signed in. Make your own session of it here, and return its cookie:
    // return { headers: { 'set-cookie': … } }
    console.warn(`${session.provider} signed a person in, and onSession keeps no session yet.`)
  },
})
