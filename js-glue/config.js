/** @typedef {import('./types.js').Options} Options */

/** A page knows its own origin; a server has to be told, or be on this machine. */
const pageOrigin = () => {
  const { document, location } = /** @type {any} */ (globalThis)
  return document && location?.origin?.startsWith('http') ? location.origin : undefined
}

/** As supabase-js reads it: trimmed, with the host in lower case and Punycode; what is no URL is for the core to refuse. @param {unknown} url */
const normalizeUrl = (url) => {
  try {
    return typeof url === 'string' ? new URL(url.trim()).href : url
  } catch {
    return url
  }
}

/**
 * The options as JSON; a function is there or not, and the core says whether it may be. In a page, the session is for the page.
 * @param {Options} options
 */
export const toConfig = (options) => {
  const { supabase } = options ?? {}
  const origin = pageOrigin()
  const config = {
    ...options,
    ...(supabase &&
      typeof supabase === 'object' && { supabase: { ...supabase, url: normalizeUrl(supabase.url) } }),
    ...(origin && { origin: options?.origin ?? origin, onSession: true }),
  }
  return JSON.stringify(options === undefined || options === null ? null : config, (_, value) =>
    typeof value === 'function' ? true : value,
  )
}
