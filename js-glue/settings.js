/** What the app has to set, and what is not set yet. */
import { ERRORS } from './generated/errors.js'

/**
 * The variables that the documentation names for options that have no provider.
 * @type {Record<string, string>}
 */
const VARIABLES = {
  secret: 'AUTH_SECRET',
  origin: 'APP_ORIGIN',
  'supabase.url': 'SUPABASE_URL',
  'supabase.key': 'SUPABASE_ANON_KEY',
}

/** Options that are the app's code: one without a value is undefined where createAuth reads it. */
const HOOKS = ['onSession', 'onSignOut']

/** The codes of what an option without a value blocks; `parameter` names the option. */
const CODES = ['config_missing', 'provider_not_configured']

/**
 * The environment variable that an option most likely comes from: `providers.github.clientSecret` from
 * GITHUB_CLIENT_SECRET; empty for a hook.
 * @param {string} option its path
 */
export const variableOf = (option) => VARIABLES[option] ?? (HOOKS.includes(option) ? '' : toVariable(option))

/** @param {string} option */
const toVariable = (option) =>
  option
    .replace(/^providers\./, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/\W/g, '_')
    .toUpperCase()

/**
 * What is not set, where a code says that something is not.
 * @param {string} code
 * @param {string} parameter
 * @returns {import('./types.js').NotSet | undefined}
 */
export const toNotSet = (code, parameter) =>
  CODES.includes(code) && parameter !== ''
    ? { option: parameter, variable: variableOf(parameter) }
    : undefined

/**
 * A code's sentence for the people who run the app: it names what is not set.
 * @param {string} code
 * @param {string} parameter
 */
export const sentenceOf = (code, parameter) => {
  const notSet = toNotSet(code, parameter)
  if (!notSet) return ERRORS[code]?.message
  const { option, variable } = notSet
  return variable === ''
    ? `\`${option}\` is undefined where createAuth reads it: is it exported, and imported in time?`
    : `\`${option}\` has no value: is the environment variable ${variable} set?`
}
