// The app's own session, which takes the place of one that the other library had: who it is, in a signed cookie.
import { createHmac, timingSafeEqual } from 'node:crypto'

const NAME = 'session'
const sign = (person) => createHmac('sha256', process.env.AUTH_SECRET).update(person).digest('base64url')

/** @param {string} person @returns {string} the line of Set-Cookie */
export const writeSession = (person) =>
  `${NAME}=${encodeURIComponent(person)}.${sign(person)}; Path=/; Secure; HttpOnly; SameSite=Lax`

export const endSession = () => `${NAME}=; Path=/; Max-Age=0; Secure; HttpOnly`

/** @param {Request} request @returns {string | undefined} */
export const readSession = (request) => {
  const cookies = (request.headers.get('cookie') ?? '').split('; ')
  const value = cookies.find((cookie) => cookie.startsWith(`${NAME}=`))?.slice(NAME.length + 1)
  const [name = '', signature = ''] = value?.split('.') ?? []
  const person = decodeURIComponent(name)
  const [given, wanted] = [Buffer.from(signature), Buffer.from(sign(person))]
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? person : undefined
}
