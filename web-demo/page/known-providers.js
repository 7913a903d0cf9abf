/** The core's own table of providers, as the page needs it. */

/**
 * A row. The names of its options have a comma between. `issuer` is there for an ID Token, and empty without one; a provider that no
 * stand-in of this page plays has none of the last three.
 * @typedef {[name: string, title: string, button: string, options: string, issuer?: string, profile?: string, emails?: string]} Known
 */

/* global KNOWN_PROVIDERS -- tools/page.mjs writes it in; 0 is the usual button, and the usual options */
/** @type {Known[]} */
export const KNOWN = KNOWN_PROVIDERS.map(([name, title, button, options, ...part]) => [
  name,
  title,
  button || `Sign in with ${title}`,
  options || 'clientId,clientSecret',
  ...part,
])

/** Those that a stand-in plays here. A signature of an ID Token needs WebCrypto, which an insecure page does not have. */
export const PLAYED = KNOWN.filter(
  ([, , , , issuer]) => issuer !== undefined && (!issuer || globalThis.crypto?.subtle),
)

/** @param {string} name @returns {Known} */
export const rowOf = (name) => /** @type {Known} */ (KNOWN.find(([one]) => one === name))
