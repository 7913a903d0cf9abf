// One fresh process: loads a library, starts a sign-in, finishes it, and prints how long each took. `cold-child.mjs <file of a peer>`
import { makeApp } from './app.mjs'
import { comeBack } from './sign-in.mjs'
import { prepareGlobals } from './token-answers.mjs'

prepareGlobals()
// A server has these already when a route of its is loaded.
const app = makeApp()
const answer = await fetch(app.server.token_endpoint)
await answer.arrayBuffer()
new Response(null, { headers: new Request(app.redirectUri).headers })

const times = [performance.now()]
const lap = () => times.push(performance.now())
const { makePeer } = await import(process.argv[2])
lap()
const peer = makePeer(app)
const started = await peer.start()
lap()
const request = started && (await comeBack(started))
const before = performance.now()
await peer.callback(request)
const callback = performance.now() - before

const [begin, loaded, start] = times
console.log(JSON.stringify({ load: loaded - begin, start: start - loaded, callback }))
