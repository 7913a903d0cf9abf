/** Where a provider comes back to after a sign-in through Supabase: to Supabase Auth, or nobody is signed in. */
import { isTwin, parseAddress } from './address.js'

/** @typedef {import('./findings.js').Findings} Findings */
/** @typedef {import('./ask.js').Asked} Asked */
/** @typedef {import('./project.js').Project} Project */

/**
 * Whether an address can be the project's callback by another name: a custom domain, or another name of this machine.
 * @param {URL} told
 * @param {URL} own
 */
const isOtherName = (told, own) =>
  told.pathname === own.pathname && (told.protocol === 'https:' || isTwin(told, own))

/**
 * The Auth server's variable for the address.
 * @param {string} provider
 */
const variableOf = (provider) => `GOTRUE_EXTERNAL_${provider.toUpperCase()}_REDIRECT_URI`

/**
 * Looks at the redirect_uri of the authorization request that Supabase made. It says nothing where there is none.
 * @param {Findings} findings
 * @param {Project} project
 * @param {Asked} begun
 */
export const checkProviderReturn = (findings, { url, provider }, begun) => {
  const given = parseAddress(begun.location)?.searchParams.get('redirect_uri')
  if (!given) return undefined
  const own = new URL(`${url}/auth/v1/callback`)
  const title = `${provider} comes back to ${own.href}`
  if (given === own.href) return findings.fine('provider-return', title)
  const told = parseAddress(given)
  if (told && isOtherName(told, own))
    return findings.unsure(
      'provider-return',
      title,
      `Supabase names ${given} to ${provider}. If this is the project by another name, such as a custom domain, ` +
        `register it at ${provider}. Otherwise change ${variableOf(provider)} at the Auth server.`,
    )
  return findings.wrong(
    'provider-return',
    title,
    `Supabase names ${given} to ${provider}: no sign-in comes back to the project.`,
    `At the Auth server, set ${variableOf(provider)} to ${own.href}, and unset GOTRUE_EXTERNAL_REDIRECTURL.`,
  )
}
