// What Supabase's guide does, for comparison, in our own words: its callback routes for SvelteKit and for Express.
import { createServerClient } from '@supabase/ssr'
import { cookiesOfRequest } from '../../stand-ins/request-cookies.mjs'

const redirect = (location, headers) => {
  headers.set('location', location)
  return new Response(null, { status: 303, headers })
}

/** SvelteKit: `next` loses its first character and gets a slash; a failure goes to the error page. */
export const makeSvelteKitCallback =
  ({ supabase: { url, key } }) =>
  async (request) => {
    const headers = new Headers()
    const { searchParams } = new URL(request.url)
    const code = searchParams.get('code')
    const next = searchParams.get('next') ?? '/'
    if (code) {
      const client = createServerClient(url, key, { cookies: cookiesOfRequest(request, headers) })
      const { error } = await client.auth.exchangeCodeForSession(code)
      if (!error) return redirect(`/${next.slice(1)}`, headers)
    }
    return redirect('/auth/auth-code-error', headers)
  }

/** What `res.redirect` does to an address: only what is neither ASCII nor printable is escaped. */
const escapeLocation = (text) => text.replace(/[^\x21-\x7e]/gu, encodeURIComponent)

/** Express: the same `next`, wherever the exchange led. */
export const makeExpressCallback =
  ({ supabase: { url, key } }) =>
  async (request) => {
    const headers = new Headers()
    const { searchParams } = new URL(request.url)
    const code = searchParams.get('code')
    const next = searchParams.get('next') ?? '/'
    if (code) {
      const client = createServerClient(url, key, { cookies: cookiesOfRequest(request, headers) })
      await client.auth.exchangeCodeForSession(code)
    }
    return redirect(escapeLocation(`/${next.slice(1)}`), headers)
  }
