// A project under test: the stand-in in this process, which can do everything, or one that an address names.
import { startSupabaseAuth } from '../../../stand-ins/supabase-auth.mjs'
import { makeSupabaseClient } from '../../../stand-ins/supabase-client.mjs'

export const SITE = 'https://app.example'
export const BACK = `${SITE}/auth/callback?next=%2Fx`

/** What a fact may need of a project, and why a project may not have it. */
export const ABILITIES = {
  people: 'no SUPABASE_SERVICE_ROLE_KEY, so the tests can make no user',
  start: 'no provider is switched on',
  provider: 'no provider that the tests can script',
  failures: 'its database, hooks and mail cannot be made to fail',
  clock: 'its clock cannot be moved',
  settings: 'its settings cannot be changed',
  mail: 'its mail cannot be read',
}

/**
 * @typedef {object} Project
 * @property {string} url
 * @property {string} anonKey
 * @property {string} [serviceRoleKey]
 * @property {Set<keyof ABILITIES>} can
 * @property {string} provider one that is switched on
 * @property {ReturnType<typeof makeSupabaseClient>} client
 * @property {(count: number) => Promise<object[]>} sessions of one new person, who is removed at the end
 * @property {() => Promise<object>} person the only session of a new person
 * @property {(options?: object) => Promise<{ auth: object, client: object }>} [start] another project, with settings
 * @property {object} [auth] the stand-in
 * @property {() => Promise<string[]>} close removes the people; ids of those that it could not remove
 */

/** @param {{ url: string, anonKey: string, serviceRoleKey?: string }} keys @returns {Project} */
function makeProject({ url, anonKey, serviceRoleKey }) {
  const client = makeSupabaseClient({ url, key: anonKey }, BACK)
  const ids = []
  /** Users that are being made: one that is asked for is there, although its answer has not come. */
  const underway = new Set()
  let isClosed = false
  const admin = { apikey: serviceRoleKey, authorization: `Bearer ${serviceRoleKey}` }
  const json = { ...admin, 'content-type': 'application/json' }

  async function makeUser(email) {
    const made = await client.post('/admin/users', { email, email_confirm: true }, json)
    if (made.status !== 200) throw new Error(`The project made no user: ${made.status} ${made.body.message}`)
    ids.push(made.body.id)
  }

  async function sessions(count) {
    if (isClosed) throw new Error('The tests are over.')
    const email = `landfall-${crypto.randomUUID()}@example.com`
    const making = makeUser(email)
    underway.add(making)
    await making.finally(() => underway.delete(making))
    const opened = []
    while (opened.length < count) opened.push(await openSession(email))
    return opened
  }

  async function openSession(email) {
    const link = await client.post('/admin/generate_link', { type: 'magiclink', email }, json)
    const taken = await client.post('/verify', { type: 'magiclink', token_hash: link.body.hashed_token })
    if (taken.status !== 200) throw new Error(`The project opened no session: ${taken.status}`)
    return taken.body
  }
  const person = async () => (await sessions(1))[0]

  const close = async () => {
    isClosed = true
    await Promise.allSettled(underway)
    const kept = []
    for (const id of ids) {
      const answer = await client.remove(`/admin/users/${id}`, admin).catch(() => null)
      if (answer?.status !== 200) kept.push(id)
    }
    return kept
  }
  const keys = { url, anonKey, serviceRoleKey }
  return { ...keys, can: new Set(), provider: 'bitbucket', client, sessions, person, close }
}

/** The project that an address names. It can do what its keys and its settings allow. */
export async function connect(keys) {
  const project = makeProject({ ...keys, url: keys.url.replace(/\/+$/, '') })
  const { status, body } = await project.client.get('/settings')
  if (status === 401) throw new Error(`${project.url} refuses SUPABASE_ANON_KEY.`)
  if (!body.external)
    throw new Error(`${project.url} is no Supabase project: /auth/v1/settings answers ${status}.`)
  const notSocial = new Set(['email', 'phone', 'anonymous_users'])
  const provider = Object.keys(body.external).find((name) => body.external[name] && !notSocial.has(name))
  if (keys.serviceRoleKey) project.can.add('people')
  if (provider) project.can.add('start')
  return { ...project, provider }
}

/** The stand-in, with every ability. */
export async function startStandIn() {
  const started = []
  const start = async (options) => {
    const auth = await startSupabaseAuth({
      siteUrl: SITE,
      allowList: ['https://*.preview.example/**'],
      ...options,
    })
    started.push(auth)
    return { auth, client: makeSupabaseClient(auth, BACK) }
  }
  const { auth } = await start()
  const project = makeProject({ url: auth.url, anonKey: auth.key, serviceRoleKey: auth.serviceRoleKey })
  const close = async () => {
    const kept = await project.close()
    await Promise.all(started.map((one) => one.close()))
    return kept
  }
  return { ...project, can: new Set(Object.keys(ABILITIES)), auth, start, close }
}
