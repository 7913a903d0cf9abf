import express from 'express'
import { toNodeHandler } from 'landfall/node'
import { auth } from './lib/auth.js'
import { account, home } from './lib/pages.js'
import { createClient } from './lib/supabase.js'

const app = express()

// /auth/sign-in, /auth/callback, /auth/sign-out and the error page
app.use(toNodeHandler(auth))

app.get('/', (_req, res) => res.send(home))

app.get('/account', async (req, res) => {
  const { data } = await createClient(req, res).auth.getClaims()
  if (!data) return res.redirect(303, '/auth/sign-in?provider=bitbucket&next=/account')
  res.set('cache-control', 'private, no-store').send(account(data.claims.email))
})

const { APP_ORIGIN, HOST, PORT } = process.env
app.listen({ host: HOST, port: PORT }, () => console.log(APP_ORIGIN))
