import { SENTENCES } from './generated/sentences.js'

/** @typedef {import('./generated/errors.js').ErrorCode} ErrorCode */

/**
 * The problems that an option can have, each as the end of a sentence about it.
 * @type {Record<string, string>}
 */
const PROBLEMS = {
  unknown: 'is not an option',
  missing: 'is missing',
  openid:
    'is missing: the scope `openid` asks for an ID Token, and Landfall checks it with `issuer` and `jwksUri`. ' +
    'Set both next to `authorizationEndpoint`, or leave the scope out',
  type: 'has the wrong type',
  value: 'has a value that is not allowed',
  url: 'is not a complete http(s) URL without user name and fragment',
  ascii: 'has a character beyond ASCII: write its host as Punycode (`xn--…`), exactly as the provider does',
  path: 'must be an origin, without a path',
  insecure: 'must be https; plain http works only for this machine',
  reserved: 'is a protocol parameter that Landfall sets itself',
  too_short: 'must have at least 32 bytes',
  json: 'The options are not readable',
  weak:
    'is necessary: the client secret has fewer than 32 bytes, and one cookie is enough to guess such a key. ' +
    'Set it to the output of `openssl rand -base64 32`',
  private_key: 'is no private key as PKCS#8: give the content of the .p8 file',
  secret_key:
    'opens the whole project, and everybody would see it: set the publishable (anon) key instead, ' +
    'and make a new secret key',
  nested:
    'is the path of another route, or one callback begins with another: providers match only the beginning ' +
    'of a redirect_uri. Set another path',
  left_out: 'is left out of this module',
}

/**
 * The one error that Landfall throws: for a mistake of the caller, a missing random source or a broken module. `code`
 * is a name of the error table.
 */
export class LandfallError extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} [message] the table's sentence unless given
   * @param {string} [parameter]
   */
  constructor(code, message = SENTENCES[code] ?? code, parameter = '') {
    super(`landfall: ${message}`)
    this.name = 'LandfallError'
    this.code = code
    /** The parameter, the option or the claim at fault; empty for none. */
    this.parameter = parameter
    /**
     * Set-Cookie values to send all the same, from `getUser` and `getAccessToken`.
     * @type {string[]}
     */
    this.setCookie = []
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
  return new LandfallError('config_invalid', `${maker}: ${what}${hint}`, parameter)
}
