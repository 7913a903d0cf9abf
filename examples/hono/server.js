import { serve } from '@hono/node-server'
import app from './app.js'

const { APP_ORIGIN, HOST, PORT } = process.env
serve({ fetch: app.fetch, hostname: HOST, port: Number(PORT) }, () => console.log(APP_ORIGIN))
