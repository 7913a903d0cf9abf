import { Hono } from 'hono'
import { auth } from '@/lib/auth'
import { readSession } from '@/own-session'

const app = new Hono()

// /auth/sign-in, /auth/sign-out, /api/auth/callback/github and the error page
app.use((c, next) => auth.handle(c.req.raw) ?? next())

app.get('/', (c) => c.text('home'))

app.get('/account', (c) => c.text(readSession(c.req.raw) ?? 'nobody'))

export default app
