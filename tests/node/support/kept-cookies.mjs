// What an app makes of the cookies of a browser that has them from an earlier version: who is signed in, or how a sign-in goes on.
import { setClock } from './clock.mjs'

/**
 * @typedef {object} Kept
 * @property {object} options of createAuth, as JSON
 * @property {string} cookie as the browser sends it
 * @property {number} now seconds since 1970
 * @property {{ url: string, method?: string, body?: string }} request
 * @property {Record<string, object>} [answers] of servers, by address
 */

/** The Cookie header after an answer. @param {string} cookie before it @param {string[]} lines of Set-Cookie */
export const keepCookies = (cookie, lines) => {
  const kept = new Map(cookie.split('; ').map((pair) => [pair.split('=')[0], pair]))
  for (const line of lines) {
    const [pair] = line.split(';')
    if (/; Max-Age=0(;|$)/.test(line)) kept.delete(pair.split('=')[0])
    else kept.set(pair.split('=')[0], pair)
  }
  return [...kept.values()].filter(Boolean).join('; ')
}

/** The verifier in a request to a token endpoint, which takes a form, or JSON through Supabase. @param {string} body */
const readVerifier = (body) =>
  body.startsWith('{') ? JSON.parse(body).code_verifier : new URLSearchParams(body).get('code_verifier')

/** @param {typeof import('../../../dist/index.js').createAuth} createAuth @param {Kept} kept */
const open = (createAuth, { options, answers = {} }) => {
  const seen = { code_verifiers: [], current: null, code: null }
  const auth = createAuth({
    ...options,
    onSession(_, { current }) {
      seen.current = current?.sid ?? null
    },
    onEvent({ code }) {
      seen.code = code ?? null
    },
    async fetch(url, { body }) {
      if (body) seen.code_verifiers.push(readVerifier(body))
      return new Response(JSON.stringify(answers[url]), { headers: { 'content-type': 'application/json' } })
    },
  })
  return { auth, seen }
}

const toRequest = ({ cookie, request: { url, method = 'GET', body } }) =>
  new Request(url, {
    method,
    body,
    headers: { cookie, ...(body && { 'content-type': 'application/x-www-form-urlencoded' }) },
  })

/** Who is signed in: the session, its access token, and whether its cookie is written again. */
const readSession = async (createAuth, kept) => {
  const { auth } = open(createAuth, kept)
  const { session, setCookie } = auth.getSession(toRequest(kept))
  const token = await auth.getAccessToken(toRequest(kept)).catch(({ code }) => ({ code }))
  return { session, is_renewed: setCookie.length > 0, access_token: token.accessToken ?? token.code }
}

/** How a callback, or the way back from a provider's sign-out, ends. */
const readRoute = async (createAuth, kept) => {
  const { auth, seen } = open(createAuth, kept)
  const { status, headers } = await auth.handle(toRequest(kept))
  const cookie = keepCookies(kept.cookie, headers.getSetCookie())
  const { session } = auth.getSession(new Request(kept.request.url, { headers: { cookie } }))
  return { status, location: headers.get('location'), ...seen, sub: session?.user.sub ?? null }
}

/** What a version of the package makes of it. @param {any} createAuth its function @param {Kept} kept */
export const readKept = (createAuth, kept) => {
  setClock(kept.now)
  const isRoute = new URL(kept.request.url).pathname.startsWith('/auth/')
  return (isRoute ? readRoute : readSession)(createAuth, kept)
}
