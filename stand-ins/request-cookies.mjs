// The cookies of a Request, as @supabase/ssr takes them on a server.
import { parseCookieHeader, serializeCookieHeader } from '@supabase/ssr'

/**
 * The cookies of a request, and the headers that will go out with its answer: every line is kept.
 * @param {Request} request @param {Headers} headers
 */
export const cookiesOfRequest = (request, headers) => ({
  getAll: () => parseCookieHeader(request.headers.get('cookie') ?? ''),
  setAll(list, more = {}) {
    for (const { name, value, options } of list) {
      headers.append('set-cookie', serializeCookieHeader(name, value, options))
    }
    for (const [name, value] of Object.entries(more)) headers.set(name, value)
  },
})
