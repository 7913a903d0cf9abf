import { ERRORS } from './generated/errors.js'

/** What can be wrong with an option, as the end of a sentence about it. @type {Record<string, string>} */
const PROBLEMS = {
  unknown: 'is not an option',
  missing: 'is missing (is its environment variable set?)',
  type: 'has the wrong type',
  value: 'has a value that is not allowed',
  url: 'is not a complete http(s) URL without user name and fragment',
  insecure: 'has to be https; plain http is for this machine alone',
  reserved: 'is a protocol parameter that Landfall sets itself',
  too_short: 'has to have at least 32 bytes',
  json: 'The options cannot be read',
}

/** The one error that Landfall throws, and only for the caller's own mistakes; `code` is a name of the error table. */
export class LandfallError extends Error {
  /** @param {string} code @param {string} [message] */
  constructor(code, message = ERRORS[code]?.message ?? code) {
    super(`landfall: ${message}`)
    this.name = 'LandfallError'
    this.code = code
  }
}

/**
 * The error for refused options. @param {string} parameter path of the option @param {string} problem @param {string} suggestion
 */
export const configError = (parameter, problem, suggestion) => {
  const what = parameter ? `\`${parameter}\` ${PROBLEMS[problem]}` : PROBLEMS[problem]
  const hint = suggestion ? `; did you mean \`${suggestion}\`?` : '.'
  return new LandfallError('config_invalid', `createAuth: ${what}${hint}`)
}
