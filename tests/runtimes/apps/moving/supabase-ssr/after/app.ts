import { Hono } from 'hono'
import { GET } from '@/app/auth/callback/route'
import { auth } from '@/lib/auth'
import { addPages } from '@/lib/supabase'

const app = new Hono()
addPages(app)
app.get('/auth/callback', (c) => GET(c.req.raw))
app.get('/auth/auth-code-error', (c) => auth.error(c.req.raw))
// What may also move: the sign-in and sign-out.
app.get('/auth/sign-in', (c) => auth.signIn(c.req.raw))
app.post('/auth/sign-out', (c) => auth.signOut(c.req.raw))

export default app
