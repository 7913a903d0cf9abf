/** How the doctor asks: as a browser that navigates, never following a redirect, with a deadline. */

const DEADLINE_MILLISECONDS = 10_000

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
  try {
    const signal = AbortSignal.timeout(DEADLINE_MILLISECONDS)
    const response = await fetch(url, { method, headers, redirect: 'manual', signal })
    const text = (await response.text()).slice(0, 100_000)
    const date = Date.parse(response.headers.get('date') ?? '')
    return {
      status: response.status,
      headers: response.headers,
      location: response.headers.get('location') ?? '',
      setCookie: response.headers.getSetCookie(),
      text,
      problem: '',
      skew: Math.round((date - Date.now()) / 1000),
    }
  } catch (error) {
    const { name, message, cause } = /** @type {any} */ (error)
    const problem =
      name === 'TimeoutError' ? 'no answer within ten seconds' : (cause?.code ?? cause?.message ?? message)
    return { ...none, problem }
  }
}
