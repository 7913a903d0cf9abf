/** How the doctor asks: as a browser that navigates, never following a redirect, with a deadline. */
// @ts-expect-error: the glue is checked without the types of Node
import http from 'node:http'
// @ts-expect-error
import https from 'node:https'

const DEADLINE_MILLISECONDS = 10_000
const MAX_TEXT = 100_000

/** Not by fetch, whose Sec-Fetch-Mode is always its own. @param {string | URL} url @param {object} options @returns {Promise<any>} */
const send = (url, options) =>
  new Promise((resolve, reject) => {
    const { request } = new URL(url).protocol === 'https:' ? https : http
    request(url, options, resolve).on('error', reject).end()
  })

/** What a browser says about a navigation that a person began. */
export const NAVIGATION = {
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-site': 'none',
}

/**
 * @typedef {object} Asked
 * @property {number} status 0 when there was no answer
 * @property {Headers} headers
 * @property {string} location Location, empty for none
 * @property {string[]} setCookie
 * @property {string} text the body, cut
 * @property {string} problem why there was no answer
 * @property {number} skew seconds by which the server's clock is ahead of this one; NaN where it does not say
 */

/** @param {string | URL} url @param {Record<string, string>} [headers] @param {string} [method] @returns {Promise<Asked>} */
export const ask = async (url, headers = {}, method = 'GET') => {
  const none = { status: 0, headers: new Headers(), location: '', setCookie: [], text: '', skew: Number.NaN }
  const signal = AbortSignal.timeout(DEADLINE_MILLISECONDS)
  try {
    const incoming = await send(url, { method, headers, signal })
    const answered = new Headers()
    for (const [name, value] of Object.entries(incoming.headers))
      for (const one of [value].flat()) answered.append(name, one)
    let text = ''
    for await (const chunk of incoming.setEncoding('utf8')) if (text.length < MAX_TEXT) text += chunk
    const date = Date.parse(answered.get('date') ?? '')
    return {
      status: incoming.statusCode,
      headers: answered,
      location: answered.get('location') ?? '',
      setCookie: answered.getSetCookie(),
      text,
      problem: '',
      skew: Math.round((date - Date.now()) / 1000),
    }
  } catch (error) {
    const { code, message } = /** @type {any} */ (error)
    return { ...none, problem: signal.aborted ? 'no answer within ten seconds' : (code ?? message) }
  }
}
