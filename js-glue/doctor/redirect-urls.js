/** Where Supabase Auth comes back to after a sign-in: redirect URLs, the Site URL, and what replaces both. */
import { isTwin } from './address.js'
import { findReturn, findSiteUrl } from './supabase-sign-in.js'

/** @typedef {import('./findings.js').Findings} Findings */
/** @typedef {import('./project.js').Project} Project */

/**
 * Whether a sign-in can be sent to other addresses of the app.
 * @param {Findings} findings
 * @param {Project} project
 * @param {URL} callback
 * @param {URL | undefined} site
 */
const checkWidth = async (findings, project, { href, hostname }, site) => {
  const title = 'Supabase comes back to no other address of the app'
  const below = `${href}/landfall-doctor`
  if ((await findReturn(project, below)).place !== below) return findings.fine('redirect-wide', title)
  return findings.unsure(
    'redirect-wide',
    title,
    `It comes back to ${below}. ` +
      'This matters if the app has direct providers: their callbacks are such addresses. ' +
      (site?.hostname === hostname
        ? `The Site URL ${site.href} is on this host, and Supabase allows every path of that host. ` +
          'Only a Site URL on another host changes this.'
        : `Allow only ${href} and ${href}?**.`),
  )
}

/**
 * Whether links of e-mails and sign-ins that fail end where the app's cookies are.
 * @param {Findings} findings
 * @param {URL} callback
 * @param {URL | undefined} site
 */
const checkSiteUrl = (findings, callback, site) => {
  if (!site || !isTwin(site, callback)) return
  findings.wrong(
    'site-url',
    'The Site URL has the host of the app',
    `The Site URL is ${site.href}: browsers do not send the cookies of ${callback.hostname} to ${site.hostname}.`,
    `Authentication → URL Configuration → Site URL: ${callback.origin}. Or open the app at ${site.origin}`,
  )
}

/** @param {URL} callback */
const allow = ({ href }) => `Authentication → URL Configuration → Redirect URLs: add ${href}?**`

/**
 * Why Supabase goes elsewhere, and the change to make.
 * @param {URL} callback
 * @param {string} place
 * @param {URL | undefined} site
 */
const explain = (callback, place, site) => {
  if (site && place !== site.href)
    return {
      detail: `It goes to ${place}, for every address that an app names.`,
      fix: 'Unset GOTRUE_EXTERNAL_REDIRECTURL at the Auth server: it replaces the address of every app.',
    }
  const isAway = site && isTwin(site, callback)
  return {
    detail:
      `It goes to the Site URL ${place} instead: the address is not in the allow list.` +
      (isAway ? ` Browsers do not send the cookies of ${callback.hostname} to ${site.hostname}.` : ''),
    fix: isAway ? `Open the app at ${site.origin}. Or ${allow(callback)}` : allow(callback),
  }
}

/**
 * @param {Findings} findings
 * @param {Project} project
 */
export const checkRedirect = async (findings, project) => {
  const { redirectTo, isTold } = project
  const callback = new URL(redirectTo.split('?')[0] ?? '')
  const title = `Supabase comes back to ${callback.href}`
  const { place, detail, fix } = await findReturn(project, redirectTo)
  if (fix) return findings.wrong('redirect', title, detail, fix)
  if (!place) return findings.unsure('redirect', title, detail)
  const site = await findSiteUrl(project)
  if (place === callback.href) {
    findings.fine('redirect', title)
    checkSiteUrl(findings, callback, site)
    return checkWidth(findings, project, callback, site)
  }
  const exact = await findReturn(project, callback.href)
  if (exact.place !== callback.href) {
    const found = explain(callback, place, site)
    return findings.wrong('redirect', title, found.detail, found.fix)
  }
  const rule = 'It does only without a query: the entry of the allow list matches exactly.'
  if (!isTold) return findings.unsure('redirect', title, `${rule} exactRedirectTo: true is necessary.`)
  return findings.wrong(
    'redirect',
    title,
    `${rule} The app’s sign-ins have a query.`,
    `${allow(callback)}, or createAuth({ supabase: { exactRedirectTo: true } })`,
  )
}
