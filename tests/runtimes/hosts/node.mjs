// The app behind Node's own server, as ES modules.
import { createServer } from 'node:http'
import { toNodeHandler } from 'landfall/node'
import app from './app.mjs'

const server = createServer(toNodeHandler(app.fetch))
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`))
