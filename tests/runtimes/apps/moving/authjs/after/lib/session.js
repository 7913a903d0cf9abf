import { writeSession } from '@/own-session'
import { findPerson } from '@/people'
import { isAllowed } from '@/rules'

export const makeSessionCookie = async ({ userinfo }) => {
  if (!isAllowed(userinfo)) throw new Error('You may not sign in here.')
  const person = findPerson(userinfo.account_id) // providerAccountId of Auth.js
  return writeSession(person)
}

export { endSession } from '@/own-session'
