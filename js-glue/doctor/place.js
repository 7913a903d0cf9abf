/** Where an app is: at the root of its host, or below the path that `basePath` names. */
import { ask, NAVIGATION } from './ask.js'
import { hasSaid } from './landfall.js'

/** @typedef {import('./app.js').App} App */

/**
 * A path that begins with the base has it already, as createAuth takes it.
 * @param {string} base
 * @param {string} path
 */
const toBase = (base, path) => (path.startsWith(`${base}/`) ? path : base + path)

/**
 * The app with its routes below the path of the address that people give. The address may also be a page of an app at
 * the root: then the sign-in answers only there.
 * @param {App} app
 * @param {string} pathname of the address
 * @returns {Promise<App>}
 */
export const placeApp = async (app, pathname) => {
  // createAuth takes no `basePath` that begins with two slashes.
  const base = pathname.startsWith('//') ? '' : pathname.replace(/\/+$/, '')
  if (base === '') return app
  const below = {
    ...app,
    signIn: toBase(base, app.signIn),
    callback: toBase(base, app.callback),
    error: toBase(base, app.error),
  }
  for (const one of [below, app]) {
    const query = new URLSearchParams({ provider: app.provider })
    const asked = await ask(`${app.origin}${one.signIn}?${query}`, NAVIGATION)
    if (hasSaid(asked)) return one
    if (asked.status === 0) break
  }
  return below
}
