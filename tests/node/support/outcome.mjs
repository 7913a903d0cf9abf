// What came of a request, and what holds for every answer whatever was asked.
import assert from 'node:assert/strict'

const STATUS = new Set([204, 303, 400, 403, 405])
const OURS = /^(__Host-)?landfall-/

/**
 * @typedef {object} Outcome
 * @property {'ok' | 'error' | 'ignore'} class
 * @property {string} code ours; empty unless `class` is error
 * @property {Response} [response]
 * @property {string} [location]
 * @property {string[]} [setCookie]
 * @property {string} [body]
 * @property {any} [event]
 */

/** Reads an answer of a handler. @param {Response | undefined} response @param {any} [event] @returns {Promise<Outcome>} */
export const readOutcome = async (response, event) => {
  if (!response) return { class: 'ignore', code: '', setCookie: [], body: '' }
  const body = await response.text()
  const outcome = {
    response,
    event,
    body,
    code: event?.code ?? '',
    location: response.headers.get('location') ?? '',
    setCookie: response.headers.getSetCookie(),
  }
  if (response.status === 204) return { ...outcome, class: 'ignore' }
  return { ...outcome, class: event?.ok === false ? 'error' : 'ok' }
}

/** Removes the transaction `name`. @param {Outcome} outcome @param {string} name */
export const clears = ({ setCookie }, name) =>
  setCookie.some((line) => line.startsWith(`${name}=;`) && / Max-Age=0;/.test(line))

/**
 * Every answer: a status that says what is so, nothing kept, nothing leaked, nothing of the request in it.
 * @param {Outcome} outcome @param {{ secrets?: string[], cookies?: RegExp, isStart?: boolean }} [about] secrets that no event, address
 *   and body may contain; further cookies that the app set itself
 */
export const checkAnswer = (outcome, { secrets = [], cookies, isStart = false } = {}) => {
  const { response, location, setCookie, body, event } = outcome
  if (!response) return
  const { headers, status } = response
  assert.ok(STATUS.has(status), `status ${status}`)
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.equal(headers.get('referrer-policy'), 'no-referrer')
  assert.equal(headers.get('etag'), null)
  assert.equal(headers.get('www-authenticate'), null)
  assert.equal(headers.get('access-control-allow-origin'), null)
  assert.equal(status === 303, location !== '', 'a redirect has a Location, and only a redirect')
  if (location) assert.match(location, /^[\x21-\x7e]+$/)
  if (location && !isStart) assert.match(location, /^\/(?![/\\]).*#/, 'Location is a path with a fragment')
  if (status >= 400) {
    assert.equal(headers.get('content-type'), 'text/plain; charset=utf-8')
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(body, `${event.code}: ${event.message}\n`)
  } else {
    assert.equal(body, '')
    assert.equal(headers.get('content-type'), null)
  }
  for (const line of setCookie) {
    assert.ok(OURS.test(line) || cookies?.test(line), `a foreign Set-Cookie: ${line}`)
    if (!OURS.test(line)) continue
    assert.match(
      line,
      /^[\x21-\x7e]+=[\w.-]*; Path=\/; Max-Age=(0; Expires=Thu, 01 Jan 1970 00:00:00 GMT|[1-9]\d*); HttpOnly(; Secure)?; SameSite=(Lax|None)$/,
    )
    if (line.startsWith('__Host-')) assert.match(line, /; Secure;/)
    assert.ok(line.split(';')[0].length - 1 <= 4096)
  }
  const told = JSON.stringify(event ?? null) + (isStart ? '' : location) + body
  for (const secret of secrets) if (secret) assert.ok(!told.includes(secret), `a secret is told: ${secret}`)
  for (const text of [event?.detail, event?.description]) assert.match(text ?? '', /^[\x20-\x7e]{0,512}$/)
}

/**
 * Compares an outcome with what a case expects.
 * @param {Outcome} outcome @param {{ class: string, code?: string }} expected
 */
export const checkClass = (outcome, { class: name, code = '' }) => {
  const got = `got ${outcome.class}:${outcome.code}, wanted ${name}:${code}`
  if (name === 'ignore') return assert.ok(isIgnored(outcome), got)
  assert.ok(name === outcome.class && (name === 'ok' || code === outcome.code), got)
}

/** Not treated as an OAuth response: nothing changed, and nobody was sent anywhere. @param {Outcome} outcome */
const isIgnored = ({ class: name, code, setCookie, location }) =>
  name === 'ignore' || (code === 'method_not_allowed' && setCookie.length === 0 && location === '')
