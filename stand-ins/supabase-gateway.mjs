// What stands before the Auth server on the platform: it checks the API key, answers preflights, and has
// error pages of its own.

const ALLOWED_HEADERS = `Accept Authorization Content-Type X-Client-IP X-Client-Info X-JWT-AUD x-use-cookie
  X-Supabase-Api-Version`.split(/\s+/)
const EXPOSED_HEADERS = 'X-Total-Count, Link, X-Supabase-Api-Version'
/** Browsers come here by navigation and bring no key. */
const OPEN = new Set(['authorize', 'callback', 'verify', 'jwks'])

const json = (status, body) => ({ status, headers: { 'content-type': 'application/json' }, body })

/** Every page and redirect says what it is. */
export function standInPage(title, content = '') {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<p>This is a stand-in for a Supabase project's Auth server, made for tests. It is not Supabase.</p>
${content}
`
}

/** An error page in HTML, as a proxy writes it that cannot reach the Auth server. */
export const gatewayPage = (status = 502) => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: standInPage(`${status} from the gateway`, `<h1>${status}</h1>`),
})

/** @param {string[]} keys @param {boolean} isThere false: the bare Auth server, which knows no `apikey` */
export function makeGateway(keys, isThere) {
  const allowed = isThere ? [...ALLOWED_HEADERS, 'apikey'] : ALLOWED_HEADERS
  const lower = new Set(allowed.map((name) => name.toLowerCase()))
  const corsHeaders = {
    'access-control-allow-origin': '*',
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': EXPOSED_HEADERS,
  }

  /** A preflight's own headers come back, or none when one of them is not allowed. */
  function preflight(headers) {
    const asked = headers.get('access-control-request-headers') ?? ''
    const wanted = asked.toLowerCase().split(/\s*,\s*/)
    if (!wanted.every((name) => name === '' || lower.has(name))) return { status: 204 }
    return {
      status: 204,
      headers: {
        'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE',
        ...(asked && { 'access-control-allow-headers': asked }),
      },
    }
  }

  return {
    /** @returns {object | null} an answer of the gateway's own, or null when the request goes through */
    check({ method, headers, query, endpoint }) {
      if (method === 'OPTIONS') return preflight(headers)
      if (!isThere || !endpoint || OPEN.has(endpoint)) return null
      const given = headers.get('apikey') ?? query.get('apikey')
      if (keys.includes(given)) return null
      if (given) {
        const hint = 'Double check your Supabase `anon` or `service_role` API key.'
        return json(401, { message: 'Invalid API key', hint })
      }
      const hint = 'No `apikey` request header or url param was found.'
      return json(401, { message: 'No API key found in request', hint })
    },
    /** What every answer says about origins: a page of another one is told more. */
    corsFor: (headers) => ({ vary: 'Origin', ...(headers.has('origin') && corsHeaders) }),
  }
}
