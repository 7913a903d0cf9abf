// Node's own servers, as TypeScript knows them, take what toNodeHandler makes.
import { createServer } from 'node:http'
import { createServer as createHttp2, createSecureServer } from 'node:http2'
import { createServer as createHttps } from 'node:https'
import { createAuth } from 'landfall'
import { toNodeHandler } from 'landfall/node'

const auth = createAuth({ supabase: { url: 'https://abcd.supabase.co', key: 'key' } })
createServer(toNodeHandler(auth))
createHttps(toNodeHandler(auth.callback))
createHttp2(toNodeHandler(auth.signOut))
createSecureServer(toNodeHandler(async (request) => new Response(request.url)))
createServer((incoming, outgoing) => toNodeHandler(auth)(incoming, outgoing, () => outgoing.end()))
