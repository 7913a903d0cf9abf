// A node:http server with one callback route, for the load of http.mjs. `http-child.mjs <peer> response|direct`; prints where it listens.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { toNodeHandler } from '../../dist/node.js'
import { openPeer, PEERS } from './peers.mjs'
import { prepareGlobals } from './token-answers.mjs'

const [file, way] = process.argv.slice(2)
const ORIGIN = 'http://localhost:3000'

prepareGlobals()
const { callback, auth, request } = await openPeer(
  PEERS.find((peer) => peer.file === file),
  { origin: ORIGIN },
)
const listener = toNodeHandler(way === 'direct' ? auth : async (request) => callback(request))
const server = createServer(listener).listen(0, '127.0.0.1')
await once(server, 'listening')
const { pathname, search } = new URL(request.url)
const headers = { host: new URL(ORIGIN).host, cookie: request.headers.get('cookie') }
console.log(JSON.stringify({ port: server.address().port, target: pathname + search, headers }))
