// landfall/node with several Cookie fields: a browser that speaks HTTP/2 sends one for each cookie (RFC 9113 8.2.3).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NodeRequest } from '../../dist/node/request.js'
import { toNodeHandler } from '../../dist/node.js'
import { callbackUrl, makeApp, startSignIn } from './support/app.mjs'
import { ask, serve } from './support/node-servers.mjs'

const HOST = 'app.example'
const OTHERS = ['utm=a, b', 'theme=dark']

for (const kind of ['http', 'https', 'h2c', 'h2'])
  test(`${kind}: a sign-in whose cookie comes in a field of its own; hooks see one Cookie header`, async (t) => {
    const seen = []
    const app = makeApp({ onSession: (_, { request }) => void seen.push(request.headers.get('cookie')) })
    const { state, cookie } = await startSignIn(app)
    const server = await serve(t, toNodeHandler(app.auth), kind)
    const fields = [...OTHERS, ...cookie.split('; ')]
    const named = kind.startsWith('h2') ? { ':authority': HOST } : { host: HOST }
    const { status, headers } = await ask(server, callbackUrl(state), {
      headers: { ...named, cookie: fields },
    })
    assert.deepEqual([status, headers.get('location')], [303, '/dashboard#'])
    assert.deepEqual(seen, [fields.join('; ')])
  })

test('a server that hands over a list of fields: cookies are joined as one header has them, others by commas', () => {
  const headers = { host: HOST, cookie: OTHERS, accept: ['text/html', '*/*'] }
  const request = new NodeRequest({ headers, on() {}, off() {}, pause() {}, resume() {} })
  for (const { headers: one } of [request, request.toRequest()]) {
    assert.equal(one.get('cookie'), 'utm=a, b; theme=dark')
    assert.equal(one.get('accept'), 'text/html, */*')
  }
})
