// The app behind Node's own server, over HTTP/2 and TLS.
import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'
import { toNodeHandler } from 'landfall/node'
import app from './app.mjs'

const tls = { key: readFileSync('key.pem'), cert: readFileSync('certificate.pem') }
const server = createSecureServer(tls, toNodeHandler(app.fetch))
server.listen(0, '127.0.0.1', () => console.log(`https://127.0.0.1:${server.address().port}/`))
