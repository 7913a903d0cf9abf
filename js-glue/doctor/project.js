import { ask } from './ask.js'

/** @typedef {import('./findings.js').Findings} Findings */

const MAX_SKEW_SECONDS = 60

/**
 * @typedef {{ url: string, key: string, provider: string, callback: string }} Project `callback`: the app's callback, whole; empty to
 *   leave it out
 */

/** @param {string} text @returns {any} */
const parse = (text) => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Whether Supabase Auth comes back to an address: a sign-in is begun and refused in the provider's name, and where that refusal is sent says
 * it. Supabase reports no error for an address that is not allowed; it takes the Site URL.
 * @param {Findings} findings @param {Project} project @param {string} address
 */
const checkRedirect = async (findings, { url, provider }, address) => {
  const title = `Supabase comes back to ${address}`
  const query = new URLSearchParams({ provider, redirect_to: address })
  const begun = await ask(`${url}/auth/v1/authorize?${query}`)
  const state = /^https?:/.test(begun.location)
    ? new URL(begun.location).searchParams.get('state')
    : undefined
  if (!state) return findings.unsure('redirect', title, `/authorize answered ${begun.status}.`)
  const refusal = new URLSearchParams({ state, error: 'access_denied', error_description: 'landfall doctor' })
  const { location, status } = await ask(`${url}/auth/v1/callback?${refusal}`)
  if (!/^https?:/.test(location))
    return findings.unsure('redirect', title, `The refused sign-in answered ${status}.`)
  const [got = ''] = location.split(/[?#]/)
  const [wanted = ''] = address.split('?')
  return findings.check(
    got === wanted,
    'redirect',
    title,
    `It goes to ${got} instead, the Site URL: the address is not in the allow list.`,
    `Authentication → URL Configuration → Redirect URLs: add ${wanted}?**`,
  )
}

/** Looks at a Supabase project from outside. @param {Findings} findings @param {Project} project */
export const checkProject = async (findings, project) => {
  const { url, key, provider } = project
  const settings = await ask(`${url}/auth/v1/settings`, { apikey: key })
  if (settings.status === 0)
    return findings.wrong(
      'project',
      `${url} answers`,
      settings.problem,
      'Check SUPABASE_URL; a project that is paused does not answer.',
    )
  findings.check(
    settings.status !== 401,
    'key',
    'The key is this project’s',
    `/settings answered ${settings.status}.`,
    'Copy the publishable (anon) key from Project Settings → API Keys.',
  )
  if (settings.status === 401) return undefined
  if (Math.abs(settings.skew) > MAX_SKEW_SECONDS)
    findings.wrong(
      'project-clock',
      'Its clock and this machine’s agree',
      `They are ${settings.skew} seconds apart.`,
      'Synchronise this machine’s clock (NTP).',
    )
  const external = parse(settings.text)?.external ?? {}
  if (external[provider] === undefined)
    findings.unsure(
      'provider',
      `${provider} is switched on`,
      '/settings does not tell of it; custom providers are not listed.',
    )
  else
    findings.check(
      external[provider] === true,
      'provider',
      `${provider} is switched on`,
      '/settings says that it is off.',
      `Authentication → Sign In / Providers → ${provider}: enable it.`,
    )
  if (project.callback && external[provider] !== false)
    await checkRedirect(findings, project, `${project.callback}?sb_flow_id=doctor`)
  return undefined
}
