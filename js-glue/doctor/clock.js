/** Whether a server's clock and this machine's agree. */

/** @typedef {import('./findings.js').Findings} Findings */
/** @typedef {import('./ask.js').Asked} Asked */

/** The difference that createAuth accepts without an option (clockTolerance). */
const MAX_SKEW_SECONDS = 30

/**
 * @param {Findings} findings
 * @param {string} id
 * @param {string} title
 * @param {Asked} asked
 * @param {string} fix
 */
export const checkClock = (findings, id, title, { skew }, fix) => {
  if (!Number.isFinite(skew)) return
  const apart = Math.abs(skew)
  const detail = `The server's clock is ${apart} seconds ${skew === apart ? 'ahead' : 'behind'}.`
  findings.check(apart <= MAX_SKEW_SECONDS, id, title, detail, fix)
}
