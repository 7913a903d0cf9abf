import { Hono } from 'hono'
import { addPages } from '../supabase'
import { GET } from './app/auth/callback/route'

const app = new Hono()
addPages(app)
app.get('/auth/callback', (c) => GET(c.req.raw))
app.get('/auth/auth-code-error', (c) => c.text('it failed'))

export default app
