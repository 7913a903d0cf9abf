import Fastify from 'fastify'
import { requireSession, toNodeHandler } from 'landfall/node'
import { auth } from './lib/auth.js'
import { account, home } from './lib/pages.js'

const app = Fastify()
const answerAuth = toNodeHandler(auth)

// /auth/sign-in, /auth/callback, /auth/sign-out and the error page; `done` passes every other request on.
app.addHook('onRequest', (request, reply, done) => {
  answerAuth(request.raw, reply.raw, done)
})

app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(home))

app.get('/account', async (request, reply) => {
  const session = await requireSession(auth, request.raw, reply.raw)
  if (!session) return reply.hijack()
  reply.header('cache-control', 'private, no-store').type('text/html; charset=utf-8')
  return account(session.user.email)
})

const { APP_ORIGIN, HOST, PORT } = process.env
await app.listen({ host: HOST, port: Number(PORT) })
console.log(APP_ORIGIN)
