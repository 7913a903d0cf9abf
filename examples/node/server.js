import { createServer } from 'node:http'
import { toNodeHandler } from 'landfall/node'
import { app } from './app.js'
import { auth } from './lib/auth.js'

const { APP_ORIGIN, HOST, PORT } = process.env
const answerAuth = toNodeHandler(auth)
const answerApp = toNodeHandler(app)

createServer((request, response) => answerAuth(request, response, () => answerApp(request, response))).listen(
  { host: HOST, port: PORT },
  () => console.log(APP_ORIGIN),
)
