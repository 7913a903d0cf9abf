/** The parts of an answer that come from Landfall: its error codes, and its page about settings without a value. */
import { toPublic } from './address.js'

/** @typedef {import('./findings.js').Findings} Findings */
/** @typedef {import('./ask.js').Asked} Asked */
/** @typedef {import('./app.js').App} App */

/** The codes for an option without a value. */
const NOT_SET = /^(config_missing|provider_not_configured)$/
/** How that page names options and their variables. */
const NAMED = /<code data-(option|variable)(?:="")?>([\w.-]{1,100})<\/code>/g

/**
 * The error code, in the redirect to the error page or in plain text; empty when the answer has none.
 * @param {Asked} asked
 */
export const codeOf = ({ location, text }) =>
  /[?&]error=(\w{1,100})/.exec(location)?.[1] ?? /^(\w{1,100}): /.exec(text)?.[1] ?? ''

/**
 * Whether Landfall may have given the answer to a sign-in: a redirect, a code, or its page about a setting.
 * @param {Asked} asked
 */
export const hasSaid = (asked) =>
  asked.status === 303 || codeOf(asked) !== '' || (asked.status === 500 && asked.text.match(NAMED) !== null)

/**
 * The answer of a route, as a sentence.
 * @param {string} title
 * @param {Asked} asked
 */
export const seen = (title, { status, problem }) =>
  status ? `${title} answered ${status}.` : `${title} did not answer: ${problem}.`

/**
 * The same where Landfall may have answered.
 * @param {string} title
 * @param {Asked} asked
 */
export const said = (title, asked) => (codeOf(asked) ? `Landfall says ${codeOf(asked)}.` : seen(title, asked))

/**
 * The change to make when a route does not answer as it should.
 * @param {App} app
 * @param {string} code
 * @param {string} mount the change when the answer has no code
 */
export const fixFor = ({ origin, provider }, code, mount) => {
  if (code === 'host_untrusted' || code === 'origin_required')
    return `createAuth({ origin: '${toPublic(origin)}' })`
  if (code === 'provider_unknown')
    return `createAuth({ providers: { ${provider}: … } }), or name an existing one: --provider <name>`
  return code ? 'createAuth({ onEvent: console.log }) writes the details to the app’s log.' : mount
}

/**
 * Finds options that are not set; whether there are any. On this machine the app's page names them, elsewhere its log
 * does.
 * @param {Findings} findings
 * @param {Asked} asked
 */
export const findMissing = (findings, asked) => {
  /** @type {string[]} */
  const options = []
  /** @type {string[]} */
  const variables = []
  for (const [, kind, name = ''] of asked.text.matchAll(NAMED)) {
    if (kind === 'option') options.push(name)
    else variables.push(name)
  }
  const isPage = asked.status === 500 && options.length > 0
  if (!isPage && !NOT_SET.test(codeOf(asked))) return false
  findings.wrong(
    'settings',
    'Every setting has a value',
    isPage ? `${[...options, ...variables].join(', ')}: not set.` : `Landfall says ${codeOf(asked)}.`,
    variables.length > 0
      ? `Set ${variables.join(', ')} in the app’s environment.`
      : 'Set it in the app’s environment: auth.check() and the app’s log name it.',
  )
  return true
}
