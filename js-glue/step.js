import { toError } from './error.js'
import { RESPOND } from './generated/messages.js'

/**
 * A field of a step.
 * @param {string[]} step
 * @param {number} index
 */
export const field = (step, index) => /** @type {string} */ (step[index])

/**
 * The error's code of a RESPOND step; empty where nothing went wrong.
 * @param {string[]} step
 */
export const codeOf = (step) =>
  /** @type {import('./generated/errors.js').ErrorCode | ''} */ (step[RESPOND.code])

/**
 * What the session of a RESPOND step serves for beside signing in.
 * @param {string[]} step
 */
export const redirectTypeOf = (step) => /** @type {'recovery' | null} */ (step[RESPOND.redirect_type] || null)

/**
 * The step that was asked for; in its place, the core tells of an error.
 * @param {string[]} step
 * @param {number} kind of STEP
 * @throws {LandfallError}
 */
export const expect = (step, kind) => {
  if (Number(step[0]) === kind) return step
  throw toError(codeOf(step) || 'internal_error', field(step, RESPOND.parameter))
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
