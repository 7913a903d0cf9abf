import { SENTENCES } from './generated/sentences.js'

/** @typedef {import('./generated/errors.js').ErrorCode} ErrorCode */

/**
 * What can be wrong with an option, as the end of a sentence about it.
 * @type {Record<string, string>}
 */
const PROBLEMS = {
  unknown: 'is not an option',
  missing: 'is missing',
  type: 'has the wrong type',
  value: 'has a value that is not allowed',
  url: 'is not a complete http(s) URL without user name and fragment',
  insecure: 'has to be https; plain http is for this machine alone',
  reserved: 'is a protocol parameter that Landfall sets itself',
  too_short: 'has to have at least 32 bytes',
  json: 'The options cannot be read',
  weak:
    'is needed: the client secret has fewer than 32 bytes, and a key made of it could be guessed from one cookie. ' +
    'Set it to the output of `openssl rand -base64 32`',
  nested:
    'is the path of another route, or one of two callbacks begins with the other: providers match a redirect_uri ' +
    'by its beginning. Set another path',
}

/** The one error that Landfall throws, and only for the caller's own mistakes; `code` is a name of the error table. */
export class LandfallError extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} [message] the table's sentence unless given
   */
  constructor(code, message = SENTENCES[code] ?? code) {
    super(`landfall: ${message}`)
    this.name = 'LandfallError'
    this.code = code
  }
}

/**
 * The error for refused options.
 * @param {string} maker the function that took them
 * @param {string} parameter path of the option
 * @param {string} problem one of PROBLEMS
 * @param {string} suggestion a similar name, or empty
 */
export const configError = (maker, parameter, problem, suggestion) => {
  const what = parameter ? `\`${parameter}\` ${PROBLEMS[problem]}` : PROBLEMS[problem]
  const hint = suggestion ? `; did you mean \`${suggestion}\`?` : '.'
  return new LandfallError('config_invalid', `${maker}: ${what}${hint}`)
}
