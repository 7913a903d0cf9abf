// @supabase/auth-js alone, a client for each request, its storage in the cookies of the glue.
import { AuthClient } from '@supabase/auth-js'
import { next, supabase } from '../app.mjs'
import { readCookies, redirect, safeNext, writeCookie, writeSession } from '../glue.mjs'

const storageKey = 'sb-session'
const headers = { apikey: supabase.key, authorization: `Bearer ${supabase.key}` }

/** @param {Record<string, string | undefined>} cookies @param {string[]} setCookie */
const makeClient = (cookies, setCookie) =>
  new AuthClient({
    url: `${supabase.url}/auth/v1`,
    headers,
    storageKey,
    flowType: 'pkce',
    autoRefreshToken: false,
    detectSessionInUrl: false,
    persistSession: true,
    storage: {
      isServer: true,
      getItem: (key) => cookies[key] ?? null,
      setItem(key, value) {
        cookies[key] = value
        if (key === storageKey) setCookie.push(...writeSession(value))
        else setCookie.push(writeCookie(key, value))
      },
      removeItem(key) {
        if (key in cookies) setCookie.push(writeCookie(key, '', 0))
        delete cookies[key]
      },
    },
  })

/** @param {import('../app.mjs').App} app */
export const makePeer = ({ redirectUri, origin }) => ({
  async start() {
    const setCookie = []
    const { data, error } = await makeClient({}, setCookie).signInWithOAuth({
      provider: 'bitbucket',
      options: { redirectTo: `${redirectUri}?next=${encodeURIComponent(next)}`, skipBrowserRedirect: true },
    })
    if (error) throw error
    return { url: data.url, setCookie }
  },
  async callback(request) {
    const setCookie = []
    const { searchParams } = new URL(request.url)
    const client = makeClient(readCookies(request), setCookie)
    const { error } = await client.exchangeCodeForSession(searchParams.get('code'))
    if (error) throw error
    return redirect(safeNext(searchParams.get('next') ?? '/', origin), setCookie)
  },
})
