/** The callback route, and the page on which a failed sign-in ends. */
import { parseAddress } from './address.js'
import { ask, NAVIGATION } from './ask.js'
import { codeOf, findMissing, fixFor, said, seen } from './landfall.js'
import { checkPolicy } from './policy.js'
import { callbackOf, checkCache } from './sign-in.js'

/** @typedef {import('./findings.js').Findings} Findings */
/** @typedef {import('./ask.js').Asked} Asked */
/** @typedef {import('./app.js').App} App */
/** @typedef {import('./sign-in.js').Started} Started */

/**
 * Whether the callback answers there.
 * @param {Asked} bare the answer to one without any parameter
 */
const isCallback = (bare) =>
  bare.status === 303 ? codeOf(bare) !== '' : bare.status === 200 && bare.text.includes('response_missing')

/**
 * Whether Landfall answers there, for a provider or in general.
 * @param {Asked} bare
 */
const isLandfall = (bare) => isCallback(bare) || codeOf(bare) !== ''

/**
 * Asks the path that a started sign-in comes back to. Without one, the callback may be a direct provider's or
 * Supabase's.
 * @param {App} app
 * @param {Started | undefined} started
 */
const findCallback = async (app, started) => {
  const askPath = async (/** @type {string} */ path) => ({
    path,
    bare: await ask(app.origin + path, NAVIGATION),
  })
  const told = started && parseAddress(started.told)?.pathname
  if (told) return askPath(told)
  const direct = await askPath(callbackOf(app, true))
  const isOwn = isLandfall(direct.bare) && codeOf(direct.bare) !== 'callback_unknown'
  if (isOwn) return direct
  const shared = await askPath(callbackOf(app, false))
  return isLandfall(shared.bare) || !isLandfall(direct.bare) ? shared : direct
}

/**
 * Whether people may copy a text that a server named into a shell.
 * @param {string} text
 */
const isForShell = (text) => /^[\w./~-]{1,200}$/.test(text)

/**
 * The reason why the callback that answers is not the intended one, and the fix; undefined when it is.
 * @param {App} app
 * @param {Started} started
 * @param {string} path
 * @param {Asked} bare
 */
const findOther = (app, { isDirect }, path, bare) => {
  const own = callbackOf(app, isDirect)
  if (codeOf(bare) === 'callback_unknown')
    return {
      detail: `Landfall says callback_unknown at ${path}.`,
      fix:
        `Mount auth.callback at ${own} for ${app.provider}, and register ${app.origin}${own} there: ` +
        'each provider has its own callback.',
    }
  // --callback is where callbacks begin; an app may name a provider's whole path, and then the option does too.
  if ([own, app.callback].includes(path)) return undefined
  const option = isDirect ? `paths.callback or providers.${app.provider}.callback` : 'paths.callback'
  return {
    detail: `The sign-in comes back to ${path}, and the callback answers there.`,
    fix: isForShell(path)
      ? `If this is intended, use --callback ${path}. Otherwise change ${option}.`
      : `Change ${option}.`,
  }
}

/**
 * @param {Findings} findings
 * @param {App} app
 * @param {string} url the callback
 */
const checkErrorPage = async (findings, app, url) => {
  const title = 'A failed sign-in ends on a page'
  const refused = await ask(`${url}?error=access_denied`, NAVIGATION)
  const isRedirect = refused.status === 303
  const target = isRedirect ? parseAddress(refused.location, url) : new URL(url)
  // Follow a redirect only to the app: only this machine may be able to reach another address.
  if (target?.origin !== app.origin)
    return findings.wrong(
      'error-page',
      title,
      `The callback leads to ${refused.location || 'nowhere'}, which is no address of ${app.origin}.`,
      'Let no proxy or framework rewrite Location. paths.error must be a path.',
    )
  const page = isRedirect ? await ask(target, NAVIGATION) : refused
  findings.check(
    page.status === 200 || page.status === 400,
    'error-page',
    title,
    seen(`The error page ${isRedirect ? target.pathname : app.error}`, page),
    `Mount auth.error at ${app.error}, or set paths.error to your own page.`,
  )
  return checkPolicy(findings, page)
}

/**
 * Looks at the callback.
 * @param {Findings} findings
 * @param {App} app
 * @param {Started} [started]
 */
export const checkCallback = async (findings, app, started) => {
  const { path, bare } = await findCallback(app, started)
  if (findMissing(findings, bare)) return
  const isThere = isCallback(bare)
  const other = isThere && started ? findOther(app, started, path, bare) : undefined
  findings.check(
    isThere && !other,
    'callback',
    `The callback is at ${other ? callbackOf(app, started?.isDirect === true) : path}`,
    other?.detail ?? said(`GET ${path}`, bare),
    other?.fix ?? fixFor(app, codeOf(bare), `Mount auth.callback at ${path}, or set paths.callback.`),
  )
  if (!isThere) return
  const url = app.origin + path
  checkCache(
    findings,
    'callback-cache',
    'No cache keeps the callback',
    bare,
    /no-store|private/,
    'Keep Cache-Control: no-store on the callback, also at the CDN.',
  )
  // An address without a provider redeems no code.
  if (codeOf(bare) !== 'callback_unknown') {
    const code = `${url}?code=00000000-0000-4000-8000-000000000000&state=doctor`
    const ahead = await ask(code, { ...NAVIGATION, 'sec-purpose': 'prefetch;prerender' })
    findings.check(
      ahead.status === 204 && ahead.setCookie.length === 0,
      'prefetch',
      'A prefetch redeems nothing',
      seen('A prefetch of the callback', ahead),
      'Pass Sec-Purpose to the app, and use auth.callback as the route.',
    )
  }
  await checkErrorPage(findings, app, url)
}
