/** The claims of an ID Token (OpenID Connect Core 2 and 5.1). */
export type Claims = {
  /** The issuer. */
  iss: string
  /** The identifier of the user at this issuer. */
  sub: string
  /** The client_id, alone or among others. */
  aud: string | string[]
  /** Seconds since 1970. */
  exp: number
  /** Seconds since 1970. */
  iat: number
  email?: string
  email_verified?: boolean
  name?: string
  picture?: string
  [claim: string]: unknown
}

/** The response of GitHub's or Bitbucket's e-mail endpoint. Trust an address only if it is verified there. */
export type Emails =
  | { email: string; primary: boolean; verified: boolean; visibility: string | null }[]
  | { values: { email: string; is_primary: boolean; is_confirmed: boolean }[] }

/**
 * Who signed in, in the same form for every provider. A member is null where the provider does not say it, or says
 * something else than a text of at most 2 KiB.
 */
export type Profile = {
  /** The provider's name in the options; through Supabase, its name there. */
  provider: string | null
  /** Who it is at this provider; through Supabase, the user. Accounts hang on it, never on `email`. */
  sub: string | null
  name: string | null
  email: string | null
  /** True only where the provider says that this address is verified. */
  email_verified: boolean
  /** An address. */
  picture: string | null
  username: string | null
  /** A language tag. */
  locale: string | null
}

/**
 * A new sign-in with a provider that the app speaks to directly. The names are those on the wire (RFC 6749 5.1, OpenID
 * Connect Core 3.1.3.3). `token_type` tells it from a `SupabaseSession`.
 */
export type Session = {
  /** The provider's name in the options. */
  provider: string
  access_token: string
  token_type: 'Bearer'
  /** Seconds. */
  expires_in?: number
  /** Seconds since 1970. */
  expires_at?: number
  refresh_token?: string
  /** The scope that the provider granted; if the provider does not name it, the scope that the app asked for. */
  scope: string
  /** Verified. */
  id_token?: string
  /** The claims of the ID Token, verified. */
  claims?: Claims
  /** The userinfo response. */
  userinfo?: Record<string, unknown>
  /** The response of the e-mail endpoint (GitHub, Bitbucket). */
  emails?: Emails
  /** The JSON that Apple posts at the first sign-in. Anybody could have written it. */
  posted_user?: {
    name?: { firstName?: string; lastName?: string }
    email?: string
    [member: string]: unknown
  }
  profile: Profile
  /** The token response as it came. */
  token_response: Record<string, unknown>
  /** Only a `SupabaseSession` has a user. */
  user?: undefined
}

/** The user who is signed in at Supabase. */
export type SupabaseUser = {
  id: string
  aud: string
  created_at: string
  email?: string
  phone?: string
  role?: string
  app_metadata: Record<string, unknown>
  user_metadata: Record<string, unknown>
  /** The factors of a second step (MFA); missing when there is none. */
  factors?: { id: string; status: 'verified' | 'unverified'; factor_type: string; friendly_name?: string }[]
  [member: string]: unknown
}

/** A new session at Supabase, as supabase-js has it. `token_type` tells it from a `Session`. */
export type SupabaseSession = {
  access_token: string
  token_type: 'bearer'
  /** Seconds. */
  expires_in: number
  /** Seconds since 1970. */
  expires_at: number
  refresh_token: string
  user: SupabaseUser
  /** The provider's own access token. It is here once, and never after a refresh. */
  provider_token?: string
  provider_refresh_token?: string
  /** Only `onSession` gets it; it is not in the cookies. */
  profile?: Profile
  /** Only a `Session` has a provider. */
  provider?: undefined
}

/** Who is signed in, in the same form with and without Supabase. `Data` is the app's own data. */
export type SignedInSession<Data = unknown> = {
  user: Profile
  provider: string | null
  /** The session's own name, random: the same for as long as the person is signed in. Null through Supabase. */
  sid: string | null
  /** When the person signed in, in seconds since 1970. Null through Supabase. */
  created: number | null
  /** When the session ends, in seconds since 1970. Null through Supabase, which decides itself. */
  expires: number | null
  /** From `onSession`, `createSession` or `updateSession`; null for none. */
  data: Data | null
  /** False from `getSession` through Supabase: the cookie is the browser's word. A session of Landfall's is sealed. */
  verified: boolean
}
