// A sign-in at a provider by name: Landfall with nothing but a client, and the stand-in that checks it.
import assert from 'node:assert/strict'
import { createAuth } from '../../../dist/index.js'
import { startProviders } from '../../../stand-ins/providers/server.mjs'
import { makeRequest, ORIGIN, SECRET, startSignIn } from './app.mjs'
import { checkAnswer, readOutcome } from './outcome.mjs'
import { makeAppleKey } from './provider-client.mjs'

const FORM = 'application/x-www-form-urlencoded'
const appleKey = makeAppleKey()
/** The key of the app, as Apple gives it to developers. */
export const APPLE_KEY = String(appleKey.privateKey.export({ format: 'pem', type: 'pkcs8' }))

/** What the link to sign in says beside the provider. */
const LINKS = { workos: { organization: 'org_01EHQMYV6MBK39QC5PZXHY59C3' } }

/** The stand-ins, with a key registered at Apple. */
export const startWorld = async () => {
  const world = await startProviders()
  world.apps.apple.publicKey = appleKey.publicKey
  return world
}

/** The options of a provider: what its console shows to the developer. @param {any} world @param {string} name */
const optionsOf = (world, name) => {
  const { clientId, clientSecret, teamId, keyId } = world.apps[name]
  return name === 'apple' ? { clientId, teamId, keyId, privateKey: APPLE_KEY } : { clientId, clientSecret }
}

/** The last line of a PEM that holds bytes: no event may have it. */
const SECRET_LINE = APPLE_KEY.trim().split('\n').at(-2)

/**
 * @param {any} world of startWorld
 * @param {string} name of the provider's row
 * @param {{ as?: string, options?: object, link?: Record<string, string>, choice?: 'allow' | 'deny',
 *   meanwhile?: (back: { method: string, url: string, body?: string }) => any }} [init]
 *   `as` is the name in the options; `meanwhile` may replace what comes back to the app
 */
export const signIn = async (world, name, init = {}) => {
  const { as = name, options = {}, link = LINKS[name], choice, meanwhile } = init
  const visit = { events: [], sessions: [], asked: world.requests.length }
  visit.auth = createAuth({
    origin: ORIGIN,
    secret: SECRET,
    providers: { [as]: { ...optionsOf(world, name), ...options } },
    fetch: world.fetch,
    onEvent: (event) => visit.events.push(event),
    onSession: (session) => void visit.sessions.push(session),
  })
  const query = new URLSearchParams({ provider: as, next: '/dashboard', ...link }).toString()
  const tx = await startSignIn(visit, { query })
  assert.ok(tx.url, `no sign-in began: ${JSON.stringify(visit.events)}`)
  const opened = await world.open(tx.url, choice)
  const back = (await meanwhile?.(opened)) ?? opened
  const headers = [
    ['content-type', FORM],
    ['origin', tx.url.origin],
  ]
  const posted = back.method === 'POST' ? { method: 'POST', headers, body: back.body } : {}
  const request = makeRequest(back.url, { ...posted, cookie: tx.cookie })
  const response = await visit.auth.callback(request)
  const event = visit.events.filter(({ type }) => type === 'callback').at(-1)
  const outcome = await readOutcome(response, event)
  checkAnswer(outcome, { secrets: [tx.state, tx.value, world.apps[name].clientSecret, SECRET_LINE] })
  const { cause, ...told } = event
  assert.equal(visit.sessions.length, event.ok ? 1 : 0, JSON.stringify({ ...told, cause: cause?.message }))
  return {
    ...outcome,
    url: tx.url,
    said: JSON.stringify({ ...told, cause: cause?.message }),
    session: visit.sessions[0],
    profile: visit.sessions[0]?.profile,
    codes: visit.events.map(({ code }) => code).filter(Boolean),
    requests: world.requests.slice(visit.asked),
  }
}

/**
 * What the app is at a provider, for the time of a test.
 * @param {any} world @param {string} name @param {any} change @param {() => any} run
 */
export const withApp = async (world, name, change, run) => {
  const before = world.apps[name]
  world.apps[name] = { ...before, ...change, person: structuredClone(change.person ?? before.person) }
  try {
    return await run()
  } finally {
    world.apps[name] = before
  }
}

/**
 * Answers that a provider gives instead of its own, for the time of a test.
 * @param {any} world @param {Record<string, (usual: any) => any>} changes @param {() => any} run
 */
export const withChanges = async (world, changes, run) => {
  Object.assign(world.changes, changes)
  try {
    return await run()
  } finally {
    for (const name of Object.keys(changes)) delete world.changes[name]
  }
}
