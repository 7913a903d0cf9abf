import { app } from './app.ts'
import { auth } from './lib/auth.ts'

const { HOST: hostname, PORT } = Deno.env.toObject()
Deno.serve({ hostname, port: Number(PORT) }, (request) => auth.handle(request) ?? app(request))
