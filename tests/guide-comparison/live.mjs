// One browser for Landfall and Supabase's own libraries: what each starts, finishes and reads there.
import assert from 'node:assert/strict'
import { after } from 'node:test'
import { readStoredSession } from '../../stand-ins/stored-session.mjs'
import { finishWith, startWith } from '../../stand-ins/supabase-libraries.mjs'
import { openWorld } from './world.mjs'

export const VERIFIER = /-code-verifier$/
export const SESSION = /-auth-token(?:\.\d+)?$/
const CHUNK_BYTES = 3180

/** Worlds with an app of Landfall's and clients of one pair of libraries, closed after the tests. */
export function useWorlds(pair) {
  const worlds = []
  after(() => Promise.all(worlds.map((world) => world.close())))
  return async (settings) => {
    const world = await openWorld('landfall', { pair, ...settings })
    worlds.push(world)
    return world
  }
}

export const names = ({ jar }, pattern) => jar.cookies.names().filter((name) => pattern.test(name))
export const countChunks = ({ jar }) => {
  const parts = names({ jar }, SESSION).map((name) => jar.cookies.get(name))
  return { is: parts.length, wanted: Math.ceil(parts.join('').length / CHUNK_BYTES) }
}

/** What Landfall reads of the browser's session, with the tokens that are in its cookies. */
export const readOurs = ({ landfall, jar, origin }, { cookieOptions } = {}) => {
  const cookie = jar.cookies.headerFor(origin)
  const { session: view, setCookie } = landfall.getSession(new Request(origin, { headers: { cookie } }))
  return { session: view && readStoredSession(cookie, cookieOptions?.name), view, setCookie }
}

/** What the library reads of it. */
export const readTheirs = async (world, options) => {
  const { data, error } = await world.client(options).auth.getSession()
  assert.equal(error, null)
  return data.session
}

/** The library starts a sign-in: the address at which the browser comes back. */
export const beginTheirs = async (world, next, options) => {
  const redirectTo = `${world.origin}/auth/callback?${new URLSearchParams({ next })}`
  return world.returnAddress(await startWith(world.client(options), redirectTo))
}
export const finishTheirs = (world, address, withFlowId, options) =>
  finishWith(world.client(options), address, withFlowId)

/** Both sides and the Auth server agree on who is signed in. */
export const checkSignedIn = async (world, options) => {
  const [theirs, ours] = [await readTheirs(world, options), readOurs(world, options)]
  assert.ok(theirs?.access_token)
  assert.equal(ours.session.access_token, theirs.access_token)
  assert.equal(ours.session.refresh_token, theirs.refresh_token)
  assert.deepEqual(ours.setCookie, [])
  const { data, error } = await world.client(options).auth.getUser()
  assert.deepEqual([error, data.user.email], [null, 'ada@example.test'])
}

export const checkSignedOut = async (world, options) => {
  assert.deepEqual(names(world, /^sb-/), [])
  assert.deepEqual([await readTheirs(world, options), readOurs(world, options).session], [null, null])
  assert.equal(world.auth.sessions.rows.size, 0)
}

/** The library asks for the e-mail, whose link ends at the callback. */
export async function finishRecovery(world, open) {
  const { auth, origin } = world
  const redirectTo = `${origin}/auth/callback`
  const { error } = await world.client().auth.resetPasswordForEmail('ada@example.test', { redirectTo })
  assert.equal(error, null)
  await open(await world.returnAddress(auth.mails.at(-1).link))
}
