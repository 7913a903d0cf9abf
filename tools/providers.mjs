// providers.def as objects: the providers that Landfall knows by name, and what their rows mean.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readRows } from './def.mjs'
import { root, Stop } from './run.mjs'

/** The table; its rows in order. */
const TABLE = ['wasm/rules/providers.def', 'wasm/rules/own_servers.def']

/** The columns, in the order of the table's header. */
const COLUMNS = [
  'issuer',
  'also_issuer',
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'userinfo_endpoint',
  'emails_endpoint',
  'revocation_endpoint',
  'end_session_endpoint',
  'scope',
  'alg',
  'traits',
  'headers',
  'params',
  'allow',
  'profile',
  'emails',
]

/**
 * @typedef {object} Provider
 * @property {string} name the row's own, the first of its names
 * @property {string[]} names what `providers` and `use` may say
 * @property {string} title the provider's spelling of itself
 * @property {string} button the words of its button
 * @property {Record<string, string>} columns by name; empty where the row leaves one out
 */

const words = (text) => text.split(' ').filter(Boolean)

/** The rows of providers.def, in order. @param {string} source @returns {Provider[]} */
export const parseProviders = (source) => {
  /** @type {Provider[]} */
  const providers = []
  for (const [macro, ...cells] of readRows(source, 'PROVIDER|COLUMN', 'providers.def')) {
    if (macro === 'PROVIDER') {
      const [names, title, button] = cells
      if (cells.length !== 3 || cells.includes('')) throw new Stop(`providers.def: ${names} is no row`)
      const columns = Object.fromEntries(COLUMNS.map((column) => [column, '']))
      providers.push({ name: words(names)[0], names: words(names), title, button, columns })
      continue
    }
    const [column, value] = cells
    const provider = providers.at(-1)
    if (!provider) throw new Stop(`providers.def: ${column} stands before the first row`)
    if (!COLUMNS.includes(column)) throw new Stop(`providers.def: ${provider.name} has a column ${column}`)
    if (provider.columns[column]) throw new Stop(`providers.def: ${provider.name} has ${column} twice`)
    provider.columns[column] = value
  }
  return providers
}

/** The table of this repository. */
export const readProviders = () =>
  parseProviders(TABLE.map((path) => readFileSync(join(root, path), 'utf8')).join(''))

/** @param {Provider} provider @param {string} trait */
export const hasTrait = ({ columns }, trait) => words(columns.traits).includes(trait)

/** Whether it has servers of its own, and needs no issuer in the options. @param {Provider} provider */
export const hasServers = ({ columns }) => Boolean(columns.issuer || columns.token_endpoint)

/** Whether its addresses come from metadata. @param {Provider} provider */
export const hasMetadata = ({ columns }) => !columns.token_endpoint

/** Whether it has an ID Token by default. @param {Provider} provider */
export const isOpenid = ({ columns }) => words(columns.scope).includes('openid')

/** @param {Provider} provider */
export const hasPkce = (provider) => !hasTrait(provider, 'no_pkce')

/** @param {Provider} provider */
export const hasNonce = (provider) => isOpenid(provider) && !hasTrait(provider, 'no_nonce')

/** How a client with a secret names itself. Nothing where the metadata says it. @param {Provider} provider */
export const authenticationOf = (provider) => {
  if (hasMetadata(provider)) return ''
  return hasTrait(provider, 'post') ? 'client_secret_post' : 'client_secret_basic'
}

/** The parameters that a sign-in may add. @param {Provider} provider */
export const allowedOf = ({ columns }) => ['login_hint', ...words(columns.allow)]

/** The parameters of every authorization request. @param {Provider} provider @returns {[string, string][]} */
export const paramsOf = ({ columns }) =>
  columns.params
    .split('&')
    .filter(Boolean)
    .map((param) => [param.slice(0, param.indexOf('=')), param.slice(param.indexOf('=') + 1)])

/** Fields of each request to it. @param {Provider} provider @returns {[string, string][]} */
export const headersOf = ({ columns }) =>
  columns.headers
    .split('|')
    .filter(Boolean)
    .map((field) => [field.slice(0, field.indexOf(':')), field.slice(field.indexOf(':') + 1).trim()])

/** The options that it cannot do without. @param {Provider} provider */
export const optionsOf = (provider) => [
  ...(hasServers(provider) ? [] : ['issuer']),
  ...(provider.columns.token_endpoint.includes('{host}') ? ['host'] : []),
  'clientId',
  ...(hasTrait(provider, 'sign') ? ['teamId', 'keyId', 'privateKey'] : ['clientSecret']),
]

/**
 * The environment variable of an option, as `auth.check()` guesses it.
 * @param {Provider} provider @param {string} option
 */
export const variableOf = ({ name }, option) =>
  `${name}_${option.replace(/[A-Z]/g, (letter) => `_${letter}`)}`.toUpperCase()

/** The OpenID Connect names of the members, as profile.cpp has them. */
const MEMBERS = {
  sub: 'sub',
  name: 'name',
  email: 'email',
  email_verified: 'email_verified',
  picture: 'picture',
  username: 'preferred_username|nickname',
  locale: 'locale',
}

/**
 * The places of each member of its profile, in the language of profile.hpp.
 * @param {Provider} provider @returns {Record<string, string>}
 */
export const profileOf = ({ columns }) => {
  const own = words(columns.profile).map((source) => {
    const at = source.indexOf('=')
    return [source.slice(0, at), source.slice(at + 1)]
  })
  return { ...MEMBERS, ...Object.fromEntries(own) }
}
