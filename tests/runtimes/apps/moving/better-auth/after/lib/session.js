import { randomUUID } from 'node:crypto'
import { database } from '@/database'
import { writeSession } from '@/own-session'

const findUser = database.prepare('SELECT userId FROM account WHERE providerId = ? AND accountId = ?')

export const makeSessionCookie = async ({ profile }) => {
  const known = findUser.get(profile.provider, profile.sub)
  return writeSession(known?.userId ?? addUser(profile))
}

const addUser = ({ provider, sub, name, email, email_verified }) => {
  const now = new Date().toISOString()
  const user = { id: randomUUID(), name, email, emailVerified: email_verified ? 1 : 0 }
  const account = { id: randomUUID(), providerId: provider, accountId: sub, userId: user.id }
  for (const [table, row] of Object.entries({ user, account })) {
    const values = { ...row, createdAt: now, updatedAt: now }
    const names = Object.keys(values)
    database
      .prepare(`INSERT INTO "${table}" (${names}) VALUES (${names.map((name) => `:${name}`)})`)
      .run(values)
  }
  return user.id
}

export { endSession } from '@/own-session'
