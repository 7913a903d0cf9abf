const { createServer } = require('node:http')
const { toNodeHandler } = require('landfall/node')
const { auth } = require('AUTH_MODULE')

const answerAuth = toNodeHandler(auth)

createServer((request, response) => answerAuth(request, response, () => yours(request, response)))
