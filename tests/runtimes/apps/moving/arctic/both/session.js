// What is the app's own in both apps: people by the uuid that Bitbucket knows them by, and Lucia's sessions, in a file.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { Lucia } from 'lucia'

const FILE = `${process.env.DATA}/people-and-sessions.json`
const data = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : { people: {}, sessions: {} }
const save = () => writeFileSync(FILE, JSON.stringify(data))

const toSession = ({ expiresAt, ...session }) => ({ ...session, expiresAt: new Date(expiresAt) })

const lucia = new Lucia(
  {
    async setSession(session) {
      data.sessions[session.id] = session
      save()
    },
    async getSessionAndUser(id) {
      const session = data.sessions[id]
      if (!session) return [null, null]
      return [toSession(session), { id: session.userId, attributes: data.people[session.userId] }]
    },
    async deleteSession(id) {
      delete data.sessions[id]
      save()
    },
  },
  { getUserAttributes: ({ name }) => ({ name }) },
)

/** The person's own id in this app; who is new gets one. */
export const findPerson = (uuid, name) => {
  const known = Object.keys(data.people).find((id) => data.people[id].uuid === uuid)
  if (known) return known
  const id = `person ${Object.keys(data.people).length + 1}`
  data.people[id] = { uuid, name }
  save()
  return id
}

export const makeSessionCookie = async (userId) => {
  const { id } = await lucia.createSession(userId, {})
  return lucia.createSessionCookie(id).serialize()
}

const readSession = (c) => lucia.readSessionCookie(c.req.header('cookie') ?? '') ?? ''

export const addPages = (app) => {
  app.get('/', (c) => c.text('home'))
  app.get('/account', async (c) => {
    const { user } = await lucia.validateSession(readSession(c))
    return c.text(user ? `${user.id} ${user.name}` : 'nobody')
  })
  app.post('/logout', async (c) => {
    await lucia.invalidateSession(readSession(c))
    c.header('set-cookie', lucia.createBlankSessionCookie().serialize())
    return c.redirect('/', 303)
  })
}
