/** Whether a server's clock and this machine's agree. */

/** @typedef {import('./findings.js').Findings} Findings */
/** @typedef {import('./ask.js').Asked} Asked */

const MAX_SKEW_SECONDS = 60

/**
 * @param {Findings} findings
 * @param {string} id
 * @param {string} title
 * @param {Asked} asked
 * @param {string} fix
 */
export const checkClock = (findings, id, title, { skew }, fix) => {
  if (Number.isNaN(skew)) return
  const apart = `The server's clock is ${Math.abs(skew)} seconds ${skew > 0 ? 'ahead' : 'behind'}.`
  findings.check(Math.abs(skew) <= MAX_SKEW_SECONDS, id, title, apart, fix)
}
