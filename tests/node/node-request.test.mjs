// landfall/node with requests that Node did not make: adapters of functions and tools of tests hand over objects like its own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NodeRequest } from '../../dist/node/request.js'

const HOST = 'app.example'
const makeIncoming = (more) => ({
  headers: { host: HOST },
  on() {},
  off() {},
  pause() {},
  resume() {},
  ...more,
})

test('a header without a value is no header', () => {
  const request = new NodeRequest(makeIncoming({ headers: { host: HOST, origin: undefined, accept: '' } }))
  for (const { headers } of [request, request.toRequest()])
    assert.deepEqual([headers.get('origin'), headers.get('accept')], [null, ''])
})

test('the scheme is https for a socket that says it is encrypted, and for no other', () => {
  for (const [socket, scheme] of [
    [{ encrypted: true }, 'https'],
    [{ encrypted: false }, 'http'],
    [{}, 'http'],
    [null, 'http'],
    [undefined, 'http'],
  ])
    assert.equal(new NodeRequest(makeIncoming({ socket })).url, `${scheme}://${HOST}/`)
})
