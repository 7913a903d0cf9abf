// The app under load, in a process that may be killed: it holds nothing but what its options say. Who signed in and where they were
// going is written into the session's cookie, for the browser to show.
import { createServer } from 'node:http'
import { createAuth } from '../../dist/index.js'
import { toNodeHandler } from '../../dist/node.js'

const onSession = ({ claims, access_token }, { next }) => {
  const value = Buffer.from(JSON.stringify({ sub: claims.sub, next, access_token })).toString('base64url')
  return { headers: { 'set-cookie': `app-session=${value}; Path=/; HttpOnly` } }
}

const options = new Promise((resolve) => process.once('message', resolve))
const handler = options.then((more) => toNodeHandler(createAuth({ ...more, onSession })))

const server = createServer(async (incoming, outgoing) => {
  const answer = await handler
  await answer(incoming, outgoing, () => outgoing.end('The app'))
})
server.listen(Number(process.argv[2]), '127.0.0.1', () => process.send(server.address().port))
