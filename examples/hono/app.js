import { Hono } from 'hono'
import { auth } from './lib/auth.js'
import { account, home } from './lib/pages.js'

const app = new Hono()

// /auth/sign-in, /auth/callback, /auth/sign-out and the error page
app.use((c, next) => auth.handle(c.req.raw) ?? next())

app.get('/', (c) => c.html(home()))

app.get('/account', async (c) => {
  const { session, setCookie, response } = await auth.require(c.req.raw)
  if (response) return response
  for (const line of setCookie) c.header('set-cookie', line, { append: true })
  c.header('cache-control', 'private, no-store')
  return c.html(account(session.user.email))
})

// Bun, Deno and Cloudflare use `{ fetch }` directly.
export default app
