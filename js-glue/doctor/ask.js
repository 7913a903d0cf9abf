/** How the doctor asks: as a browser that navigates, never following a redirect, with a deadline. */

const DEADLINE_MILLISECONDS = 10_000
/** As much as Landfall reads of a provider's answer. */
const MAX_TEXT = 1 << 20

/** The headers that a browser sends with a navigation that a person began. */
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

/**
 * Node's fetch says `Sec-Fetch-Mode: cors` for every request, which is not a navigation, so the doctor uses node:http.
 * @param {URL} url
 * @param {{ headers: Record<string, string>, signal: AbortSignal, method: string }} init
 * @param {string | undefined} body
 * @returns {Promise<any>} an IncomingMessage
 */
const send = async (url, init, body) => {
  const { request } = await import(/** @type {string} */ (`node:${url.protocol.slice(0, -1)}`))
  return new Promise((resolve, reject) =>
    request(url, { ...init, agent: false }, resolve)
      .on('error', reject)
      .end(body),
  )
}

/** @param {any} response an IncomingMessage */
const readText = async (response) => {
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) {
    text += chunk
    if (text.length > MAX_TEXT) break
  }
  return text
}

/**
 * Seconds by which a server's clock is ahead. A cache keeps the Date of the server and says its Age (RFC 9111 5.1).
 * @param {Headers} headers
 */
const readSkew = (headers) => {
  const age = Number(/^\d+/.exec(headers.get('age') ?? '')?.[0] ?? 0)
  return Math.round((Date.parse(headers.get('date') ?? '') - Date.now()) / 1000 + age)
}

/**
 * @param {string | URL} url
 * @param {Record<string, string>} [headers]
 * @param {{ method?: string, body?: string }} [init]
 * @returns {Promise<Asked>}
 */
export const ask = async (url, headers = {}, { method = 'GET', body } = {}) => {
  const signal = AbortSignal.timeout(DEADLINE_MILLISECONDS)
  const all = new Headers()
  try {
    const about = { accept: 'text/html,*/*', 'user-agent': 'landfall doctor' }
    const response = await send(new URL(url), { headers: { ...about, ...headers }, signal, method }, body)
    if (response.statusCode < 100) throw new Error(`its status is ${response.statusCode}`)
    for (let i = 0; i < response.rawHeaders.length; i += 2)
      all.append(response.rawHeaders[i], response.rawHeaders[i + 1])
    return {
      status: response.statusCode,
      headers: all,
      location: all.get('location') ?? '',
      setCookie: all.getSetCookie(),
      text: await readText(response),
      problem: '',
      skew: readSkew(all),
    }
  } catch (error) {
    const { code, message } = /** @type {any} */ (error)
    const problem = signal.aborted ? 'no answer within ten seconds' : (code ?? message)
    return { status: 0, headers: all, location: '', setCookie: [], text: '', problem, skew: Number.NaN }
  }
}

/**
 * A member of a JSON object; undefined for a text without one.
 * @param {string} text
 * @param {string} name
 */
export const readMember = (text, name) => {
  try {
    return JSON.parse(text)?.[name]
  } catch {
    return undefined
  }
}
