/** An app from outside: its sign-in, its callback and its error page, asked as a browser would. */
import { isLoopback, toPublic } from './address.js'
import { ask, NAVIGATION } from './ask.js'
import { checkCallback } from './callback.js'
import { checkClock } from './clock.js'
import { checkRedirectUri } from './redirect-uri.js'
import { checkSignIn, FOREIGN_NEXT } from './sign-in.js'
import { fixSilence } from './silence.js'

/** @typedef {import('./findings.js').Findings} Findings */

/**
 * The app's origin, its routes and the provider to sign in with. `callback` is the path of Supabase's callback. The
 * callback of a direct provider is this path with the provider's name behind it.
 * @typedef {{ origin: string, signIn: string, callback: string, error: string, provider: string }} App
 */

/**
 * Looks at an app from outside.
 * @param {Findings} findings
 * @param {App} app
 * @returns {Promise<import('./sign-in.js').Started | undefined>} the sign-in that it started
 */
export const checkApp = async (findings, app) => {
  const { origin } = app
  const query = new URLSearchParams({ provider: app.provider, next: FOREIGN_NEXT })
  const asked = await ask(`${origin}${app.signIn}?${query}`, NAVIGATION)
  const title = `${origin} answers`
  if (asked.status === 0) {
    const fix = fixSilence(asked, `Start the app, or check ${origin}.`)
    findings.wrong('reachable', title, `${asked.problem}.`, fix)
    return undefined
  }
  findings.fine('reachable', title)
  findings.check(
    origin.startsWith('https:') || isLoopback(origin),
    'https',
    isLoopback(origin) ? 'On this machine, http is enough' : 'People reach it over https',
    `${origin} is plain http: others can read cookies and codes on the way.`,
    `Serve it over https, and createAuth({ origin: '${toPublic(origin)}' })`,
  )
  const clockFix = 'Synchronise the server’s clock (NTP): it decides when sign-ins and ID Tokens expire.'
  checkClock(findings, 'clock', 'Its clock is right', asked, clockFix)
  const { started, isMissing } = checkSignIn(findings, app, asked)
  // The callback would say the same of the setting.
  if (isMissing) return undefined
  if (started) await checkRedirectUri(findings, app, started)
  await checkCallback(findings, app, started)
  return started
}
