/** The types of createBrowserAuth. */

/** @typedef {import('../error.js').LandfallError} LandfallError */
/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../session.js').SupabaseSession} SupabaseSession */
/** @typedef {import('../types.js').Options} Options */

/**
 * The options of createBrowserAuth: those of createAuth that a page has a use for. `origin` is the page's own unless
 * given.
 * @typedef {Omit<Options, 'onSession' | 'onSignOut' | 'origin'> & {
 *   origin?: import('../types.js').FromEnvironment
 * }} BrowserOptions
 */

/**
 * createBrowserAuth: its options say which kind of session `complete` gives.
 * @typedef {{
 *   (options: BrowserDirectOptions | (() => BrowserDirectOptions)): BrowserAuth<Session>,
 *   (options: BrowserSupabaseOptions | (() => BrowserSupabaseOptions)): BrowserAuth<SupabaseSession>,
 *   (options: BrowserOptions | (() => BrowserOptions)): BrowserAuth,
 * }} CreateBrowserAuth
 */

/** @typedef {Omit<BrowserOptions, 'supabase'> & { supabase?: never }} BrowserDirectOptions */
/** @typedef {Omit<BrowserOptions, 'providers'> & { providers?: never }} BrowserSupabaseOptions */

/**
 * How a sign-in in a page goes, as supabase-js takes it.
 * @typedef {object} OAuthOptions
 * @property {string} [redirectTo] where Supabase comes back to; the callback path unless it says another
 * @property {string | string[]} [scopes]
 * @property {Record<string, string>} [queryParams] more parameters of /authorize
 * @property {boolean} [skipBrowserRedirect] stay on the page, and only give the URL
 * @property {string} [next] the path that `complete` gives
 */

/**
 * What a sign-in in a page is started with.
 * @typedef {object} SignInRequest
 * @property {string} provider
 * @property {OAuthOptions} [options]
 */

/**
 * Where a sign-in in a page goes to.
 * @typedef {{ data: { provider: string, url: string, flowId: string }, error: null } |
 *   { data: { provider: string, url: null, flowId: null }, error: LandfallError }} SignInStarted
 */

/**
 * A sign-in that is finished.
 * @template S
 * @typedef {object} Finished
 * @property {S} session
 * @property {SupabaseSession['user'] | null} user of a SupabaseSession
 * @property {string | null} next the path to go to, checked
 * @property {import('../types.js').RedirectType} redirectType `recovery` where the session serves to reset a password
 */

/**
 * No session: there was no response in the address, or it is an error's.
 * @typedef {object} Unfinished
 * @property {null} session
 * @property {null} user
 * @property {string | null} next the path to go to, checked
 * @property {null} redirectType
 */

/**
 * What the response in the page's address came to. Without a response, `session` and `error` are null.
 * @template [S=Session | SupabaseSession]
 * @typedef {{ data: Finished<S>, error: null } | { data: Unfinished, error: LandfallError | null }} Completed
 */

/**
 * The sign-in of a page without a server. Every function answers `{ data, error }` as supabase-js does.
 * @template [S=Session | SupabaseSession]
 * @typedef {object} BrowserAuth
 * @property {(asked: SignInRequest) => Promise<SignInStarted>} signInWithOAuth starts a sign-in, and goes to the
 *   provider
 * @property {(options?: { implicit?: boolean }) => Promise<Completed<S>>} complete finishes the sign-in whose response
 *   stands in the address, and cleans the address; sessions in the fragment only with `implicit`
 * @property {(options?: { scope?: 'global' | 'local' | 'others' }) => Promise<{ error: LandfallError | null }>} signOut
 *   ends the session at Supabase and here
 * @property {() => import('../types.js').NotSet[]} check the options that are there without a value; empty when nothing
 *   is missing
 * @property {() => Promise<void>} ready loads the metadata of providers that have only an issuer, which
 *   `signInWithOAuth` needs beforehand
 */

export {}
