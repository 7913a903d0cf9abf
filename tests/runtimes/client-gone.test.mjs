// Workers cancels what a request started as soon as its client has left. Others that wait for the same answer must not be lost with it.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get, request } from 'node:http'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startOpenIdProvider } from '../../stand-ins/openid-provider.mjs'
import { makeProject } from './support/project.mjs'
import { startWorkerd } from './support/workerd.mjs'

const METADATA = '/.well-known/openid-configuration'
const OTHERS = 5

let openid
let project
let app
/** The requests for metadata, as the provider got them; the first one gets no answer. */
const asked = []
before(async () => {
  openid = await startOpenIdProvider({
    clients: [{ client_id: 'public', redirect_uris: ['http://127.0.0.1/auth/callback/work'] }],
    intercept: ({ url, socket }) => {
      if (url !== METADATA) return false
      asked.push(socket)
      return asked.length === 1
    },
  })
  project = await makeProject('metadata.mjs', { issuer: openid.issuer })
  app = await startWorkerd(project)
})
after(async () => {
  await app?.stop()
  project?.remove()
  await openid?.close()
})

const until = async (isTrue) => {
  while (!isTrue()) await sleep(20)
}

const signIn = async () => {
  const [response] = await once(get(`${app.origin}/auth/sign-in?provider=work`), 'response')
  response.resume()
  return response.headers.location
}

test('in workerd, whoever waits for the answer of a client that left asks for itself', async () => {
  const first = request(`${app.origin}/auth/sign-in?provider=work`)
  first.on('error', () => {})
  first.end()
  await until(() => asked.length === 1)
  const others = Array.from({ length: OTHERS }, signIn)
  await sleep(300)
  assert.equal(asked.length, 1, 'they wait for the first one')
  const isCancelled = once(asked[0], 'close')
  first.destroy()
  for (const location of await Promise.all(others))
    assert.ok(location?.startsWith(`${openid.issuer}/authorize?`), location)
  await isCancelled
  assert.ok(asked.length > 1 && asked.length <= 1 + OTHERS, `${asked.length} requests`)
  assert.ok((await signIn()).startsWith(`${openid.issuer}/authorize?`))
})
