import express from 'express'
import { requireSession, toNodeHandler } from 'landfall/node'
import { auth } from './lib/auth.js'
import { account, home } from './lib/pages.js'

const app = express()

// /auth/sign-in, /auth/callback, /auth/sign-out and the error page
app.use(toNodeHandler(auth))

app.get('/', (_req, res) => res.send(home))

app.get('/account', async (req, res) => {
  const session = await requireSession(auth, req, res)
  if (session) res.set('cache-control', 'private, no-store').send(account(session.user.email))
})

const { APP_ORIGIN, HOST, PORT } = process.env
app.listen({ host: HOST, port: PORT }, () => console.log(APP_ORIGIN))
