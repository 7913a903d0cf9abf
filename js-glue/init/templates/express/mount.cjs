const { toNodeHandler } = require('landfall/node')
const { auth } = require('AUTH_MODULE')

app.use(toNodeHandler(auth))
