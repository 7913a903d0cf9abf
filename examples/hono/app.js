import { Hono } from 'hono'
import { auth } from './lib/auth.js'
import { account, home } from './lib/pages.js'
import { createClient } from './lib/supabase.js'

const app = new Hono()

// /auth/sign-in, /auth/callback, /auth/sign-out and the error page
app.use((c, next) => auth.handle(c.req.raw) ?? next())

app.get('/', (c) => c.html(home()))

app.get('/account', async (c) => {
  const { data } = await createClient(c).auth.getClaims()
  if (!data) return c.redirect('/auth/sign-in?provider=bitbucket&next=/account', 303)
  c.header('cache-control', 'private, no-store')
  return c.html(account(data.claims.email))
})

// Bun, Deno and Cloudflare use `{ fetch }` directly.
export default app
