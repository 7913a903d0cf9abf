import { Hono } from 'hono'
import { addPages } from '../session.js'
import { auth } from './lib/auth.js'

const app = new Hono()
addPages(app)

// /auth/sign-in, /login/bitbucket/callback and the error page
app.use((c, next) => auth.handle(c.req.raw) ?? next())

export default app
