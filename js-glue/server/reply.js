import { ERRORS } from '../generated/errors.js'
import { RESPOND } from '../generated/messages.js'
import { toNotSet } from '../settings.js'
import { confirmPage, errorPage, PAGE_POLICY } from './pages.js'

/**
 * What goes back to the browser, before it is a Response or is written to a Node response. Header names are in lower case.
 * @typedef {{ status: number, headers: [name: string, value: string][], body: string | null }} Reply
 */

/**
 * Where a handler keeps the function that gives a Reply in place of a Response; registered, because `landfall` and `landfall/node`
 * may be bundled apart.
 */
export const REPLY = Symbol.for('landfall.reply')

/** The paths that pages of ours lead to; `callback` is Supabase's, and `confirm` is empty without Supabase. @typedef {{ signIn: string, callback: string, confirm: string }} Paths */

/** What a page of ours says. @param {string[]} step @param {import('../request.js').RequestLike} request @param {Paths} paths */
const pageBody = (step, request, paths) => {
  const next = step[RESPOND.next]
  if (step[RESPOND.page] === 'confirm') {
    // By hand: the host of an address may be no host at all.
    const searchParams = new URLSearchParams(/\?([^#]*)/.exec(request.url)?.[1])
    return confirmPage({
      action: paths.confirm,
      type: searchParams.get('type') ?? '',
      tokenHash: searchParams.get('token_hash') ?? '',
      next,
    })
  }
  const code = /** @type {string} */ (step[RESPOND.code])
  return errorPage({
    code,
    ...ERRORS[code],
    provider: step[RESPOND.provider],
    next,
    notSet: toNotSet(code, /** @type {string} */ (step[RESPOND.parameter])),
    retryUrl: paths.signIn,
    // Only Supabase Auth puts errors into a fragment.
    callbackPath: paths.confirm === '' ? '' : paths.callback,
  })
}

/** What a browser shows for a step. @param {string[]} step @param {import('../request.js').RequestLike} request @param {Paths} paths */
const toBody = (step, request, paths) => {
  if (request.method === 'HEAD') return null
  if (step[RESPOND.page] !== '') return pageBody(step, request, paths)
  const code = /** @type {string} */ (step[RESPOND.code])
  return Number(step[RESPOND.status]) >= 400 ? `${code}: ${ERRORS[code]?.message}\n` : null
}

/**
 * What a RESPOND step says to the browser: Location, cookies and headers together.
 * @param {string[]} step @param {import('../request.js').RequestLike} request @param {Paths} paths @returns {Reply}
 */
export const toReply = (step, request, paths) => {
  /** @type {Reply['headers']} */
  const headers = []
  const page = step[RESPOND.page]
  if (page !== '') {
    const policy = page === 'confirm' ? PAGE_POLICY : `${PAGE_POLICY}; form-action 'none'`
    headers.push(['content-type', 'text/html; charset=utf-8'])
    headers.push(['content-security-policy', policy], ['x-content-type-options', 'nosniff'])
  }
  for (let i = RESPOND.header_0; i < step.length; i += 2)
    headers.push([/** @type {string} */ (step[i]), /** @type {string} */ (step[i + 1])])
  return { status: Number(step[RESPOND.status]), headers, body: toBody(step, request, paths) }
}

/** A Response, whose headers are the app's to extend. @param {Reply} reply */
export const toResponse = ({ status, headers, body }) => {
  // Response.redirect takes no cookies.
  const response = new Response(body, { status })
  // A body of text brings a Content-Type of its own.
  if (body !== null) response.headers.delete('content-type')
  for (let i = 0; i < headers.length; i++) {
    const [name, value] = /** @type {[string, string]} */ (headers[i])
    response.headers.append(name, value)
  }
  return response
}

/** The answer when the core itself cannot give one: nothing in it depends on the request. @param {string} errorPath @returns {Reply} */
export const lastReply = (errorPath) => ({
  status: 303,
  headers: [
    ['location', `${errorPath}${errorPath.includes('?') ? '&' : '?'}error=internal_error#`],
    ['cache-control', 'no-store'],
    ['referrer-policy', 'no-referrer'],
  ],
  body: null,
})
