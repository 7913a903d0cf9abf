// @supabase/ssr as the guide has it: a client for each request, the guide's callback route.
import { createServerClient } from '@supabase/ssr'
import { cookiesOfRequest } from '../../../stand-ins/request-cookies.mjs'
import { makeSvelteKitCallback } from '../../guide-comparison/sveltekit-express.mjs'
import { next, supabase } from '../app.mjs'

/** @param {import('../app.mjs').App} app */
export const makePeer = ({ redirectUri, origin }) => {
  const request = new Request(`${origin}/login`)
  return {
    async start() {
      const headers = new Headers()
      const client = createServerClient(supabase.url, supabase.key, {
        cookies: cookiesOfRequest(request, headers),
      })
      const { data, error } = await client.auth.signInWithOAuth({
        provider: 'bitbucket',
        options: { redirectTo: `${redirectUri}?next=${encodeURIComponent(next)}`, skipBrowserRedirect: true },
      })
      if (error) throw error
      return { url: data.url, setCookie: headers.getSetCookie() }
    },
    callback: makeSvelteKitCallback({ supabase }),
  }
}
