import type { LandfallError } from '../error.js'
import type { Options, SupabaseOptions } from '../generated/options.js'
import type { Session, SupabaseSession, SupabaseUser } from '../session.js'
import type { FromEnvironment, NotSet, RedirectType } from '../types.js'

/**
 * A storage of the app, as supabase-js's createClient takes it: AsyncStorage of React Native, for example. With one, an
 * app needs no page.
 */
export type AppStorage = {
  getItem(name: string): string | null | Promise<string | null>
  setItem(name: string, value: string): unknown
  removeItem(name: string): unknown
}

/** A Supabase project, for a page or an app without a server. */
export type BrowserProject = Omit<SupabaseOptions, 'storage'> & {
  /** Where the session is kept: as `createBrowserClient` does, as `createClient`, or in the storage of your client. */
  storage?: SupabaseOptions['storage'] | AppStorage
}

/** The options of createBrowserAuth: those of createAuth that a page has a use for. */
export type BrowserOptions = Omit<Options, 'onSession' | 'onSignOut' | 'origin' | 'session' | 'supabase'> & {
  /** Default: the page's own origin. */
  origin?: FromEnvironment
  supabase?: BrowserProject
}

/** createBrowserAuth. Its options say which kind of session `complete` gives. */
export type CreateBrowserAuth = {
  (options: BrowserDirectOptions | (() => BrowserDirectOptions)): BrowserAuth<Session>
  (options: BrowserSupabaseOptions | (() => BrowserSupabaseOptions)): BrowserAuth<SupabaseSession>
  (options: BrowserOptions | (() => BrowserOptions)): BrowserAuth
}

/** The options of a page that speaks to its providers directly. */
export type BrowserDirectOptions = Omit<BrowserOptions, 'supabase'> & { supabase?: never }

/** The options of a page that signs in through Supabase alone. */
export type BrowserSupabaseOptions = Omit<BrowserOptions, 'providers'> & { providers?: never }

/** How a sign-in in a page goes. */
export type OAuthOptions = {
  /** Where Supabase comes back to. Default: the callback path. */
  redirectTo?: string
  scopes?: string | string[]
  /** More parameters of /authorize. */
  queryParams?: Record<string, string>
  /** Stay on the page: the result has the URL. An app without a page always stays. */
  skipBrowserRedirect?: boolean
  /** The path that `complete` gives. */
  next?: string
}

/** The arguments for the start of a sign-in in a page, as supabase-js takes them. */
export type SignInRequest = { provider: string; options?: OAuthOptions }

/** Where a sign-in in a page goes to. */
export type SignInStarted =
  | { data: { provider: string; url: string; flowId: string }; error: null }
  | { data: { provider: string; url: null; flowId: null }; error: LandfallError }

/** A sign-in that is finished. */
export type Finished<S> = {
  session: S
  /** The user of a `SupabaseSession`; null of a `Session`. */
  user: SupabaseUser | null
  /** The path to go to. It is safe. */
  next: string | null
  redirectType: RedirectType
}

/** No session: the address has no response, or the response is an error. */
export type Unfinished = {
  session: null
  user: null
  /** The path to go to. It is safe. */
  next: string | null
  redirectType: null
}

/** The outcome of the response in the page's address. Without a response, `session` and `error` are null. */
export type Completed<S = Session | SupabaseSession> =
  | { data: Finished<S>; error: null }
  | { data: Unfinished; error: LandfallError | null }

/** The sign-in of a page without a server. As in supabase-js, an error is returned and not thrown. */
export type BrowserAuth<S = Session | SupabaseSession> = {
  /** Starts a sign-in, and goes to the provider. */
  signInWithOAuth(asked: SignInRequest): Promise<SignInStarted>
  /**
   * Finishes the sign-in whose response stands in the address, and cleans the address. With a URL, the response stands
   * there: it is the deep link with which the system opened the app. `implicit` takes a session in the fragment too.
   * The clients of supabase-js get `SIGNED_IN` or `PASSWORD_RECOVERY`, in this page and in other tabs.
   */
  complete(url?: string | { url?: string; implicit?: boolean }): Promise<Completed<S>>
  /** Ends the session at Supabase and here. The clients of supabase-js get `SIGNED_OUT`. */
  signOut(options?: { scope?: 'global' | 'local' | 'others' }): Promise<{ error: LandfallError | null }>
  /** The options that are there without a value; empty when nothing is missing. */
  check(): NotSet[]
  /**
   * The names of the providers at which a sign-in can start: those in `providers` and `supabase.providers` that miss no
   * value. A sign-in page shows a button for each.
   */
  providers(): string[]
  /** Loads the metadata of providers that have only an issuer. `signInWithOAuth` needs it beforehand. */
  ready(): Promise<void>
}
