import type { Options, ProviderOptions, SupabaseOptions } from './generated/options.js'
import type { Profile, Session, SignedInSession, SupabaseSession } from './session.js'

/**
 * The value of an environment variable. A variable that is not set, or empty, is no mistake of the code: createAuth
 * takes the options, and the route or method that needs the value reports it when somebody uses it. See `Auth.check`.
 */
export type FromEnvironment = string | undefined

/** `recovery` where the session serves to reset a password. */
export type RedirectType = 'recovery' | null

/** The sign-in that onSession is called for. */
export type SessionContext = {
  request: Request
  provider: string
  /** The path that the person goes to. */
  next: string
  redirectType: RedirectType
  /**
   * The session of Landfall's that started this sign-in from a page of the app, to link an account; null for none.
   * Nothing is linked by itself, and never by an e-mail address.
   */
  current: SignedInSession | null
}

/** The result that every hook may return. */
export type HookResult = {
  /** Headers to add; `set-cookie` may be a list. */
  headers?: HeadersInit | Record<string, string | string[]>
  /** Another target than `next`: a path, or a complete https URL. */
  redirect?: string
}

/** The result that onSession may return. */
export type SessionResult = HookResult & {
  /** The app's own data about the person, which `getSession` gives back: a value that JSON can hold. */
  data?: unknown
}

/** The result that onSignOut may return. */
export type SignOutResult = HookResult & {
  /** The provider that issued the token. */
  provider?: string
  /** A token to revoke, where the provider can do that (RFC 7009). */
  token?: string
  token_type_hint?: string
}

/**
 * The hook that takes a new sign-in. If it throws, nobody is signed in. It is declared as a method, so that an app with
 * one kind of session may name that kind alone.
 */
export type OnSession<S> = {
  // biome-ignore lint/suspicious/noConfusingVoidType: a hook may return nothing
  hook(session: S, context: SessionContext): SessionResult | void | Promise<SessionResult | void>
}['hook']

/** The options of an app that speaks to its providers directly. */
export type DirectOptions = Omit<Options, 'supabase' | 'providers' | 'onSession'> & {
  providers: Record<string, ProviderOptions>
  supabase?: never
  onSession?: OnSession<Session>
}

/** The options of an app that signs in through Supabase alone. */
export type SupabaseOnlyOptions = Omit<Options, 'supabase' | 'providers' | 'onSession'> & {
  supabase: SupabaseOptions
  providers?: never
  onSession?: OnSession<SupabaseSession>
}

/** createAuth. Its options say which kind of session onSession gets. */
export type CreateAuth = {
  // One signature for each kind: of a union, TypeScript infers no parameter of a hook beside an object literal.
  (options: DirectOptions): Auth
  (options: SupabaseOnlyOptions): Auth
  (options: () => DirectOptions | SupabaseOnlyOptions): Auth
  (options: Options | (() => Options)): Auth
}

/** A Request, or an object that carries one: SvelteKit's event, Astro's context, React Router's arguments. */
export type HandlerInput = Request | { request: Request }

/** A route. TypeScript infers from its last signature: Next wants a route to take a Request, and nothing else. */
export type Handler = {
  (input: HandlerInput): Promise<Response>
  (request: Request): Promise<Response>
}

/** All routes in one: undefined for a request that is for none of them. */
export type RouteHandler = {
  (input: HandlerInput): Promise<Response> | undefined
  (request: Request): Promise<Response> | undefined
}

/** The request that asks for a sign-in: the whole, or the part that a server action has of it. */
export type StartedBy = { headers: { get(name: string): string | null }; url?: string }

/** The arguments for the start of a sign-in. */
export type StartOptions = {
  /** The only provider configured, unless you name another. */
  provider?: string
  /** The path to open after the sign-in. */
  next?: string
  request?: StartedBy
  /** Through Supabase only. */
  scopes?: string | string[]
  /** More parameters of the authorization request; without Supabase, those that the provider or its `allow` takes. */
  queryParams?: Record<string, string>
}

/** An option that is there without a value. */
export type NotSet = {
  /** Its path, such as `providers.work.clientId`. */
  option: string
  /** The environment variable that it most likely comes from, such as `WORK_CLIENT_ID`. */
  variable: string
}

