import { makeApp } from '../app.js'
import { readOptions } from '../config.js'
import { LandfallError } from '../error.js'
import { whenUsed } from '../when-used.js'
import { isPage } from './address.js'
import { isAppStorage, makeAppCookies } from './app-storage.js'
import { makePageCookies } from './cookies.js'
import { makeSignIn } from './sign-in.js'

/** @typedef {import('./types.js').BrowserAuth} BrowserAuth */
/** @typedef {import('./types.js').BrowserOptions} BrowserOptions */

const MAKER = 'createBrowserAuth'

/** Options of createAuth that a page has no use for. */
const HOOKS = ['onSession', 'onSignOut']

/** @param {string} problem */
const refused = (problem) => new LandfallError('config_invalid', `${MAKER}: ${problem}`)

/** The page's own origin; undefined for a page from disk, and for an app on a device (`tauri:`, or no page at all). */
const pageOrigin = () => {
  if (!isPage()) return undefined
  const { origin } = /** @type {any} */ (globalThis).location
  return /^https?:/.test(origin) ? origin : undefined
}

/**
 * Takes a storage of the app out of the options: to the core it is one that has whole items, as localStorage has.
 * @param {any} options of readOptions, whose objects are copies
 */
const takeStorage = ({ supabase }) => {
  const storage = supabase?.storage
  if (!isAppStorage(storage)) return undefined
  supabase.storage = 'localStorage'
  return storage
}

/**
 * The options of createBrowserAuth as the core takes them: the origin is the page's, and the page takes the session.
 * @param {BrowserOptions} given
 * @returns {{ options: import('../generated/options.js').Options,
 *   storage: import('./types.js').AppStorage | undefined }}
 * @throws {LandfallError} config_invalid
 */
const toOptions = (given) => {
  const options = readOptions(MAKER, /** @type {any} */ (given))
  const storage = takeStorage(options)
  if (!isPage() && !storage)
    throw refused(
      'there is no page here that could sign in; on a server, use createAuth of `landfall`, ' +
        'and in an app without a page, set `supabase.storage` to the storage of its client.',
    )
  for (const hook of HOOKS)
    if (Object.hasOwn(options, hook))
      throw refused(`\`${hook}\` is an option for servers; in a page, \`complete\` gives the session.`)
  const origin = options.origin || pageOrigin()
  return {
    options: Object.assign(options, origin ? { origin } : undefined, { onSession: () => {} }),
    storage,
  }
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
  const use = whenUsed(given, (asked) => {
    const { options, storage } = toOptions(asked)
    const app = makeApp(getModule, MAKER, options)
    const makeCookies = () =>
      storage
        ? makeAppCookies(app.cookieName, storage)
        : makePageCookies(app.cookieName, options.supabase?.storage)
    return { app, page: makeSignIn(app, makeCookies) }
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
