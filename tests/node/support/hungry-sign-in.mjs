// A process of its own that signs in at the hostile token endpoint of another one and says what that cost:
// `node hungry-sign-in.mjs <plain or supabase> <origin of a good endpoint> <origin of the hostile one>`.
import { subscribe } from 'node:diagnostics_channel'
import { makePerson } from './hostile-sign-in.mjs'

const [kind, good, hostile] = process.argv.slice(2)
const sockets = []
subscribe('undici:client:connected', ({ socket }) => sockets.push(socket))
const peak = () => process.resourceUsage().maxRSS * 1024

// What the runtime loads once does not count.
await makePerson(kind, good).signIn()
const before = peak()
sockets.length = 0
const { code, milliseconds } = await makePerson(kind, hostile).signIn()
const grown = peak() - before
const read = sockets.map((socket) => socket.bytesRead).reduce((sum, bytes) => sum + bytes, 0)
process.stdout.write(JSON.stringify({ code, milliseconds, grown, read }))
