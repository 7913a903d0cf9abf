/**
 * @typedef {object} ProviderOptions a direct OAuth 2.0 or OpenID Connect provider; `bitbucket` needs no addresses
 * @property {string} clientId the client_id
 * @property {string} [clientSecret] the client_secret; without it the client is a public one
 * @property {string} [issuer] the issuer identifier; addresses that are not given come from its metadata (RFC 8414)
 * @property {string} [authorizationEndpoint]
 * @property {string} [tokenEndpoint]
 * @property {string} [jwksUri] needed with `openid` where there is no metadata
 * @property {string} [userinfoEndpoint] asked after the token; its answer is `session.userinfo`
 * @property {string} [revocationEndpoint] RFC 7009
 * @property {string | string[]} [scopes]
 * @property {'client_secret_basic' | 'client_secret_post' | 'none'} [tokenEndpointAuthMethod]
 * @property {'query' | 'form_post'} [responseMode]
 * @property {Record<string, string | number>} [authorizationParams] more authorization request parameters, such as `prompt`
 * @property {boolean} [authorizationResponseIssParameterSupported] the provider promises `iss` (RFC 9207)
 * @property {'RS256' | 'PS256' | 'ES256' | 'EdDSA'} [idTokenSignedResponseAlg] the only algorithm to accept
 * @property {boolean} [userinfo] ask the profile endpoint of the metadata or the preset
 */

/**
 * @typedef {object} Options
 * @property {Record<string, ProviderOptions>} providers by the name that stands in `?provider=`
 * @property {string | string[]} [secret] at least 32 bytes, or several, newest first: seals the sign-ins under way. Left out, the key
 *   is derived from each provider's client secret.
 * @property {string | { trustedHosts: string[] }} [origin] the app's public origin, or the hosts that a proxy may name
 * @property {{ signIn?: string, callback?: string, signOut?: string, error?: string, afterSignIn?: string, afterSignOut?: string }} [paths]
 * @property {typeof globalThis.fetch} [fetch] another fetch for the requests to providers
 * @property {(session: Session, context: SessionContext) => HookAnswer | void | Promise<HookAnswer | void>} [onSession] takes the
 *   tokens of a new sign-in; when it throws, the person is not signed in
 * @property {(context: { request: Request }) => SignOutAnswer | void | Promise<SignOutAnswer | void>} [onSignOut] ends the app's own
 *   session
 * @property {(event: AuthEvent) => void} [onEvent] observes every outcome; it never gets secrets
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

/** @typedef {{ request: Request, provider: string, next: string }} SessionContext `next` is the path the person goes to */

/** @typedef {{ headers?: HeadersInit, redirect?: string }} HookAnswer headers to add, and another target than `next` */

/**
 * @typedef {HookAnswer & { provider?: string, token?: string, token_type_hint?: string }} SignOutAnswer the token is revoked where the
 *   provider can do that (RFC 7009)
 */

/**
 * @typedef {object} AuthEvent
 * @property {'sign_in' | 'callback' | 'sign_out'} type
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
 * @typedef {object} Auth
 * @property {(input: HandlerInput) => Promise<Response>} signIn GET /auth/sign-in?provider=…&next=…
 * @property {(input: HandlerInput) => Promise<Response>} callback GET (or POST, form_post) /auth/callback
 * @property {(input: HandlerInput) => Promise<Response>} signOut POST /auth/sign-out?next=…
 * @property {(input: HandlerInput) => Promise<Response> | undefined} handle the three by their paths; undefined for any other
 * @property {(options: { provider?: string, next?: string, request?: Request }) => { url: string, setCookie: string[] }} start starts
 *   a sign-in without a handler: send the browser to `url` with every `setCookie` as a Set-Cookie header. Throws LandfallError.
 * @property {() => Promise<void>} ready loads the metadata of providers that have only an issuer, which `start` needs beforehand
 */

export {}
