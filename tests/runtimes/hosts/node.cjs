// The app behind Node's own server, with require.
const { createServer } = require('node:http')
const { toNodeHandler } = require('landfall/node')
const { default: app } = require('./app.cjs')

const server = createServer(toNodeHandler(app.fetch))
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`))
