import { getMigrations } from 'better-auth/db/migration'
import { Hono } from 'hono'
import { auth } from '@/auth'

const { runMigrations } = await getMigrations(auth.options)
await runMigrations()

const app = new Hono()

app.on(['GET', 'POST'], '/api/auth/*', (c) => auth.handler(c.req.raw))

app.get('/', (c) => c.text('home'))

app.get('/account', async (c) => {
  const session = await auth.api.getSession({ headers: c.req.raw.headers })
  return c.text(session?.user.id ?? 'nobody')
})

export default app
