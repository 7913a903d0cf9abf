// An app without landfall, with the answers of one: each of them can be another.
import { createHash } from 'node:crypto'
import { serve } from './node-servers.mjs'

/** As a policy names a text that stands in a page. @param {string} text @param {string} [algorithm] */
export const hashOf = (text, algorithm = 'sha256') =>
  `'${algorithm}-${createHash(algorithm).update(text).digest('base64')}'`

export const STYLE = '\nmain { color: #123 }\n'
export const SCRIPT = '(({ callback }) => callback)(document.currentScript.dataset)'
export const POLICY = `default-src 'none'; script-src ${hashOf(SCRIPT)}; style-src ${hashOf(STYLE)}; img-src data:; base-uri 'none'`

/** Landfall's error page. @param {{ style?: string, heading?: string, main?: string }} [how] */
export const errorPage = ({
  style = STYLE,
  heading = 'The sign-in did not finish',
  main = '',
} = {}) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${heading}</title>
<style>${style}</style>
<script data-callback="/auth/callback">${SCRIPT}</script>
<main>
<h1>${heading}</h1>
${main}</main>
`

/** @param {string} code @param {string} [path] of the error page */
export const toError = (code, path = '/auth/auth-code-error') => ({
  status: 303,
  headers: { location: `${path}?error=${code}#`, 'cache-control': 'no-store' },
})

/** @typedef {{ status?: number, headers?: Record<string, string | string[]>, body?: string }} Answer */

/**
 * An app with one direct provider, which comes back to an address of its own.
 * @param {import('node:test').TestContext} t
 * @param {{ endpoint: string, host?: string, callback?: string, query?: Record<string, string>,
 *   answers?: Record<string, Answer | ((incoming: any) => Answer | undefined)> }} how `query` is more of the authorization request;
 *   `answers` by path take the place of the usual ones
 */
export const startDirectApp = async (
  t,
  { endpoint, host = '127.0.0.1', callback = '/auth/callback/bitbucket', query = {}, answers = {} },
) => {
  const paths = []
  const usual = (path, { headers, url }) => {
    if (path === '/auth/sign-in') {
      const parameters = new URLSearchParams({
        ...{ response_type: 'code', client_id: 'client-1', state: 'state-1', scope: 'profile' },
        ...{ redirect_uri: origin + callback, ...query },
      })
      const cookie = 'landfall-1=sealed; Path=/; HttpOnly; SameSite=Lax; Max-Age=600'
      const location = `${endpoint}${endpoint.includes('?') ? '&' : '?'}${parameters}`
      return { status: 303, headers: { location, 'set-cookie': cookie, 'cache-control': 'no-store' } }
    }
    if (path === callback) {
      if (headers['sec-purpose']) return { status: 204 }
      return toError(url.includes('error=') ? 'provider_access_denied' : 'response_missing')
    }
    if (path.startsWith('/auth/callback')) return toError('callback_unknown')
    if (path !== '/auth/auth-code-error') return { status: 404 }
    return { headers: { 'content-security-policy': POLICY }, body: errorPage() }
  }
  const server = await serve(t, (incoming, outgoing) => {
    const [path] = incoming.url.split('?')
    paths.push(path)
    const other = answers[path]
    const scripted = typeof other === 'function' ? other(incoming) : other
    const { status = 200, headers = {}, body = '' } = scripted ?? usual(path, incoming)
    outgoing.writeHead(status, headers).end(body)
  })
  const origin = `http://${host}:${server.port}`
  return { origin, paths }
}
