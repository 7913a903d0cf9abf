/** A provider that Landfall knows by name: its servers, and whether the app signs people in there. */
import { PROVIDERS } from '../generated/providers.js'

/** @typedef {import('../generated/providers.js').ProviderRow} Row */
/** @typedef {import('./findings.js').Findings} Findings */
/** @typedef {import('./client.js').Settings} Settings */

/**
 * @param {string} provider
 * @returns {Row | undefined}
 */
export const findRow = (provider) => PROVIDERS.find(({ names }) => names.includes(provider))

/** The places of addresses that options fill. The app names no host that gets a secret: the person does. */
const TENANT = '{tenant}'
const HOST = '{host}'

/**
 * An address of a row with its places filled.
 * @param {string} address
 * @param {{ tenant?: string | undefined, client: Record<string, string> }} settings
 */
export const fillPlaces = (address, { tenant, client: { host = '' } }) =>
  address.replace(TENANT, tenant || 'common').replace(HOST, host)

/**
 * The issuer that an answer of the provider names; empty where that is not known before somebody signs in.
 * @param {{ issuer: string, row?: Row | undefined }} settings
 */
export const issuerOf = ({ issuer, row }) => issuer || (row && !row.issuer.includes('{') ? row.issuer : '')

/**
 * The tenant that an app names to the provider; empty where the row has none.
 * @param {Row} row
 * @param {URL} endpoint to which the app sends people
 */
export const readTenant = ({ authorizationEndpoint }, { origin, pathname }) => {
  // The path of an address has no braces: where the row has no place for a tenant, no address ends like this.
  const [before = '', after = TENANT] = authorizationEndpoint.split(TENANT)
  const address = origin + pathname
  const isThere = address.startsWith(before) && address.endsWith(after)
  const tenant = isThere ? address.slice(before.length, address.length - after.length) : ''
  return /^[\w.-]+$/.test(tenant) ? tenant : ''
}

/** The options that say which server a row is, where it has none of its own. */
const PLACES = /** @type {const} */ ([
  ['issuer', 'give --issuer, or set '],
  ['host', 'set '],
])

/**
 * Looks at which servers a row gives, and whether the app signs people in there. It is silent about an app that does so
 * elsewhere, unless there is a client to try: a client goes to no server that the app does not use.
 * @param {Findings} findings
 * @param {import('./app.js').App} app
 * @param {Row} row
 * @param {Settings} settings
 * @param {URL} [endpoint] to which the app sends people
 * @returns {boolean} whether the row's servers may be asked
 */
export const checkRow = (findings, { provider }, row, settings, endpoint) => {
  const { issuer, client, variables } = settings
  const { host } = client
  const values = { issuer, host }
  const missing = PLACES.find(([option]) => option in row.options && !values[option])
  if (missing) {
    const [option, how] = missing
    const detail = `The doctor did not ask it: ${how}${variables[option]}.`
    findings.unsure('row', `${provider} stands for a server of ${row.title}`, detail)
    return false
  }
  const address = fillPlaces(row.authorizationEndpoint, settings)
  const title = `${provider} stands for ${row.title} at ${address || issuerOf(settings)}`
  const told = endpoint && endpoint.origin + endpoint.pathname
  if (!address || told === address) {
    findings.fine('row', title)
    return true
  }
  if (Object.values(client).every(Boolean))
    findings.unsure(
      'row',
      title,
      `The app sends people to ${told}. The doctor asks neither server: give --issuer or --token-endpoint.`,
    )
  return false
}
