import { LandfallError } from './error.js'
import * as RESPOND from './generated/messages/respond.js'
import * as SESSION from './generated/messages/session.js'

/** @typedef {import('./generated/errors.js').ErrorCode} ErrorCode */

/**
 * A field of a message.
 * @param {string[]} step
 * @param {number} index
 */
export const field = (step, index) => /** @type {string} */ (step[index])

/**
 * The error that a RESPOND step tells of. Of an argument, it names the one at fault.
 * @param {string[]} step
 * @param {unknown} [cause] the value that a fetch threw
 */
export const toError = (step, cause) => {
  const parameter = field(step, RESPOND.parameter)
  const where = step[RESPOND.code] === 'argument_invalid' ? ` It is \`${parameter}\`.` : ''
  const error = new LandfallError(
    /** @type {ErrorCode} */ (step[RESPOND.code]),
    field(step, RESPOND.message) + where,
    parameter,
  )
  if (cause !== undefined) error.cause = cause
  return error
}

/**
 * The values of a RESPOND's Set-Cookie headers.
 * @param {string[]} step
 */
export const setCookiesOf = (step) =>
  step.filter(
    // A value comes after its name. Before the headers the remainder is never 1: it is negative or 0.
    (_, i) => (i - RESPOND.header_0) % 2 === 1 && step[i - 1] === 'set-cookie',
  )

/**
 * The purpose of the session of a SESSION step beside signing in; null when there is no other purpose.
 * @param {string[]} step
 */
export const redirectTypeOf = (step) =>
  /** @type {import('./types.js').RedirectType} */ (step[SESSION.redirect_type] || null)

/**
 * The answer that was asked for; in its place, the core tells of an error.
 * @param {string[]} step
 * @param {number} kind of STEP
 * @throws {LandfallError}
 */
export const expect = (step, kind) => {
  if (Number(step[0]) !== kind) throw toError(step)
  return step
}
