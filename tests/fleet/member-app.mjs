// One process of an app with sessions, which may be killed: it holds nothing but what its options say. `/me` says who is signed in,
// `/note` writes into the session. Arguments: the folder of the package, and a port. Runs with --expose-gc.
import { createServer } from 'node:http'
import { countHeap } from '../load/heap.mjs'

const [folder, port] = process.argv.slice(2)
const { createAuth } = await import(`${folder}dist/index.js`)
const { getSession, toNodeHandler } = await import(`${folder}dist/node.js`)

/** Longer than nginx keeps a connection that nobody uses. */
const KEEP_ALIVE_MILLISECONDS = 75_000

const onSession = ({ access_token }, { next }) => ({ data: { next, access_token } })

process.once('disconnect', () => process.exit())
const given = new Promise((resolve) => {
  process.on('message', async ({ options }) => {
    if (options) resolve(options)
    else process.send({ heap: await countHeap() })
  })
})
const app = given.then((options) => {
  const auth = createAuth({ ...options, onSession })
  return { auth, handle: toNodeHandler(auth), origin: options.origin }
})

const PAGES = {
  '/me': async ({ auth }, request, incoming, outgoing) => {
    const session = getSession(auth, incoming, outgoing)
    const { user } = await auth.getUser(request)
    const accessToken = session && (await auth.getAccessToken(request)).accessToken
    outgoing.end(JSON.stringify({ user, session, accessToken }))
  },
  '/note': ({ auth }, request, incoming, outgoing) => {
    const { data } = getSession(auth, incoming, outgoing)
    const { setCookie } = auth.updateSession(request, { ...data, note: request.url })
    outgoing.setHeader('set-cookie', setCookie)
    outgoing.end()
  },
}

const server = createServer(async (incoming, outgoing) => {
  const { handle, ...rest } = await app
  await handle(incoming, outgoing, () => {
    const request = new Request(new URL(incoming.url, rest.origin), incoming)
    const page = PAGES[new URL(request.url).pathname]
    if (page) return page(rest, request, incoming, outgoing)
    outgoing.end('The app')
  })
})
server.keepAliveTimeout = KEEP_ALIVE_MILLISECONDS
server.listen(Number(port), '127.0.0.1', () => process.send({ port: server.address().port }))
