import { createServer } from 'node:http'
import { toNodeHandler } from 'landfall/node'
import { auth } from 'AUTH_MODULE'

const answerAuth = toNodeHandler(auth)

createServer((request, response) => answerAuth(request, response, () => yours(request, response)))
