// The app's own session, which takes the place of one that the other library had: who it is, in a signed cookie.
import { getSignedCookie } from 'hono/cookie'
import { serializeSigned } from 'hono/utils/cookie'

const { AUTH_SECRET } = process.env
const NAME = 'session'

/** @param {string} person */
export const writeSession = (person) =>
  serializeSigned(NAME, person, AUTH_SECRET, { path: '/', httpOnly: true, secure: true, sameSite: 'Lax' })

export const endSession = () => `${NAME}=; Path=/; Max-Age=0; Secure; HttpOnly`

export const readSession = (c) => getSignedCookie(c, AUTH_SECRET, NAME)