/** The result of createAuth. */
export type Auth = {
  /** `GET /auth/sign-in?provider=…&next=…` */
  signIn: Handler
  /**
   * `GET` (or `POST`, form_post) `/auth/callback` from Supabase, and `/auth/callback/<name>` from each provider that
   * the app speaks to directly.
   */
  callback: Handler
  /** `GET` and `POST /auth/confirm?token_hash=…&type=…&next=…`, where Supabase's e-mail links lead. */
  confirm: Handler
  /** `GET /auth/auth-code-error`, for apps without an error page of their own. */
  error: Handler
  /** `POST /auth/sign-out?next=…&scope=…` */
  signOut: Handler
  /**
   * All of them by their paths, and also a response that Supabase sends to the site's root. The result is undefined for
   * any other request.
   */
  handle: RouteHandler
  /**
   * Starts a sign-in without a handler. Send the browser to `url`, with every `setCookie` as a Set-Cookie header.
   * @throws {LandfallError}
   */
  start(options?: StartOptions): { url: string; setCookie: string[] }
  /**
   * The options that are there without a value; empty when nothing is missing. Ask it where the app starts: that stops
   * a deployment that nobody could sign in to.
   */
  check(): NotSet[]
  /**
   * The names of the providers at which a sign-in can start: those in `providers` and `supabase.providers` that miss no
   * value. A sign-in page shows a button for each.
   */
  providers(): string[]
  /**
   * Who is signed in: without a request to anybody, and null for nobody. Send every `setCookie` with the response: they
   * renew the session.
   */
  getSession<Data = unknown>(
    input: HandlerInput,
  ): {
    session: SignedInSession<Data> | null
    setCookie: string[]
  }
  /**
   * Signs somebody in whom the app knows by itself: by a password, a passkey, or the cookie of another library. `user`
   * has the members of a profile, `provider` and `sub` at least. Ask nobody but your own code who it is.
   * @throws {LandfallError} session_off, session_too_large, config_missing; argument_invalid for another `user`
   */
  createSession<Data = unknown>(
    input: HandlerInput,
    asked: { user: Partial<Profile> & { provider: string; sub: string }; data?: Data },
  ): { session: SignedInSession<Data>; setCookie: string[] }
  /**
   * Replaces the app's own data in the session, with the option `session`. The session is null where nobody is signed
   * in.
   * @throws {LandfallError} session_too_large; argument_invalid for what JSON cannot hold
   */
  updateSession<Data>(
    input: HandlerInput,
    data: Data,
  ): { session: SignedInSession<Data> | null; setCookie: string[] }
  /**
   * Who is signed in, verified: a session of Landfall's by its seal and by your `isRevoked`; one of Supabase's by the
   * keys of the project, or by Supabase Auth itself, and renewed where it is time. Null for nobody. Send every
   * `setCookie` with the response.
   * @throws {LandfallError} session_off, session_unavailable, and what a provider's server that is down brings; its
   *   `setCookie` has the cookies to send
   */
  getUser(input: HandlerInput): Promise<{ user: Profile | null; setCookie: string[] }>
  /**
   * An access token of the person's, renewed where less than `minimum` seconds are left (60 unless given; at most half
   * of its life). Directly it is the provider's, with the option `session.tokens`; through Supabase it is Supabase's.
   * `expiresAt` is in seconds since 1970; null where the provider does not say it. Send every `setCookie` with the
   * response: they keep the new tokens.
   * @throws {LandfallError} session_missing, access_token_missing, access_token_expired, refresh_refused, and what a
   *   provider's server that is down brings; its `setCookie` has the cookies to send
   */
  getAccessToken(
    input: HandlerInput,
    asked?: { minimum?: number },
  ): Promise<{ accessToken: string; expiresAt: number | null; setCookie: string[] }>
  /**
   * Whose sessions an OpenID provider has ended, by the logout token that it posts to the app's own route (OpenID
   * Connect Back-Channel Logout 2.5), once signature and claims are right. `sid` is the claim of the ID Token that
   * began the session, null for all sessions of `sub`; `sub` is null where `sid` alone names the session. Answer 200,
   * and 400 where it throws.
   * @throws {LandfallError} logout_token_invalid with the part at fault as its `parameter`, method_not_allowed,
   *   content_type, request_too_large, and what a provider's server that is down brings
   */
  verifyLogoutToken(
    input: HandlerInput,
  ): Promise<{ provider: string; sub: string | null; sid: string | null; jti: string }>
  /**
   * The session, verified as `getUser` does, or the response for a request without one: a 303 to the sign-in page that
   * keeps the asked path, or a 401 for a fetch. A request that changes something and comes from another site gets a
   * 403. Where the app or a server that it asks has a problem, the response leads to the error page.
   * @throws {LandfallError} session_off
   */
  require<Data = unknown>(
    input: HandlerInput,
  ): Promise<
    | { session: SignedInSession<Data>; setCookie: string[]; response?: undefined }
    | { response: Response; session?: undefined; setCookie?: undefined }
  >
  /** Loads the metadata of providers that have only an issuer. `start` needs it beforehand. */
  ready(): Promise<void>
}
