/** A Supabase project from outside: whether it is there, its key, and the provider. */
import { ask, readMember } from './ask.js'
import { checkClock } from './clock.js'
import { seen } from './landfall.js'
import { checkProviderReturn } from './provider-return.js'
import { checkRedirect } from './redirect-urls.js'
import { findSecret } from './secret-key.js'
import { findFailure, fixSilence, SERVER_FAILS } from './silence.js'
import { begin } from './supabase-sign-in.js'

/** @typedef {import('./findings.js').Findings} Findings */
/** @typedef {import('./ask.js').Asked} Asked */

/**
 * @typedef {object} Project
 * @property {string} url
 * @property {string} key
 * @property {string} provider
 * @property {string} redirectTo where a sign-in of the app asks to come back to; empty to leave it out
 * @property {boolean} isTold whether the app itself said so
 */

/**
 * The providers in an answer of /settings; undefined for any other answer.
 * @param {string} text
 * @returns {Record<string, unknown> | undefined}
 */
const readExternal = (text) => {
  const external = readMember(text, 'external')
  return typeof external === 'object' && external !== null ? external : undefined
}

/** How gateways ask for the key that is missing. */
const NO_KEY = /\bapi[ _-]?key\b/i

/**
 * Whether an Auth server is at an address, at its own or behind a gateway that wants a key.
 * @param {string} url
 */
export const isAuthServer = async (url) => {
  const { status, text } = await ask(`${url}/auth/v1/settings`)
  return status === 401 || status === 403
    ? NO_KEY.test(text)
    : status === 200 && readExternal(text) !== undefined
}

/**
 * Whether a sign-in can start.
 * @param {Findings} findings
 * @param {Project} project
 * @param {unknown} isOn the value in /settings, which does not list every provider
 */
const checkProvider = async (findings, project, isOn) => {
  const { provider } = project
  const title = `${provider} is switched on`
  const fix = `Authentication → Sign In / Providers → ${provider}: enable it.`
  if (isOn === false) return findings.wrong('provider', title, '/settings says that it is off.', fix)
  const begun = await begin(project, project.redirectTo)
  const failure = findFailure('/authorize', begun)
  if (failure) return findings.wrong('provider', title, failure.detail, failure.fix)
  if (begun.status === 400 && begun.text.includes('Unsupported provider'))
    return findings.wrong('provider', title, '/authorize says that it is missing or off.', fix)
  if (begun.status !== 302)
    return findings.unsure(
      'provider',
      title,
      `A sign-in does not start: /authorize answered ${begun.status}.`,
    )
  findings.fine('provider', title)
  checkProviderReturn(findings, project, begun)
  if (project.redirectTo) await checkRedirect(findings, project)
  return undefined
}

const KEY_TITLE = 'The key is this project’s'
const KEY_FIX = 'Set SUPABASE_ANON_KEY (supabase.key) to the publishable key of Project Settings → API Keys.'
/** The characters of a key, which is the value of a header. */
const KEY = /^[!-~]+$/

/** The status of a project that Supabase paused. */
const PAUSED = 540

/**
 * The change to make where /settings is no answer of an Auth server.
 * @param {Asked} settings
 */
const fixSettings = (settings) =>
  settings.status >= 500 && settings.status !== PAUSED
    ? SERVER_FAILS
    : fixSilence(
        settings,
        'Check SUPABASE_URL. A paused project does not answer: restore it in the dashboard.',
      )

/**
 * Looks at a Supabase project from outside.
 * @param {Findings} findings
 * @param {Project} project
 */
export const checkProject = async (findings, project) => {
  const { url, key } = project
  const secret = findSecret(key)
  if (secret)
    return findings.wrong(
      'key-secret',
      'The key is one that browsers may have',
      `It is a ${secret} key, which opens the whole project. The doctor sent it to nobody.`,
      `${KEY_FIX} If a page or a repository has the secret one, replace it there.`,
    )
  if (!KEY.test(key))
    return findings.wrong(
      'key',
      KEY_TITLE,
      'It has a space, a line break or another character that no key has.',
      KEY_FIX,
    )
  const settings = await ask(`${url}/auth/v1/settings`, { apikey: key })
  const isRefused = settings.status === 401 || settings.status === 403
  const external = readExternal(settings.text)
  if (!isRefused && (settings.status !== 200 || !external))
    return findings.wrong(
      'project',
      `${url} answers`,
      settings.status === 200 ? '/settings is no answer of Supabase Auth.' : seen('/settings', settings),
      fixSettings(settings),
    )
  findings.fine('project', `${url} answers`)
  findings.check(!isRefused, 'key', KEY_TITLE, `/settings answered ${settings.status}.`, KEY_FIX)
  if (isRefused) return undefined
  const clockFix = 'Synchronise this machine’s clock (NTP).'
  checkClock(findings, 'project-clock', 'Its clock and this machine’s agree', settings, clockFix)
  return checkProvider(findings, project, external?.[project.provider])
}
