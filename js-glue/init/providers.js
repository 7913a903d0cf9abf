/** The providers that a person names on the command line. */
import { PROVIDERS, SUPABASE_PROVIDERS } from '../generated/providers.js'
import { countSlips } from '../terminal/slips.js'
import { Usage } from '../terminal/usage.js'

/** @typedef {import('../generated/providers.js').ProviderRow} Row */

/**
 * A provider of the app.
 * @typedef {object} Provider
 * @property {string} name as it stands in `?provider=`
 * @property {Row} row
 * @property {string[]} variables the environment variables of its options; without Supabase alone
 */

const NAMES = PROVIDERS.flatMap(({ names }) => names)

/**
 * The known name that a person most likely means; undefined for none.
 * @param {string} name
 */
const findNear = (name) => {
  // The longest known name has eleven letters.
  const start = name.toLowerCase().slice(0, 20)
  const all = NAMES.map((known) => ({ known, slips: countSlips(start, known) }))
  const near = all.reduce((one, other) => (other.slips < one.slips ? other : one))
  return near.slips <= Math.min(2, near.known.length - 2) ? near.known : undefined
}

/**
 * @param {string} name
 * @returns {Row}
 * @throws {Usage}
 */
const findRow = (name) => {
  const row = PROVIDERS.find(({ names }) => names.includes(name.replace(/_oidc$/, '')))
  if (row) return row
  const near = findNear(name)
  throw new Usage(
    near
      ? `${name} is no provider that Landfall knows by name: is it ${near}?`
      : `${name} is no provider that Landfall knows by name. It knows ${NAMES.join(', ')}`,
  )
}

/**
 * The name that Supabase Auth has for a provider. Of two, the one without _oidc is a retired one.
 * @param {string} name
 * @param {Row} row
 * @throws {Usage}
 */
const nameAtSupabase = (name, row) => {
  const known = [name, ...row.names]
    .flatMap((one) => [`${one}_oidc`, one])
    .find((one) => SUPABASE_PROVIDERS.includes(one))
  if (known) return known
  throw new Usage(`Supabase Auth has no provider ${row.title}: use --direct`)
}

/**
 * The providers that a person names, each once.
 * @param {string[]} wanted
 * @param {import('./arguments.js').Mode} mode
 * @returns {Provider[]}
 * @throws {Usage}
 */
export const chooseProviders = (wanted, mode) => {
  const providers = [...new Set(wanted)].map((name) => {
    const row = findRow(name)
    if (mode === 'supabase') return { name: nameAtSupabase(name, row), row, variables: [] }
    if (!row.names.includes(name)) throw new Usage(`without Supabase, ${name} is called ${row.names[0]}`)
    const variables = Object.values(row.options).map((end) => `${name.toUpperCase()}_${end}`)
    return { name, row, variables }
  })
  for (const { name, row } of providers) {
    const other = providers.find((one) => one.row === row && one.name !== name)
    if (other) throw new Usage(`${name} and ${other.name} are one provider: give one of the names`)
  }
  return [...new Map(providers.map((one) => [one.name, one])).values()]
}
