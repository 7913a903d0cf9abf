/** What a person gives to the doctor: arguments, and the environment. */
import { LandfallError } from '../error.js'
import { Usage } from '../terminal/usage.js'
import { Client, variablesOf } from './client.js'
import { findRow } from './row.js'

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./client.js').Settings} Settings */

const { process } = /** @type {any} */ (globalThis)

export const HELP = `npx landfall doctor <url> [options]

<url> is the app's address with its basePath, https://app.example/shop, or with --key a Supabase project's.

  --provider <name>       the provider to sign in with   bitbucket
  --supabase-url <url>    the app's Supabase project     SUPABASE_URL
  --key <key>             its publishable (anon) key     SUPABASE_ANON_KEY
  --issuer <url>          a direct provider's issuer     none
  --token-endpoint <url>  of one without metadata        none
  --sign-in <path>        where a sign-in starts         /auth/sign-in
  --callback <path>       where its callbacks begin      /auth/callback
  --error <path>          its error page                 /auth/auth-code-error
  --json                  only the findings, as JSON

A direct provider's client is in the environment: GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET for --provider github.
A provider that Landfall knows by name needs no --issuer and no --token-endpoint.

Exit code: 0 if everything is fine, 1 if something is wrong, 2 for a mistake in the command.
`

const DEFAULTS = {
  provider: 'bitbucket',
  'supabase-url': process.env.SUPABASE_URL ?? '',
  key: process.env.SUPABASE_ANON_KEY ?? '',
  issuer: '',
  'token-endpoint': '',
  'sign-in': '/auth/sign-in',
  callback: '/auth/callback',
  error: '/auth/auth-code-error',
}

/** @typedef {typeof DEFAULTS} Options */

/** The options that are addresses, and those that are paths of the app. */
const ADDRESSES = /** @type {const} */ (['supabase-url', 'issuer', 'token-endpoint'])
const PATHS = /** @type {const} */ (['sign-in', 'callback', 'error'])

/**
 * @param {string[]} args
 * @returns {{ url: URL, json: boolean, options: Options }}
 * @throws {Usage}
 */
export const parse = (args) => {
  const options = { ...DEFAULTS }
  let url
  let json = false
  for (let i = 0; i < args.length; i++) {
    const arg = /** @type {string} */ (args[i])
    const name = /** @type {keyof Options} */ (arg.replace(/^--/, ''))
    if (arg === '--json') json = true
    else if (arg.startsWith('--') && Object.hasOwn(DEFAULTS, name) && args[i + 1] !== undefined)
      options[name] = /** @type {string} */ (args[++i])
    else if (arg.startsWith('-')) throw new Usage(`${arg} is no option, or its value is missing`)
    else if (url) throw new Usage(`give only one address, not also ${arg}`)
    else url = arg
  }
  if (!url) throw new Usage('the address is missing')
  for (const one of [url, ...ADDRESSES.map((name) => options[name]).filter(Boolean)])
    if (!/^https?:\/\/[^/]/.test(one) || !URL.canParse(one))
      throw new Usage(`${one} is no address: it begins with https:// or http://`)
  for (const name of PATHS)
    if (!options[name].startsWith('/')) throw new Usage(`--${name} is a path: ${options[name]}`)
  if (options.issuer && options['token-endpoint'])
    throw new Usage('give --issuer or --token-endpoint: metadata name the endpoint')
  return { url: new URL(url), json, options }
}

/** What every client has, and the options of a row that are no part of it. */
const CLIENT = ['clientId', 'clientSecret']
const PLACES = ['issuer', 'host']

/**
 * The settings of a direct provider. Undefined where nobody gives its address, and Landfall does not know its name.
 * @param {App} app
 * @param {Options} options
 * @returns {Settings | undefined}
 * @throws {Usage}
 */
export const readSettings = (app, { issuer, 'token-endpoint': tokenEndpoint }) => {
  const known = findRow(app.provider)
  const row = issuer || tokenEndpoint ? undefined : known
  if (!issuer && !tokenEndpoint && !row) return undefined
  try {
    const variables = variablesOf(app.provider, known ? Object.keys(known.options) : CLIENT)
    const read = (/** @type {string} */ option) => process.env[variables[option] ?? ''] ?? ''
    const client = Object.keys(variables).filter((option) =>
      row ? option !== 'issuer' : !PLACES.includes(option),
    )
    const settings = {
      issuer: row ? read('issuer') : issuer,
      tokenEndpoint,
      row,
      client: Object.fromEntries(client.map((option) => [option, read(option)])),
      variables,
    }
    // It checks the settings too. Those of a row count once the app is known to sign in there.
    return (row || new Client(app, settings, true)) && settings
  } catch (error) {
    if (!(error instanceof LandfallError)) throw error
    throw new Usage(error.message.replace(/^landfall: /, ''))
  }
}
