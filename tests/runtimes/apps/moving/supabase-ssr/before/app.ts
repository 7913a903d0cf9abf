import { Hono } from 'hono'
import { GET } from '@/app/auth/callback/route'
import { addPages } from '@/lib/supabase'

const app = new Hono()
addPages(app)
app.get('/auth/callback', (c) => GET(c.req.raw))
app.get('/auth/auth-code-error', (c) => c.text('it failed'))

export default app
