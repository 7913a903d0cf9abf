// A plain client of the Auth API for tests: fetch and a browser jar, no library and no cookies of its own.
import { createHash, randomBytes } from 'node:crypto'
import { BrowserJar } from './browser-jar.mjs'

const VERIFIER_BYTES = 56
/** The server itself gives up after ten seconds. */
const DEADLINE_MS = 20_000

/** A code_verifier as auth-js makes one: 112 hex digits. */
export const makeVerifier = () => randomBytes(VERIFIER_BYTES).toString('hex')
export const challengeOf = (verifier) => createHash('sha256').update(verifier).digest('base64url')
/** The query parameters of a PKCE start. */
export const pkceOf = (verifier) => ({
  code_challenge: challengeOf(verifier),
  code_challenge_method: 's256',
})
/** The claims of a JWT, unchecked. */
export const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())
export const bearer = (token) => ({ authorization: `Bearer ${token}` })

/**
 * @param {{ url: string, key: string }} auth as startSupabaseAuth gives it
 * @param {string} redirectTo an address of the app; the app answers any path and shows nothing
 */
export function makeSupabaseClient(auth, redirectTo) {
  const api = `${auth.url}/auth/v1`
  const { origin } = new URL(redirectTo)
  const makeJar = () => new BrowserJar({ sites: { [origin]: () => new Response('the app') } })

  const authorizeUrl = (parameters) => {
    const query = new URLSearchParams({ provider: 'bitbucket', redirect_to: redirectTo, ...parameters })
    return `${api}/authorize?${query}`
  }

  /** One request with key and version; `body` is a text or goes as JSON. The answer's JSON is parsed. */
  const call = async (method, path, { body, headers } = {}) => {
    const response = await fetch(api + path, {
      method,
      signal: AbortSignal.timeout(DEADLINE_MS),
      headers: { apikey: auth.key, 'x-supabase-api-version': '2024-01-01', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = /^application\/json\b/.test(response.headers.get('content-type') ?? '')
    const { status } = response
    return { status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  }
  const post = (path, body, headers) => call('POST', path, { body, headers })
  const exchange = (auth_code, code_verifier) => post('/token?grant_type=pkce', { auth_code, code_verifier })

  return {
    api,
    authorizeUrl,
    post,
    exchange,
    get: (path, headers) => call('GET', path, { headers }),
    remove: (path, headers) => call('DELETE', path, { headers }),
    refresh: (refresh_token) => post('/token?grant_type=refresh_token', { refresh_token }),
    /** Starts only: the answer of /authorize. */
    start: (parameters, headers) => fetch(authorizeUrl(parameters), { redirect: 'manual', headers }),
    /** Opens an address in a fresh browser: where it ended, and its way there. */
    open: async (url) => {
      const jar = makeJar()
      await jar.fetch(url)
      return Object.assign(new URL(jar.url), { hops: jar.hops })
    },
    /** Signs in as a browser does: the address at which it comes back to the app. */
    async signIn(parameters = {}) {
      return this.open(authorizeUrl(parameters))
    },
    /** The answer of a whole PKCE sign-in. */
    async session() {
      const verifier = makeVerifier()
      const url = await this.signIn(pkceOf(verifier))
      return (await exchange(url.searchParams.get('code'), verifier)).body
    },
  }
}
