import { app } from './app.js'
import { auth } from './lib/auth.js'

const { APP_ORIGIN, HOST, PORT } = process.env
Bun.serve({ hostname: HOST, port: PORT, fetch: (request) => auth.handle(request) ?? app(request) })
console.log(APP_ORIGIN)
