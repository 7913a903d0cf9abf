/** @typedef {import('./error.js').LandfallError} LandfallError */

/**
 * What stands in an environment variable. One that is not set, or empty, is no mistake of the code: the options are taken, and what
 * needs the value says so when it is used. See `Auth.check`.
 * @typedef {string | undefined} FromEnvironment
 */

/**
 * What `createAuth` takes.
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

/**
 * A new sign-in. Names are those on the wire (RFC 6749 5.1, OpenID Connect Core 3.1.3.3).
 * @typedef {object} Session
 * @property {string} provider
 * @property {string} access_token
 * @property {'Bearer'} token_type
 * @property {number} [expires_in] seconds
 * @property {number} [expires_at] seconds since 1970
 * @property {string} [refresh_token]
 * @property {string} scope as granted, or as asked for where the provider does not say
 * @property {string} [id_token] verified
 * @property {Record<string, any>} [claims] of the ID Token, verified
 * @property {Record<string, any>} [userinfo] the profile endpoint's answer
 * @property {Record<string, any>} [emails] the e-mail endpoint's answer (Bitbucket)
 * @property {Record<string, any>} token_response the token answer as it came
 */

/**
 * A new session of Supabase's, as supabase-js has it.
 * @typedef {object} SupabaseSession
 * @property {string} access_token
 * @property {'bearer'} token_type
 * @property {number} expires_in seconds
 * @property {number} expires_at seconds since 1970
 * @property {string} refresh_token
 * @property {Record<string, any>} user
 * @property {string} [provider_token] the provider's own access token: only here, never after a refresh
 * @property {string} [provider_refresh_token]
 */

/**
 * `next` is the path the person goes to; `redirectType` is `recovery` where the session serves to reset a password.
 * @typedef {{ request: Request, provider: string, next: string, redirectType: string | null }} SessionContext
 */

/**
 * @typedef {{ headers?: HeadersInit | Record<string, string | string[]>, redirect?: string }} HookAnswer headers to add, where `set-cookie`
 *   may be a list, and another target than `next`: a path, or a complete https URL
 */

/**
 * @typedef {HookAnswer & { provider?: string, token?: string, token_type_hint?: string }} SignOutAnswer the token is revoked where the
 *   provider can do that (RFC 7009)
 */

/**
 * @typedef {object} AuthEvent
 * @property {'sign_in' | 'callback' | 'confirm' | 'sign_out' | 'error' | 'warning'} type a `warning` tells of what failed not yet
 * @property {boolean} ok
 * @property {string} [code] of the error table
 * @property {'app' | 'browser' | 'provider' | 'landfall'} [blame] who has to act
 * @property {string} [message] what happened and what to do next
 * @property {string} [spec] the section of the specification
 * @property {string} [provider]
 * @property {string} [parameter] the name of what was at fault, never its value
 * @property {string} [detail] the provider's own error code, printable ASCII
 * @property {string} [description] the provider's error_description, printable ASCII, cut
 * @property {unknown} [cause] what a hook of the app threw
 */

/** What a handler takes: a Request, or what carries one (SvelteKit's event, Astro's context, React Router's arguments). @typedef {Request | { request: Request }} HandlerInput */

/**
 * A route. The last signature is the one that TypeScript infers from: Next wants a route to take a Request, and nothing else.
 * @typedef {{ (input: HandlerInput): Promise<Response>, (request: Request): Promise<Response> }} Handler
 */

/** All routes in one: undefined for a request that is none of theirs. @typedef {{ (input: HandlerInput): Promise<Response> | undefined, (request: Request): Promise<Response> | undefined }} RouteHandler */

/**
 * @typedef {object} OAuthOptions
 * @property {string} [redirectTo] where Supabase comes back to; the callback path unless it says another
 * @property {string | string[]} [scopes]
 * @property {Record<string, string>} [queryParams] more parameters of /authorize
 * @property {boolean} [skipBrowserRedirect] only answer the URL
 * @property {string} [next] the path that `complete` answers
 */

/**
 * @typedef {object} Completed
 * @property {{ session: any, user: any, next: string | null, redirectType: string | null }} data nulls where there was nothing to finish
 * @property {LandfallError | null} error
 */

/** The request that asks for a sign-in: what a server action has of it, or the whole. @typedef {{ headers: { get(name: string): string | null }, url?: string }} StartedBy */

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
 * An option that is there without a value (`providers.work.clientId`), and the environment variable that it most likely comes from
 * (`WORK_CLIENT_ID`).
 * @typedef {{ option: string, variable: string }} NotSet
 */

/**
 * @typedef {object} Auth
 * @property {Handler} signIn GET /auth/sign-in?provider=…&next=…
 * @property {Handler} callback GET (or POST, form_post) /auth/callback from Supabase, and /auth/callback/<name> from each provider
 *   that is spoken to directly
 * @property {Handler} confirm GET and POST /auth/confirm, where Supabase's e-mail links
 *   lead: `?token_hash=…&type=…&next=…`
 * @property {Handler} error GET /auth/auth-code-error, for apps without an error page of their own
 * @property {Handler} signOut POST /auth/sign-out?next=…&scope=…
 * @property {RouteHandler} handle all of them by their paths, and what Supabase sends to
 *   the site's root; undefined for any other request
 * @property {(options?: StartOptions) => { url: string, setCookie: string[] }} start starts a sign-in without a handler: send the
 *   browser to `url` with every `setCookie` as a Set-Cookie header. Throws LandfallError.
 * @property {() => NotSet[]} check the options that are there without a value; empty when nothing is missing. Asked where
 *   the app starts, it stops a deployment that nobody could sign in to
 * @property {(input: HandlerInput) => { session: any, setCookie: string[] }} readSession the session in Supabase's cookies, not
 *   verified, or null; `setCookie` cleans up what is none
 * @property {() => Promise<void>} ready loads the metadata of providers that have only an issuer, which `start` needs beforehand
 */

/**
 * The options of createBrowserAuth: those of createAuth that a page has a use for. `origin` is the page's own unless
 * given.
 * @typedef {Omit<Options, 'onSession' | 'onSignOut' | 'origin'> & { origin?: FromEnvironment }} BrowserOptions
 */

/**
 * What a sign-in in a page is started with, as supabase-js takes it.
 * @typedef {object} SignInWithOAuth
 * @property {string} provider
 * @property {OAuthOptions} [options]
 */

/**
 * Where a sign-in in a page goes to. With an error, `url` and `flowId` are null.
 * @typedef {object} SignInStarted
 * @property {{ provider: string, url: string | null, flowId: string | null }} data
 * @property {LandfallError | null} error
 */

/**
 * The sign-in of a page without a server. Every function answers `{ data, error }` as supabase-js does.
 * @typedef {object} BrowserAuth
 * @property {(asked: SignInWithOAuth) => Promise<SignInStarted>} signInWithOAuth starts a sign-in, and goes to the
 *   provider
 * @property {(options?: { implicit?: boolean }) => Promise<Completed>} complete finishes the sign-in whose response stands
 *   in the address, and cleans the address; sessions in the fragment only with `implicit`
 * @property {(options?: { scope?: 'global' | 'local' | 'others' }) => Promise<{ error: LandfallError | null }>} signOut
 *   ends the session at Supabase and here
 * @property {() => NotSet[]} check the options that are there without a value; empty when nothing is missing
 * @property {() => Promise<void>} ready loads the metadata of providers that have only an issuer, which `signInWithOAuth`
 *   needs beforehand
 */

export {}
