import { writeSession } from '@/own-session'
import { findPerson } from '@/people'

export const makeSessionCookie = async ({ profile }) => writeSession(findPerson(profile.sub))

export { endSession } from '@/own-session'
