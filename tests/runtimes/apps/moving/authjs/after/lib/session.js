import { writeSession } from '../../../shared/own-session.js'
import { findPerson } from '../../../shared/people.js'
import { isAllowed } from '../../rules.js'

export const makeSessionCookie = async ({ userinfo }) => {
  if (!isAllowed(userinfo)) throw new Error('You may not sign in here.')
  const person = findPerson(userinfo.account_id) // providerAccountId of Auth.js
  return writeSession(person)
}

export { endSession } from '../../../shared/own-session.js'
