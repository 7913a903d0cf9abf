// Runs in Hermes: answers one request to the routes of a server with an OpenID provider. `globalThis.asked` has the request, and the
// answers of the network so far. It prints one line of JSON: the next request that it has to make, or its response.
import './stand-ins.js'

const { createAuth } = require('landfall/plain')
const { verify } = require('./verify.js')

const { now, seed, request, answers, options, hasVerify } = globalThis.asked
Date.now = () => now
globalThis.seedRandom(seed)

// The program ends where nothing is left to do, so no deadline ever passes.
globalThis.setTimeout = () => 0

globalThis.Headers = class {
  lines = []
  append(name, value) {
    this.lines.push([name, value])
  }
  delete(name) {
    this.lines = this.lines.filter(([each]) => each !== name)
  }
}
globalThis.Response = class {
  headers = new Headers()
  constructor(body, { status }) {
    Object.assign(this, { body, status })
  }
}

let asks = 0
/** What a `fetch` gives whose responses have streams. The program starts again when the answer is known: it has no network. */
const fetch = async (url, { method, headers, body }) => {
  const answer = answers[asks++]
  if (!answer) {
    print(JSON.stringify({ ask: { url, method, headers, body } }))
    await new Promise(() => {})
  }
  const chunks = [new TextEncoder().encode(answer.body)]
  const read = async () => ({ done: chunks.length === 0, value: chunks.shift() })
  const get = (name) => answer.headers[name] ?? null
  return {
    status: answer.status,
    headers: { get },
    url,
    redirected: false,
    body: { getReader: () => ({ read }) },
  }
}

const verified = []
const sessions = []
const events = []
const auth = createAuth({
  ...options,
  fetch,
  ...(hasVerify && {
    verify: (one) => {
      verified.push(one.alg)
      return verify(one)
    },
  }),
  onEvent: ({ cause, ...event }) => events.push({ ...event, cause: cause?.message }),
  onSession: ({ claims }) => void sessions.push(claims),
})

const get = (name) => request.headers[name] ?? null
auth.handle({ ...request, headers: { get } }).then(
  ({ status, headers, body }) =>
    print(JSON.stringify({ status, headers: headers.lines, body, sessions, events, verified })),
  (error) => print(String(error.stack)),
)
