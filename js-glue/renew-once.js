/** @typedef {import('./transport.js').FetchResult} FetchResult */

/**
 * Runs `renew` in one of several instances, and gives its result to all of them.
 * @typedef {(key: string, renew: () => Promise<string>) => Promise<string>} Lock
 */

/**
 * A result as a text that a store can keep.
 * @param {FetchResult} result
 */
const toText = ({ failure, status, contentType, body, at = Date.now() }) =>
  JSON.stringify([
    failure,
    status,
    contentType,
    typeof body === 'string' ? body : new TextDecoder().decode(body),
    at,
  ])

/**
 * The result in a text of toText.
 * @param {string} text
 * @returns {FetchResult}
 * @throws {TypeError} for any other value
 */
const fromText = (text) => {
  const [failure, status, contentType, body, at] = JSON.parse(text)
  const isText = [failure, status, contentType, body].every((part) => typeof part === 'string')
  if (!isText || !Number.isFinite(at)) throw new TypeError('not the text of `renew`')
  return { failure, status, contentType, body, at }
}

/**
 * A renewal of tokens that one of several instances makes for all. What the app's lock throws is a failure of the
 * network.
 * @param {Lock} lock
 * @param {string} key
 * @param {() => Promise<FetchResult>} renew
 * @returns {Promise<FetchResult>}
 */
export const renewOnce = async (lock, key, renew) => {
  try {
    return fromText(await lock(key, async () => toText(await renew())))
  } catch (cause) {
    return { failure: 'network', status: '', contentType: '', body: '', cause }
  }
}
