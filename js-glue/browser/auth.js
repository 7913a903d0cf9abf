import { makeApp } from '../app.js'
import { readOptions } from '../config.js'
import { LandfallError } from '../error.js'
import { whenUsed } from '../when-used.js'
import { makeSignIn } from './sign-in.js'

/** @typedef {import('./types.js').BrowserAuth} BrowserAuth */
/** @typedef {import('./types.js').BrowserOptions} BrowserOptions */

const MAKER = 'createBrowserAuth'

/** Options of createAuth that a page has no use for. */
const HOOKS = ['onSession', 'onSignOut']

const isPage = () => 'document' in globalThis

/** @param {string} problem */
const refused = (problem) => new LandfallError('config_invalid', `${MAKER}: ${problem}`)

/** The page's own origin; undefined for a page from disk, and for one of an app on a device (`tauri:`). */
const pageOrigin = () => {
  const { origin } = /** @type {any} */ (globalThis).location
  return /^https?:/.test(origin) ? origin : undefined
}

/**
 * The options of createBrowserAuth as the core takes them: the origin is the page's, and the page takes the session.
 * @param {BrowserOptions} given
 * @returns {import('../generated/options.js').Options}
 * @throws {LandfallError} config_invalid
 */
const toOptions = (given) => {
  if (!isPage())
    throw refused('there is no page here that could sign in; on a server, use createAuth of `landfall`.')
  const options = readOptions(MAKER, given)
  for (const hook of HOOKS)
    if (Object.hasOwn(options, hook))
      throw refused(`\`${hook}\` is an option for servers; in a page, \`complete\` gives the session.`)
  const origin = options.origin || pageOrigin()
  return Object.assign(options, origin ? { origin } : undefined, { onSession: () => {} })
}

/**
 * Makes the sign-in of a page: createBrowserAuth for one way of loading the core. Where a framework renders the page on
 * a server, nothing happens before the first use.
 * @param {() => unknown} getModule
 * @param {BrowserOptions | (() => BrowserOptions)} options
 * @returns {BrowserAuth}
 */
export const makeBrowserAuth = (getModule, options) => {
  const given = typeof options === 'function' || isPage() ? options : () => options
  const use = whenUsed(given, (options) => {
    const app = makeApp(getModule, MAKER, toOptions(options))
    return { app, page: makeSignIn(app) }
  })
  return {
    signInWithOAuth: async (asked) => use().page.signInWithOAuth(asked),
    complete: async (asked) => use().page.complete(asked),
    signOut: async (asked) => use().page.signOut(asked),
    ready: async () => use().app.ready(),
    check: () => use().app.check(),
    providers: () => use().app.providers(),
  }
}
