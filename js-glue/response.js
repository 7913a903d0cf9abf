import { ERRORS } from './generated/errors.js'
import { RESPOND } from './generated/messages.js'

/**
 * A RESPOND step as a Response: Location, cookies and headers together. The headers are the app's to extend.
 * @param {string[]} step
 */
export const toResponse = (step) => {
  const code = /** @type {string} */ (step[RESPOND.code])
  const status = Number(step[RESPOND.status])
  // Response.redirect takes no cookies.
  const response = new Response(status >= 400 ? `${code}: ${ERRORS[code]?.message}\n` : null, { status })
  const { headers } = response
  // A body of text brings a Content-Type of its own.
  if (status >= 400) headers.delete('content-type')
  for (let i = RESPOND.header_0; i < step.length; i += 2)
    headers.append(/** @type {string} */ (step[i]), /** @type {string} */ (step[i + 1]))
  return response
}

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
