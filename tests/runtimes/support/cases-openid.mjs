// What every runtime has to do with an OpenID provider: WebCrypto in that runtime tells a signature from a forged one.
import assert from 'node:assert/strict'
import { BrowserJar } from '../../../stand-ins/browser-jar.mjs'
import { ALGORITHMS } from '../../../stand-ins/openid-provider.mjs'
import { answer } from '../../node/support/openid.mjs'

/** Signs in up to the provider's answer: the callback's address, or a page with a form. */
const begin = async (jar, { signInUrl }, at) => {
  const response = await jar.fetch(signInUrl('/claims', at))
  return answer({ jar }, { html: await response.text(), at: jar.url })
}

const signedBy = (alg) => async (world) => {
  const jar = new BrowserJar()
  const { hops } = await jar.fetch(await begin(jar, world, alg))
  assert.equal(jar.url, `${world.app.origin}/claims#`)
  assert.equal(hops[0].headers.get('x-session'), '/claims')
  assert.deepEqual((await world.seen()).sessions.at(-1), { name: 'ada', next: '/claims' })
}

const forged = async (world) => {
  const jar = new BrowserJar()
  const before = (await world.seen()).sessions.length
  await jar.fetch(await begin(jar, world, 'forged'))
  assert.equal(new URL(jar.url).searchParams.get('error'), 'id_token_signature')
  assert.equal((await world.seen()).sessions.length, before)
}

const posted = async (world) => {
  const jar = new BrowserJar()
  const page = await begin(jar, world, 'posted')
  await jar.submit(await page.text())
  assert.equal(jar.hops.at(-2).method, 'POST')
  assert.equal(jar.url, `${world.app.origin}/claims#`)
}

/** By column of the table. @type {Record<string, Record<string, (world: object) => Promise<void>>>} */
export const OPENID_CASES = {
  'ID Token': {
    ...Object.fromEntries(ALGORITHMS.map((alg) => [`signed with ${alg}`, signedBy(alg)])),
    'signed with another key': forged,
  },
  form_post: { 'the answer comes as a form': posted },
}
