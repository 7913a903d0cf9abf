/** A sign-in through Supabase that the doctor begins, and refuses in the provider's name to see where it ends. */
import { parseAddress } from './address.js'
import { ask } from './ask.js'
import { findFailure, SERVER_FAILS } from './silence.js'

/** @typedef {import('./ask.js').Asked} Asked */
/** @typedef {import('./project.js').Project} Project */

/**
 * Where a sign-in ended.
 * @typedef {object} Ending
 * @property {string} place an address without a query; empty where the server does not say
 * @property {string} detail
 * @property {string} [fix] the change to make where the server fails
 */

/**
 * Begins a sign-in at the project.
 * @param {Project} project
 * @param {string} address
 * @returns {Promise<Asked>}
 */
export const begin = ({ url, provider }, address) =>
  ask(`${url}/auth/v1/authorize?${new URLSearchParams({ provider, redirect_to: address })}`)

/**
 * The error that an address carries.
 * @param {URL} address
 */
const errorOf = ({ searchParams }) => {
  const parts = ['error', 'error_code', 'error_description'].map((name) => searchParams.get(name))
  return { error: parts[0] ?? '', words: parts.filter(Boolean).join(', ') }
}

/**
 * Refuses a sign-in in the provider's name.
 * @param {Project} project
 * @param {string} state
 */
const refuse = ({ url }, state) => {
  const refusal = { state, error: 'access_denied', error_description: 'landfall doctor' }
  return ask(`${url}/auth/v1/callback?${new URLSearchParams(refusal)}`)
}

/**
 * An address without query and fragment.
 * @param {string} location
 */
const placeOf = (location) => parseAddress(location.split(/[?#]/)[0] ?? '')

/**
 * Where Supabase Auth comes back to for an address. It reports no error for an address that is not allowed; it takes
 * the Site URL.
 * @param {Project} project
 * @param {string} address
 * @returns {Promise<Ending>}
 */
export const findReturn = async (project, address) => {
  const begun = await begin(project, address)
  const state = parseAddress(begun.location)?.searchParams.get('state')
  if (!state)
    return { place: '', detail: `/authorize answered ${begun.status}.`, ...findFailure('/authorize', begun) }
  const refused = await refuse(project, state)
  const detail = `The refused sign-in answered ${refused.status}.`
  const target = parseAddress(refused.location)
  if (!target) return { place: '', detail, ...findFailure('/callback', refused) }
  const { error, words } = errorOf(target)
  // It does not speak for the provider. It may then go to the Site URL, so the place says nothing of the app's address.
  if (error !== '' && error !== 'access_denied')
    return {
      place: '',
      detail: `Supabase Auth ends the sign-in itself: ${words}.`,
      ...(error === 'server_error' && { fix: SERVER_FAILS }),
    }
  return { place: placeOf(refused.location)?.href ?? '', detail }
}

/**
 * The Site URL: Supabase Auth takes it for a sign-in that it does not know. Undefined where it does not say.
 * @param {Project} project
 */
export const findSiteUrl = async (project) => {
  const { location } = await refuse(project, 'landfall-doctor')
  return placeOf(location)
}
