import { Hono } from 'hono'
import { auth } from '@/lib/auth'
import { addPages } from '@/session'

const app = new Hono()
addPages(app)

// /auth/sign-in, /login/bitbucket/callback and the error page
app.use((c, next) => auth.handle(c.req.raw) ?? next())

export default app
