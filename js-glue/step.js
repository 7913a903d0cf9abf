import { toError } from './error.js'
import { RESPOND } from './generated/messages.js'

/**
 * A field of a step.
 * @param {string[]} step
 * @param {number} index
 */
export const field = (step, index) => /** @type {string} */ (step[index])

/**
 * The step that was asked for; in its place, the core tells of an error.
 * @param {string[]} step
 * @param {number} kind of STEP
 * @throws {LandfallError}
 */
export const expect = (step, kind) => {
  if (Number(step[0]) !== kind) throw toError(field(step, RESPOND.code), field(step, RESPOND.parameter))
  return step
}

/**
 * An outcome that the core has no part in, as a RESPOND step.
 * @param {string} code
 * @param {string} [provider]
 */
export const makeStep = (code, provider = '') => {
  const step = new Array(RESPOND.header_0).fill('')
  step[RESPOND.code] = code
  step[RESPOND.provider] = provider
  return step
}
