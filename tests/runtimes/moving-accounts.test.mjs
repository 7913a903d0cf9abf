// docs/moving.md: under which id a person is known before and after a move, at each provider that both libraries know by name.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ROWS } from '../node/support/provider-client.mjs'
import { signIn, startWorld } from '../node/support/provider-sign-in.mjs'

/** Names of Auth.js that are not those of Landfall. */
const NAMES = { azure: 'microsoft-entra-id' }

/** The provider of Auth.js, or undefined. @param {string} name */
const findTheirs = async (name) => {
  try {
    const { default: make } = await import(`@auth/core/providers/${NAMES[name] ?? name}`)
    return make({ clientId: 'client' })
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    return undefined
  }
}

/** What Auth.js takes as the profile: the claims of the ID Token, or what the profile endpoint answers. */
const profileFor = ({ id, type }, { claims, userinfo, token_response }) => {
  if (id === 'notion') return token_response.owner.user
  return type === 'oidc' ? claims : userinfo
}

test('providerAccountId of Auth.js is session.profile.sub, except at Bitbucket', async (t) => {
  const world = await startWorld()
  t.after(() => world.stop())
  // Some ask for a picture.
  t.mock.method(globalThis, 'fetch', async () => new Response(null, { status: 404 }))
  const same = []
  const other = {}
  for (const name of Object.keys(ROWS)) {
    const theirs = await findTheirs(name)
    if (!theirs) continue
    const { session, said } = await signIn(world, name)
    assert.ok(session, said)
    const profile = profileFor(theirs, session)
    const known = (await theirs.profile?.(profile, {})) ?? { id: profile.sub ?? profile.id }
    if (String(known.id) === session.profile.sub) same.push(name)
    else other[name] = [known.id, session.profile.sub]
  }
  assert.deepEqual(other, {
    bitbucket: [ROWS.bitbucket.person.user.account_id, ROWS.bitbucket.person.user.uuid],
  })
  assert.ok(same.length > 15, `${same}`)
})
