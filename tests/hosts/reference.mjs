// The product's own Node handler as a host, which every other host is compared with.
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { createAuth } from '../../dist/index.js'
import { toNodeHandler, verifyLogoutToken } from '../../dist/node.js'

const { PORT, LANDFALL_OPTIONS, LANDFALL_ADDRESSES = '{}' } = process.env
const addresses = JSON.parse(LANDFALL_ADDRESSES)
const sessions = new Map()
const say = (event) => console.log(JSON.stringify(event))

const auth = createAuth({
  ...JSON.parse(LANDFALL_OPTIONS),
  async fetch(url, init) {
    const { origin } = new URL(url)
    if (!(origin in addresses)) return fetch(url, init)
    const { status, headers, body } = await fetch(url.replace(origin, addresses[origin]), init)
    return new Response(body, { status, headers })
  },
  onSession(session, { provider, next, redirectType, current }) {
    const about = { provider, next, redirect_type: redirectType ?? '', current: current?.provider ?? '' }
    say({ hook: 'session', ...about, session })
    if (next === '/refused') throw new Error('This person may not sign in.')
    const id = randomBytes(16).toString('hex')
    sessions.set(id, { provider, token: session.access_token })
    const redirect = { '/first': '/tour', '/astray': '//evil.example' }[next]
    return { redirect, headers: { 'set-cookie': `app-session=${id}; Path=/; HttpOnly; SameSite=Lax` } }
  },
  onSignOut({ request }) {
    say({ hook: 'sign_out' })
    const id = /app-session=([^;]*)/.exec(request.headers.get('cookie'))?.[1]
    if (id === 'broken') throw new Error('The database does not answer.')
    const { provider, token } = sessions.get(id) ?? {}
    sessions.delete(id)
    const headers = { 'set-cookie': 'app-session=; Path=/; Max-Age=0' }
    return { provider, token, token_type_hint: 'access_token', headers }
  },
})

/** The page of the app that takes logout tokens. */
const endSessions = async (incoming, outgoing) => {
  const said = await verifyLogoutToken(auth, incoming).then(
    ({ provider, sub, sid, jti }) => ({ provider, sub: sub ?? '', sid: sid ?? '', jti }),
    ({ code, parameter }) => ({ code, parameter }),
  )
  say({ hook: 'logout', ...said })
  outgoing.writeHead('code' in said ? 400 : 200).end()
}

const handle = toNodeHandler(auth)
createServer((incoming, outgoing) => {
  if (incoming.url === '/logout-token') endSessions(incoming, outgoing)
  else handle(incoming, outgoing)
}).listen(Number(PORT), '127.0.0.1', () => console.log('listening'))
