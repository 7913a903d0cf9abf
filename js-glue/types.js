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
 * @typedef {object} ProviderOptions a direct OAuth 2.0 or OpenID Connect provider; `bitbucket` needs no addresses
 * @property {FromEnvironment} clientId the client_id
 * @property {FromEnvironment} [clientSecret] the client_secret; where the option is left out, the client is a public
 *   one
 * @property {string} [callback] the path that the provider comes back to, as it stands in the redirect_uri;
 *   `<paths.callback>/<name>` unless given
 * @property {FromEnvironment} [issuer] the issuer identifier; addresses that are not given come from its metadata (RFC
 *   8414)
 * @property {FromEnvironment} [authorizationEndpoint]
 * @property {FromEnvironment} [tokenEndpoint]
 * @property {FromEnvironment} [jwksUri] needed with `openid` where there is no metadata
 * @property {FromEnvironment} [userinfoEndpoint] asked after the token; its answer is `session.userinfo`
 * @property {FromEnvironment} [revocationEndpoint] RFC 7009
 * @property {string | string[]} [scopes]
 * @property {'client_secret_basic' | 'client_secret_post' | 'none'} [tokenEndpointAuthMethod]
 * @property {'query' | 'form_post'} [responseMode]
 * @property {Record<string, string | number>} [authorizationParams] more authorization request parameters, such as
 *   `prompt`
 * @property {boolean} [authorizationResponseIssParameterSupported] the provider promises `iss` (RFC 9207)
 * @property {'RS256' | 'PS256' | 'ES256' | 'EdDSA'} [idTokenSignedResponseAlg] the only algorithm to accept
 * @property {boolean} [userinfo] ask the profile endpoint of the metadata or the preset
 */

/**
 * @typedef {object} SupabaseOptions a Supabase project; every provider that is switched on there can be signed in with
 * @property {FromEnvironment} url the project's URL (SUPABASE_URL)
 * @property {FromEnvironment} key the publishable or anon key
 * @property {'any' | 'own'} [flows] whose sign-ins the callback finishes: `any` takes those too that the browser
 *   started with auth-js, `own` only those that Landfall started
 * @property {Record<string, { scopes?: string | string[], queryParams?: Record<string, string | number> }>} [providers]
 *   what goes along with a sign-in at one provider; the only one named here is the default
 * @property {{ name?: string, domain?: string, path?: string, sameSite?: 'lax' | 'strict' | 'none', secure?: boolean,
 *   httpOnly?: boolean, maxAge?: number }} [cookieOptions] as given to `@supabase/ssr`; Secure on https unless `secure`
 *   is false
 * @property {{ encode?: 'user-and-tokens' | 'tokens-only' }} [cookies] whether the session cookie holds the user too
 * @property {boolean} [exactRedirectTo] send redirect_to without a parameter, for redirect URLs that match exactly
 * @property {boolean} [verifyOnGet] redeem e-mail links as they are opened, without a button
 * @property {'cookies' | 'localStorage'} [storage] where a page without a server keeps the session: as
 *   createBrowserClient does, or as createClient
 */

/**
 * @typedef {object} Options
 * @property {SupabaseOptions} [supabase] sign in through Supabase Auth
 * @property {Record<string, ProviderOptions>} [providers] spoken to directly, by the name that stands in `?provider=`
 * @property {FromEnvironment | FromEnvironment[]} [secret] at least 32 bytes, or several, newest first: seals the
 *   sign-ins under way. Left out, the key is derived from each provider's client secret, for Supabase from its key.
 * @property {FromEnvironment | { trustedHosts: FromEnvironment[] | undefined }} [origin] the app's public origin, or
 *   the hosts that a proxy may name
 * @property {{ signIn?: string, callback?: string, signOut?: string, confirm?: string, error?: string, afterSignIn?:
 *   string, afterSignOut?: string, afterRecovery?: string }} [paths] with `error`, the app has an error page of its own
 * @property {typeof globalThis.fetch} [fetch] another fetch for the requests to providers. It follows no redirect: an
 *   answer that is `redirected`, or that names another `url` than the one asked, is refused. One that asks elsewhere on
 *   purpose gives `new Response(answer.body, answer)`
 * @property {OnSession<Session | SupabaseSession>} [onSession] takes a new sign-in; when it throws, the person is not
 *   signed in
 * @property {(context: { request: Request }) => SignOutAnswer | void | Promise<SignOutAnswer | void>} [onSignOut] ends
 *   the app's own session
 * @property {(event: AuthEvent) => void} [onEvent] observes every outcome; it never gets secrets
 */

/**
 * The sign-in that onSession is called for.
 * @typedef {object} SessionContext
 * @property {Request} request
 * @property {string} provider
 * @property {string} next the path the person goes to
 * @property {'recovery' | null} redirectType `recovery` where the session serves to reset a password
 */

/**
 * What onSession may return, and with more members onSignOut.
 * @typedef {object} HookAnswer
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

/** @typedef {HookAnswer & TokenToRevoke} SignOutAnswer */

/**
 * Takes a new sign-in; when it throws, the person is not signed in. An app that has only one kind of session may say so
 * in its own hook's type, as with methods.
 * @template S
 * @typedef {{
 *   hook(session: S, context: SessionContext): HookAnswer | void | Promise<HookAnswer | void>
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
