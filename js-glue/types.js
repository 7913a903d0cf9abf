/** @typedef {import('./events.js').AuthEvent} AuthEvent */
/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./session.js').StoredSession} StoredSession */
/** @typedef {import('./session.js').SupabaseSession} SupabaseSession */

/**
 * What stands in an environment variable. One that is not set, or empty, is no mistake of the code: the options are
 * taken, and what needs the value says so when it is used. See `Auth.check`.
 * @typedef {string | undefined} FromEnvironment
 */

/**
 * What createAuth takes.
 * @typedef {import('./generated/options.js').Options} Options
 */

/**
 * A provider that the app speaks to directly.
 * @typedef {import('./generated/options.js').ProviderOptions} ProviderOptions
 */

/**
 * A Supabase project.
 * @typedef {import('./generated/options.js').SupabaseOptions} SupabaseOptions
 */

/** @typedef {'recovery' | null} RedirectType */

/**
 * The sign-in that onSession is called for.
 * @typedef {object} SessionContext
 * @property {Request} request
 * @property {string} provider
 * @property {string} next the path the person goes to
 * @property {RedirectType} redirectType `recovery` where the session serves to reset a password
 */

/**
 * What onSession may return, and with more members onSignOut.
 * @typedef {object} HookResult
 * @property {HeadersInit | Record<string, string | string[]>} [headers] to add; `set-cookie` may be a list
 * @property {string} [redirect] another target than `next`: a path, or a complete https URL
 */

/**
 * A token that is revoked where the provider can do that (RFC 7009).
 * @typedef {object} TokenToRevoke
 * @property {string} [provider]
 * @property {string} [token]
 * @property {string} [token_type_hint]
 */

/** @typedef {HookResult & TokenToRevoke} SignOutResult */

/**
 * Takes a new sign-in; when it throws, the person is not signed in. An app that has only one kind of session may say so
 * in its own hook's type, as with methods.
 * @template S
 * @typedef {{
 *   hook(session: S, context: SessionContext): HookResult | void | Promise<HookResult | void>
 * }['hook']} OnSession
 */

/**
 * The options of an app that speaks to its providers directly: its sessions are of one kind.
 * @typedef {Omit<Options, 'supabase' | 'providers' | 'onSession'> & {
 *   providers: Record<string, ProviderOptions>,
 *   supabase?: never,
 *   onSession?: OnSession<Session>,
 * }} DirectOptions
 */

/**
 * The options of an app that signs in through Supabase alone.
 * @typedef {Omit<Options, 'supabase' | 'providers' | 'onSession'> & {
 *   supabase: SupabaseOptions,
 *   providers?: never,
 *   onSession?: OnSession<SupabaseSession>,
 * }} SupabaseOnlyOptions
 */

/**
 * createAuth: its options say which kind of session onSession gets.
 * @typedef {{
 *   (options: DirectOptions | SupabaseOnlyOptions | (() => DirectOptions | SupabaseOnlyOptions)): Auth,
 *   (options: Options | (() => Options)): Auth,
 * }} CreateAuth
 */

/**
 * What a handler takes: a Request, or what carries one (SvelteKit's event, Astro's context, React Router's arguments).
 * @typedef {Request | { request: Request }} HandlerInput
 */

/**
 * A route. The last signature is the one that TypeScript infers from: Next wants a route to take a Request, and nothing
 * else.
 * @typedef {{
 *   (input: HandlerInput): Promise<Response>,
 *   (request: Request): Promise<Response>,
 * }} Handler
 */

/**
 * All routes in one: undefined for a request that is none of theirs.
 * @typedef {{
 *   (input: HandlerInput): Promise<Response> | undefined,
 *   (request: Request): Promise<Response> | undefined,
 * }} RouteHandler
 */

/**
 * The request that asks for a sign-in: what a server action has of it, or the whole.
 * @typedef {{ headers: { get(name: string): string | null }, url?: string }} StartedBy
 */

/**
 * What a sign-in is started with.
 * @typedef {object} StartOptions
 * @property {string} [provider] the only one configured unless it says another
 * @property {string} [next] the path to open after the sign-in
 * @property {StartedBy} [request]
 * @property {string | string[]} [scopes] only through Supabase
 * @property {Record<string, string>} [queryParams] more parameters of /authorize, only through Supabase
 */

/**
 * An option that is there without a value.
 * @typedef {object} NotSet
 * @property {string} option its path, `providers.work.clientId`
 * @property {string} variable the environment variable that it most likely comes from, `WORK_CLIENT_ID`
 */

/**
 * What createAuth makes.
 * @typedef {object} Auth
 * @property {Handler} signIn GET /auth/sign-in?provider=…&next=…
 * @property {Handler} callback GET (or POST, form_post) /auth/callback from Supabase, and /auth/callback/<name> from
 *   each provider that is spoken to directly
 * @property {Handler} confirm GET and POST /auth/confirm, where Supabase's e-mail links lead:
 *   `?token_hash=…&type=…&next=…`
 * @property {Handler} error GET /auth/auth-code-error, for apps without an error page of their own
 * @property {Handler} signOut POST /auth/sign-out?next=…&scope=…
 * @property {RouteHandler} handle all of them by their paths, and what Supabase sends to the site's root; undefined for
 *   any other request
 * @property {(options?: StartOptions) => { url: string, setCookie: string[] }} start starts a sign-in without a
 *   handler: send the browser to `url` with every `setCookie` as a Set-Cookie header. Throws LandfallError.
 * @property {() => NotSet[]} check the options that are there without a value; empty when nothing is missing. Asked
 *   where the app starts, it stops a deployment that nobody could sign in to
 * @property {(input: HandlerInput) => { session: StoredSession | null, setCookie: string[] }} readSession the session
 *   in Supabase's cookies, not verified, or null; `setCookie` cleans up what is none
 * @property {() => Promise<void>} ready loads the metadata of providers that have only an issuer, which `start` needs
 *   beforehand
 */

export {}
