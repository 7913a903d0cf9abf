/** A Supabase project from outside: whether it is there, its key, the provider, and where it comes back to. */
import { parseAddress } from './address.js'
import { ask } from './ask.js'
import { checkClock } from './clock.js'

/** @typedef {import('./findings.js').Findings} Findings */
/** @typedef {import('./ask.js').Asked} Asked */

/**
 * @typedef {object} Project
 * @property {string} url
 * @property {string} key
 * @property {string} provider
 * @property {string} callback the app's callback, whole; empty to leave it out
 */

/**
 * The part of a settings answer that is used; undefined when the answer does not have it.
 * @param {string} text
 * @returns {Record<string, unknown> | undefined}
 */
const readExternal = (text) => {
  try {
    return JSON.parse(text).external
  } catch {
    return undefined
  }
}

/**
 * Begins a sign-in at the project.
 * @param {Project} project
 * @param {string} address
 * @returns {Promise<Asked>}
 */
const begin = ({ url, provider }, address) =>
  ask(`${url}/auth/v1/authorize?${new URLSearchParams({ provider, redirect_to: address })}`)

/**
 * Where Supabase Auth comes back to for an address: a sign-in is begun and refused in the provider's name, and where
 * that refusal is sent says it. Supabase reports no error for an address that is not allowed; it takes the Site URL.
 * @param {Project} project
 * @param {string} address
 * @returns {Promise<{ place: string, detail: string }>} an empty place where it does not say
 */
const findReturn = async (project, address) => {
  const begun = await begin(project, address)
  const state = parseAddress(begun.location)?.searchParams.get('state')
  if (!state) return { place: '', detail: `/authorize answered ${begun.status}.` }
  const refusal = new URLSearchParams({ state, error: 'access_denied', error_description: 'landfall doctor' })
  const { location, status } = await ask(`${project.url}/auth/v1/callback?${refusal}`)
  const place = parseAddress(location) ? (location.split(/[?#]/)[0] ?? '') : ''
  return { place, detail: `The refused sign-in answered ${status}.` }
}

/** An address that nobody allows, so that Supabase takes the Site URL. */
const NOWHERE = 'https://landfall-doctor.invalid/'

/**
 * Whether a sign-in can be sent to other addresses of the app.
 * @param {Findings} findings
 * @param {Project} project
 */
const checkWidth = async (findings, project) => {
  const { callback } = project
  const title = 'Supabase comes back to no other address of the app'
  const below = `${callback}/landfall-doctor`
  if ((await findReturn(project, below)).place !== below) return findings.fine('redirect-wide', title)
  const site = parseAddress((await findReturn(project, NOWHERE)).place)
  const isSite = site?.hostname === new URL(callback).hostname
  return findings.unsure(
    'redirect-wide',
    title,
    `It comes back to ${below}. ` +
      'This matters if the app has direct providers: their callbacks are such addresses. ' +
      (isSite
        ? `The Site URL ${site.href} is on this host, and Supabase allows every path of that host. ` +
          'Only a Site URL on another host changes this.'
        : `Allow only ${callback} and ${callback}?**.`),
  )
}

/**
 * @param {Findings} findings
 * @param {Project} project
 */
const checkRedirect = async (findings, project) => {
  const { callback } = project
  const title = `Supabase comes back to ${callback}`
  const { place, detail } = await findReturn(project, `${callback}?sb_flow_id=doctor`)
  if (!place) return findings.unsure('redirect', title, detail)
  if (place === callback) {
    findings.fine('redirect', title)
    return checkWidth(findings, project)
  }
  const isExact = (await findReturn(project, callback)).place === callback
  return findings.wrong(
    'redirect',
    title,
    isExact
      ? 'It does only without a query, but each sign-in has a query: the entry of the allow list matches exactly.'
      : `It goes to the Site URL ${place} instead: the address is not in the allow list.`,
    `Authentication → URL Configuration → Redirect URLs: add ${callback}?**` +
      (isExact ? ', or createAuth({ supabase: { exactRedirectTo: true } })' : ''),
  )
}

/**
 * @param {Findings} findings
 * @param {Project} project
 * @param {unknown} isOn the value in /settings, which does not list every provider
 */
const checkProvider = async (findings, project, isOn) => {
  const { provider, callback } = project
  const title = `${provider} is switched on`
  const fix = `Authentication → Sign In / Providers → ${provider}: enable it.`
  if (typeof isOn === 'boolean') {
    findings.check(isOn, 'provider', title, '/settings says that it is off.', fix)
    return isOn
  }
  const { status, text } = await begin(project, callback)
  const isRefused = status === 400 && text.includes('Unsupported provider')
  if (status === 302 || isRefused)
    findings.check(status === 302, 'provider', title, '/authorize says that it is missing or off.', fix)
  else findings.unsure('provider', title, `/settings does not list it, and /authorize answered ${status}.`)
  return !isRefused
}

/**
 * Looks at a Supabase project from outside.
 * @param {Findings} findings
 * @param {Project} project
 */
export const checkProject = async (findings, project) => {
  const { url, key } = project
  const settings = await ask(`${url}/auth/v1/settings`, { apikey: key })
  const isRefused = settings.status === 401 || settings.status === 403
  if (settings.status !== 200 && !isRefused)
    return findings.wrong(
      'project',
      `${url} answers`,
      settings.status ? `/settings answered ${settings.status}.` : `${settings.problem}.`,
      'Check SUPABASE_URL. A paused project does not answer: restore it in the dashboard.',
    )
  findings.fine('project', `${url} answers`)
  findings.check(
    !isRefused,
    'key',
    'The key is this project’s',
    `/settings answered ${settings.status}.`,
    'Set SUPABASE_ANON_KEY (supabase.key) to the publishable key of Project Settings → API Keys.',
  )
  if (isRefused) return undefined
  const clockFix = 'Synchronise this machine’s clock (NTP).'
  checkClock(findings, 'project-clock', 'Its clock and this machine’s agree', settings, clockFix)
  const isOn = await checkProvider(findings, project, readExternal(settings.text)?.[project.provider])
  if (isOn && project.callback) await checkRedirect(findings, project)
  return undefined
}
