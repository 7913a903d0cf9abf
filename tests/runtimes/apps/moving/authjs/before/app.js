import { Auth } from '@auth/core'
import { Hono } from 'hono'
import { config } from '@/auth'

const app = new Hono()

app.all('/api/auth/*', (c) => Auth(c.req.raw, config))

app.get('/', (c) => c.text('home'))

app.get('/account', async (c) => {
  const address = new URL('/api/auth/session', c.req.url)
  const response = await Auth(new Request(address, { headers: c.req.raw.headers }), config)
  const session = await response.json()
  return c.text(session?.person ?? 'nobody')
})

export default app
