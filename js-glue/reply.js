import { ERRORS } from './generated/errors.js'
import { RESPOND } from './generated/messages.js'
import { confirmPage, errorPage, PAGE_POLICY, PAGE_SCRIPT } from './pages.js'
import { toNotSet } from './settings.js'

/**
 * What goes back to the browser, before it is a Response or is written to a Node response. Header names are in lower case.
 * @typedef {{ status: number, headers: [name: string, value: string][], body: string | null }} Reply
 */

/**
 * Where a handler keeps the function that gives a Reply in place of a Response; registered, because `landfall` and `landfall/node`
 * may be bundled apart.
 */
export const REPLY = Symbol.for('landfall.reply')

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
    ...ERRORS[code],
    provider: step[RESPOND.provider],
    next,
    notSet: toNotSet(code, /** @type {string} */ (step[RESPOND.parameter])),
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
 * What a RESPOND step says to the browser: Location, cookies and headers together.
 * @param {string[]} step @param {import('./request.js').RequestLike} request @param {Paths} paths @returns {Reply}
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

/** The script of the pages, if that is what is asked for. @param {import('./request.js').RequestLike} request @returns {Reply | undefined} */
export const scriptReply = (request) =>
  request.method === 'GET' && request.url.endsWith(SCRIPT)
    ? {
        status: 200,
        headers: [
          ['content-type', 'text/javascript; charset=utf-8'],
          ['cache-control', 'max-age=3600'],
          ['x-content-type-options', 'nosniff'],
        ],
        body: PAGE_SCRIPT,
      }
    : undefined

/** The answer when the core itself cannot give one: nothing in it depends on the request. @param {string} errorPath @returns {Reply} */
export const lastReply = (errorPath) => ({
  status: 303,
  headers: [
    ['location', `${errorPath}?error=internal_error#`],
    ['cache-control', 'no-store'],
    ['referrer-policy', 'no-referrer'],
  ],
  body: null,
})

/** A token, and what may stand in a value (RFC 9110 5.1, 5.5): what Headers would refuse must not get as far as that. */
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const VALUE = /^[^\0-\x08\x0a-\x1f\x7f\u0100-\uffff]*$/

/**
 * Adds what a hook of the app returned: headers, and another target. @param {Reply} reply
 * @param {{ headers?: HeadersInit, redirect?: string } | undefined} extra
 * @throws {TypeError} for what is no header
 */
export const extend = (reply, extra) => {
  const headers = extra?.headers ?? {}
  for (const [name, value] of Symbol.iterator in headers ? headers : Object.entries(headers)) {
    if (!NAME.test(/** @type {string} */ (name)) || !VALUE.test(value))
      throw new TypeError(`invalid header: ${name}`)
    reply.headers.push([/** @type {string} */ (name).toLowerCase(), value])
  }
  // Without a fragment of its own the target would inherit the callback's; headers are ASCII.
  if (extra?.redirect) {
    const location = extra.redirect.replace(/[^\x21-\x7e]+/g, encodeURIComponent)
    reply.headers = reply.headers.filter(([name]) => name !== 'location')
    reply.headers.push(['location', location.includes('#') ? location : `${location}#`])
  }
  return reply
}
