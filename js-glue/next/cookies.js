/** Next's cookies: what next/headers gives, and what it takes. */
import { NextResponse } from 'next/server'

/**
 * Set-Cookie values in the form that Next sets one by one. Next parses them, but Next 14 does not know `Max-Age`.
 * @param {string[]} lines
 */
const toCookies = (lines) =>
  lines.flatMap((line) => {
    const [, maxAge] = /; Max-Age=(\d+)/.exec(line) ?? []
    const { cookies } = new NextResponse(null, { headers: [['set-cookie', line]] })
    return cookies.getAll().map((cookie) => (maxAge ? { ...cookie, maxAge: Number(maxAge) } : cookie))
  })

/**
 * @param {{ set(cookie: any): unknown }} store
 * @param {string[]} lines Set-Cookie values
 */
export const setCookies = (store, lines) => {
  for (const cookie of toCookies(lines)) store.set(cookie)
}

/**
 * Whether cookies can be set here: in a route and in a server action, and not in a Server Component. Next says so only
 * when one is set, so it gets one whose name it cannot read: it sets nothing.
 * @param {{ set(cookie: any): unknown }} store
 */
export const maySetCookies = (store) => {
  const unreadable = new Error('landfall: no cookie')
  try {
    store.set({
      get name() {
        throw unreadable
      },
    })
  } catch (thrown) {
    return thrown === unreadable
  }
  return true
}
