import { ERRORS } from './generated/errors.js'
import { RESPOND } from './generated/messages.js'
import { confirmPage, errorPage, PAGE_POLICY, PAGE_SCRIPT } from './pages.js'

/** The paths that pages of ours lead to. @typedef {{ signIn: string, callback: string, confirm: string }} Paths */

/** The pages' script stands beside the callback, which every app has mounted. */
const SCRIPT = '?script'

/** What a page of ours says. @param {string[]} step @param {import('./request.js').RequestLike} request @param {Paths} paths */
const pageBody = (step, request, paths) => {
  const scriptUrl = paths.callback + SCRIPT
  const next = step[RESPOND.next]
  if (step[RESPOND.page] === 'confirm') {
    const { searchParams } = new URL(request.url)
    return confirmPage({
      action: paths.confirm,
      type: searchParams.get('type') ?? '',
      tokenHash: searchParams.get('token_hash') ?? '',
      next,
      scriptUrl,
    })
  }
  const code = /** @type {string} */ (step[RESPOND.code])
  return errorPage({
    code,
    message: ERRORS[code]?.message,
    provider: step[RESPOND.provider],
    next,
    retryUrl: paths.signIn,
    callbackPath: paths.callback,
    scriptUrl,
  })
}

/** What a browser shows for a step. @param {string[]} step @param {import('./request.js').RequestLike} request @param {Paths} paths */
const toBody = (step, request, paths) => {
  if (request.method === 'HEAD') return null
  if (step[RESPOND.page] !== '') return pageBody(step, request, paths)
  const code = /** @type {string} */ (step[RESPOND.code])
  return Number(step[RESPOND.status]) >= 400 ? `${code}: ${ERRORS[code]?.message}\n` : null
}

/**
 * A RESPOND step as a Response: Location, cookies and headers together. The headers are the app's to extend.
 * @param {string[]} step @param {import('./request.js').RequestLike} request @param {Paths} paths
 */
export const toResponse = (step, request, paths) => {
  // Response.redirect takes no cookies.
  const body = toBody(step, request, paths)
  const response = new Response(body, { status: Number(step[RESPOND.status]) })
  const { headers } = response
  // A body of text brings a Content-Type of its own.
  if (body !== null) headers.delete('content-type')
  if (step[RESPOND.page] !== '') {
    headers.set('content-type', 'text/html; charset=utf-8')
    const isForm = step[RESPOND.page] === 'confirm'
    headers.set('content-security-policy', isForm ? PAGE_POLICY : `${PAGE_POLICY}; form-action 'none'`)
    headers.set('x-content-type-options', 'nosniff')
  }
  for (let i = RESPOND.header_0; i < step.length; i += 2)
    headers.append(/** @type {string} */ (step[i]), /** @type {string} */ (step[i + 1]))
  return response
}

/** The script of the pages, if that is what is asked for. @param {Request} request */
export const scriptResponse = (request) =>
  request.method === 'GET' && request.url.endsWith(SCRIPT)
    ? new Response(PAGE_SCRIPT, {
        headers: {
          'content-type': 'text/javascript; charset=utf-8',
          'cache-control': 'max-age=3600',
          'x-content-type-options': 'nosniff',
        },
      })
    : undefined

/** The answer when the core itself cannot give one: nothing in it depends on the request. @param {string} errorPath */
export const lastResort = (errorPath) =>
  new Response(null, {
    status: 303,
    headers: {
      location: `${errorPath}?error=internal_error#`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  })

/**
 * Adds what a hook of the app returned: headers, and another target. @param {Response} response
 * @param {{ headers?: HeadersInit, redirect?: string } | undefined} extra
 */
export const extend = (response, extra) => {
  const headers = extra?.headers ?? {}
  for (const [name, value] of Symbol.iterator in headers ? headers : Object.entries(headers))
    response.headers.append(/** @type {string} */ (name), value)
  // Without a fragment of its own the target would inherit the callback's; headers are ASCII.
  if (extra?.redirect) {
    const location = extra.redirect.replace(/[^\x21-\x7e]+/g, encodeURIComponent)
    response.headers.set('location', location.includes('#') ? location : `${location}#`)
  }
  return response
}
