/** Addresses that others name. Nothing else of the doctor reads one. */

/**
 * An http(s) address, or undefined for anything else. One with a user name is none: it would be sent along.
 * @param {string | null} text @param {string} [base] for one that may be relative
 */
export const parseAddress = (text, base) => {
  if (text === null || !URL.canParse(text, base)) return undefined
  const url = new URL(text, base)
  return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url : undefined
}

/** Whether an address is one of this machine. @param {string | URL} url */
export const isLoopback = (url) => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname)

/** How createAuth takes an origin: plain http is for this machine alone. @param {string} origin */
export const toPublic = (origin) => (isLoopback(origin) ? origin : origin.replace('http:', 'https:'))
