// What Next makes of cookies that an action or a route sets one by one, as signIn does.
import assert from 'node:assert/strict'
import { CookieStore } from '../../../stand-ins/cookie-store.mjs'

const COOKIE_OCTETS = Array.from({ length: 0x7f - 0x21 }, (_, at) => String.fromCharCode(0x21 + at)).filter(
  (character) => !'";,\\'.includes(character),
)
const EPOCH = 'Expires=Thu, 01 Jan 1970 00:00:00 GMT'

/** The Set-Cookie lines that Next sends for those that it is given. @param {string} origin @param {string[]} lines */
const setByNext = async (origin, lines) => {
  const answer = await fetch(`${origin}/cookies`, { method: 'POST', body: JSON.stringify(lines) })
  assert.equal(answer.status, 204)
  return answer.headers.getSetCookie()
}
const cookieValue = (line = '') => line.split(';')[0].replace(/^[^=]*=/, '')

const values = async ({ origin }) => {
  const kept = []
  for (const character of COOKIE_OCTETS) {
    const [line] = await setByNext(origin, [`x=a${character}b; Path=/`])
    if (cookieValue(line) === `a${character}b`) kept.push(character)
  }
  assert.deepEqual(
    kept,
    COOKIE_OCTETS.filter((character) => encodeURIComponent(character) === character),
  )
  const [decoded, twice] = await setByNext(origin, ['x=%41; Path=/', 'y=%2541; Path=/'])
  assert.deepEqual([decoded, twice].map(cookieValue), ['A', 'A'])
}

const requestHeader = async ({ origin }) => {
  const cookie = "x=A-z_0.9~!*'(); y=a%20b"
  const seen = await (await fetch(`${origin}/cookies`, { headers: { cookie } })).json()
  assert.equal(seen.header, cookie)
  assert.deepEqual(
    seen.cookies.map(({ value }) => value),
    ["A-z_0.9~!*'()", 'a b'],
  )
}

const removal = async ({ origin }) => {
  const isLeft = async (attributes) => {
    const store = new CookieStore()
    store.store('x=1; Path=/', origin)
    for (const line of await setByNext(origin, [`x=; Path=/; ${attributes}`])) store.store(line, origin)
    return store.names().includes('x')
  }
  assert.equal(await isLeft('Max-Age=0'), true)
  assert.equal(await isLeft(`Max-Age=0; ${EPOCH}`), false)
}

const lifetime = async ({ origin, version }) => {
  const [line] = await setByNext(origin, ['x=1; Path=/; Max-Age=600'])
  assert.equal(/; Max-Age=600(;|$)/.test(line), !version.startsWith('14.'))
}

/** By title. @type {Record<string, (world: { origin: string, version: string }) => Promise<void>>} */
export const COOKIE_CASES = {
  'of a value, only what encodeURIComponent leaves alone arrives as it was': values,
  'a request’s header has the cookie as it came; request.cookies decodes it': requestHeader,
  'Max-Age=0 alone ends nothing; Expires beside it does': removal,
  'a lifetime arrives, but in Next 14': lifetime,
}
