/** What a sign-in ends in, as types. */

/**
 * The claims of an ID Token (OpenID Connect Core 2, 5.1).
 * @typedef {object} Claims
 * @property {string} iss the issuer
 * @property {string} sub who it is, at this issuer
 * @property {string | string[]} aud the client_id, alone or among others
 * @property {number} exp seconds since 1970
 * @property {number} iat seconds since 1970
 * @property {string} [email]
 * @property {boolean} [email_verified]
 * @property {string} [name]
 * @property {string} [picture]
 */

/**
 * The response of Bitbucket's e-mail endpoint. Trust an address only with `is_confirmed`.
 * @typedef {object} Emails
 * @property {{ email: string, is_primary: boolean, is_confirmed: boolean }[]} values
 */

/**
 * A new sign-in with a provider that Landfall speaks to directly. Names are those on the wire (RFC 6749 5.1, OpenID
 * Connect Core 3.1.3.3). `token_type` tells it from a SupabaseSession.
 * @typedef {object} Session
 * @property {string} provider the name in the options
 * @property {string} access_token
 * @property {'Bearer'} token_type
 * @property {number} [expires_in] seconds
 * @property {number} [expires_at] seconds since 1970
 * @property {string} [refresh_token]
 * @property {string} scope as granted, or as asked for where the provider does not say
 * @property {string} [id_token] verified
 * @property {Claims & Record<string, unknown>} [claims] of the ID Token, verified
 * @property {Record<string, unknown>} [userinfo] the userinfo response
 * @property {Emails} [emails] the response of the e-mail endpoint (Bitbucket)
 * @property {Record<string, unknown>} token_response the token response as it came
 * @property {undefined} [user] only a SupabaseSession has it
 */

/**
 * Who is signed in at Supabase.
 * @typedef {object} SupabaseUser
 * @property {string} id
 * @property {string} aud
 * @property {string} created_at
 * @property {string} [email]
 * @property {string} [phone]
 * @property {string} [role]
 * @property {Record<string, unknown>} app_metadata
 * @property {Record<string, unknown>} user_metadata
 */

/**
 * A new session of Supabase's, as supabase-js has it. `token_type` tells it from a Session.
 * @typedef {object} SupabaseSession
 * @property {string} access_token
 * @property {'bearer'} token_type
 * @property {number} expires_in seconds
 * @property {number} expires_at seconds since 1970
 * @property {string} refresh_token
 * @property {SupabaseUser & Record<string, unknown>} user
 * @property {string} [provider_token] the provider's own access token: only here, never after a refresh
 * @property {string} [provider_refresh_token]
 * @property {undefined} [provider] only a Session has it
 */

/**
 * A session in Supabase's cookies: not verified, and with `cookies.encode: 'tokens-only'` without a user.
 * @typedef {Omit<SupabaseSession, 'user'> & Partial<Pick<SupabaseSession, 'user'>>} StoredSession
 */

export {}
