// What leads to the errors of a provider, most likely first, and what to do.

/** @typedef {import('./app-and-browser.mjs').Row} Row */

const CLOCK = 'Synchronise the server’s clock (NTP): Landfall accepts a difference of at most 30 seconds.'
const REPORT = 'Tell the provider’s operator. Nobody is signed in until they correct it.'

/** @type {Record<string, Row>} */
export const RESPONSE = {
  provider_access_denied: [
    [
      'the person clicked “cancel” or refused a scope',
      'the account may not use this app: its organisation has a policy, or the app is only for testers',
    ],
    'Do nothing, if it is one person. Otherwise read `description` of the event, and check the app’s settings at the provider.',
  ],
  provider_unavailable: [['the provider has an internal failure'], 'Try again, and look at its status page.'],
  provider_error: [
    [
      '`scopes` has one that the app may not use, or that does not exist (`invalid_scope`)',
      'the client may not use this flow (`unauthorized_client`), or the provider refuses a parameter (`invalid_request`)',
    ],
    'Look at `detail` and `description` of the event: they are the provider’s own code and sentence.',
  ],
}

/** @type {Record<string, Row>} */
export const TOKEN = {
  certificate_untrusted: [
    [
      'the provider has a self-signed certificate, or one of your own authority: `detail` of the event has the runtime’s code',
      'a proxy of the network opens the connections and signs with its own authority',
    ],
    'Give the runtime the certificate of the authority: `NODE_EXTRA_CA_CERTS=/path/ca.pem` in Node.js and Bun, `DENO_CERT` in Deno. `url` of the event names the address. Never switch the verification off.',
  ],
  client_secret_unsigned: [
    [
      '`privateKey` is a key of another type than P-256, or its text is cut',
      'the runtime’s WebCrypto cannot import the key',
    ],
    'Give the whole content of the .p8 file that Apple made. In an environment variable, line breaks may be `\\n`.',
  ],
  token_network: [
    [
      'the provider’s certificate has expired, or is for another host: `detail` of the event names it',
      'the server may not open connections to the provider: firewall, egress rules, DNS, a required proxy',
      'the provider is down',
    ],
    'Look at `detail` of the event: `ENOTFOUND` is a host that does not exist, `ECONNREFUSED` a port where nobody listens. Run `curl -v` to `url` of the event from where the app runs. For your own proxy, give `fetch`.',
  ],
  token_timeout: [
    ['the provider needs more than ten seconds', 'a firewall drops the packets instead of refusing them'],
    'Do the same as for token_network.',
  ],
  token_redirect: [
    [
      '`tokenEndpoint` is not the final address: http instead of https, a missing or extra slash, an old host',
      'a login page of the network answers instead of the provider',
      'your own `fetch` follows redirects, or returns a Response with [another address](options.md#another-address-inside-a-network)',
    ],
    'Set `tokenEndpoint` to the address that it redirects to. Landfall follows no redirect, because it would send the code and the secret there.',
  ],
  token_status: [
    [
      'the provider or its gateway has a temporary failure',
      '`tokenEndpoint` or `supabase.url` is wrong (404)',
    ],
    'Try again. If it stays, ask the token endpoint with `curl -i`.',
  ],
  token_too_large: [['the address returns other data than tokens'], 'Check `tokenEndpoint`.'],
  token_content_type: [
    [
      'the address returns a web page: an error page of a gateway, a login page',
      'the provider sends only form-encoded text',
    ],
    'Check `tokenEndpoint` and `supabase.url`.',
  ],
  token_json: [
    ['something cut the response, or it is no JSON despite its type'],
    'Ask the token endpoint with `curl -i`.',
  ],
  token_shape: [
    [
      'the provider’s errors have a non-standard shape (Notion, Twitch, Slack)',
      'the response has no `access_token` or no `token_type`, or one of them is no text',
      '`tokenEndpoint` is another endpoint of the provider',
    ],
    '`parameter` of the event names the member. See [quirks](providers.md#quirks).',
  ],
  token_type_unsupported: [
    ['at the provider, the client is set to DPoP or MAC tokens'],
    'Set the client to bearer tokens.',
  ],
  token_invalid_grant: [
    [
      'the code is already used: the callback ran twice',
      'the code expired: some codes live for one minute',
      'the redirect_uri differs from the registered one: `origin`, `paths.callback`, last slash',
      'the provider does not support PKCE and refuses the verifier',
    ],
    'Start again. If it always happens, compare `redirect_uri` of the first redirect with the registered address.',
  ],
  token_invalid_client: [
    [
      '`clientSecret` is wrong, is no longer valid at the provider, or ends with a space or a line break',
      'the provider needs the secret in the body: `tokenEndpointAuthMethod`',
      'the client is public and has no secret, or the reverse',
      'Apple: the secret is a JWT that expires',
    ],
    "Copy id and secret again. Then try `tokenEndpointAuthMethod: 'client_secret_post'`.",
  ],
  token_error: [
    [
      'the provider refused for its own reason (`detail`), such as `unauthorized_client` or `invalid_scope`',
      'through Supabase: a hook or the database failed while Supabase made the user',
    ],
    'Look at `detail` and `description` of the event. For Supabase, look at Logs → Auth in the dashboard.',
  ],
}

/** @type {Record<string, Row>} */
export const METADATA = {
  discovery_unavailable: [
    [
      '`issuer` is wrong: its metadata answers 404',
      'the server may not open connections to the provider',
      'the provider has no metadata: give the endpoints instead of `issuer`',
    ],
    'Open `<issuer>/.well-known/openid-configuration` with `curl -i` from where the app runs.',
  ],
  discovery_invalid: [
    ['the address returns a web page', 'an endpoint is missing, or is not https'],
    'Open the metadata with `curl`. If an endpoint is missing there, give it as an option.',
  ],
  discovery_issuer: [
    [
      '`issuer` has one slash too many or too few at its end',
      'Microsoft: `issuer` has `common` or `organizations` instead of the tenant’s id',
      'the provider’s address differs from the name in its metadata',
    ],
    'Copy `issuer` from the metadata.',
  ],
  jwks_unavailable: [
    ['the address of the keys does not answer with 200'],
    'Open `jwks_uri` of the metadata with `curl -i` from where the app runs.',
  ],
  jwks_invalid: [['the address returns other data than a key set'], 'Check `jwksUri`.'],
}

/** @type {Record<string, Row>} */
export const ID_TOKEN = {
  id_token_missing: [
    [
      'the client may not use OpenID Connect at the provider, which therefore drops the scope `openid`',
      'the provider is no OpenID provider',
    ],
    'Allow the scope at the provider. Or give endpoints and `scopes` without `openid`.',
  ],
  id_token_malformed: [
    ['the ID Token is encrypted', 'it is no JWT'],
    'Switch encryption of ID Tokens off for this client.',
  ],
  id_token_alg: [
    [
      'the client uses HS256, and `idTokenSignedResponseAlg` does not name it',
      '`idTokenSignedResponseAlg` differs from the provider’s algorithm',
      'the algorithm is not in `id_token_signing_alg_values_supported` of the metadata, or there is no metadata',
    ],
    'Set the client to RS256 or ES256 at the provider, or name its algorithm in `idTokenSignedResponseAlg`.',
  ],
  id_token_key: [
    [
      'the provider rotated its keys a moment ago: Landfall fetches them again, at most every ten seconds',
      '`jwksUri` belongs to another tenant',
    ],
    'Try again. If it stays, compare `kid` of the token with the key set.',
  ],
  signature_unchecked: [
    [
      'the engine has no `crypto.subtle`, such as Hermes, or a page on plain http',
      'the runtime’s WebCrypto does not know the algorithm: P-521 of ES512 is missing in some',
      'the option `verify` threw, gave something else than `true` or `false`, or took longer than ten seconds',
    ],
    'Look at `cause` of the event: it is the thrown value, or an error that says what is missing. [Set `verify`](elsewhere.md#without-webcrypto), or correct it.',
  ],
  id_token_signature: [
    [
      '`jwksUri` belongs to another tenant or environment with the same `kid`',
      'with HS256, the provider made the token with another secret than `clientSecret`',
      'somebody forged the token',
    ],
    REPORT,
  ],
  id_token_iss: [
    ['`issuer` differs from the issuer in the tokens: a tenant, a slash, an old name'],
    'Set `issuer` to `iss` of the token.',
  ],
  id_token_aud: [['`clientId` belongs to a different client than the requested one'], 'Check `clientId`.'],
  id_token_azp: [['the token has several audiences, and belongs to another client'], 'Check `clientId`.'],
  id_token_exp: [['the server’s clock is ahead', 'the provider’s tokens live for only a few seconds'], CLOCK],
  id_token_iat: [['the server’s clock is behind'], CLOCK],
  id_token_nbf: [['the server’s clock is behind'], CLOCK],
  id_token_nonce: [
    [
      'the provider does not return `nonce`: use LinkedIn by its name, `linkedin`',
      'the token is from another sign-in: somebody injected a code',
    ],
    'Start again. If it always happens, see [quirks](providers.md#quirks).',
  ],
  id_token_sub: [['the token names nobody'], REPORT],
  id_token_at_hash: [['the two tokens do not belong together'], REPORT],
  id_token_auth_time: [
    [
      'the app requests `max_age`, but the provider does not ask for the password again, or does not say when it did',
    ],
    'Start again. If it always happens, remove `max_age` from `authorizationParams`.',
  ],
}

/** @type {Record<string, Row>} */
export const PROFILE = {
  userinfo_unavailable: [
    ['the endpoint is down or slow: `status` of the event is its HTTP status, if it answered'],
    'Try again. If it always happens, ask the endpoint with `curl -i` and the token.',
  ],
  userinfo_refused: [
    [
      'a scope for the profile is missing: at Bitbucket, “Account: Read” and “Email” of the consumer; `description` of the event names it where the provider does',
      'the endpoint needs an extra header, such as GitHub’s User-Agent on a runtime that sends none',
      '`userinfoEndpoint` is not the profile’s address (`status` is 404)',
    ],
    'Add the scope to `scopes` and to the client at the provider. Add headers with `fetch`.',
  ],
  userinfo_invalid: [
    [
      '`userinfoEndpoint` returns a web page or an encrypted JWT',
      'a signed response is from another issuer or for another client, or the scope has no `openid`',
    ],
    'Ask the endpoint with `curl -i` and the token. Set no userinfo_encrypted_response_alg for this client.',
  ],
  userinfo_signature: [
    [
      'the provider signs the profile with another algorithm than the ID Token: `idTokenSignedResponseAlg` counts for both',
      'its key is not in the provider’s key set',
      'the runtime’s WebCrypto does not know the algorithm: P-521 of ES512 is missing in some',
    ],
    'Set userinfo_signed_response_alg of the client to the algorithm of its ID Tokens, or set none.',
  ],
  userinfo_sub: [['the endpoint belongs to another tenant', 'somebody mixed up tokens'], REPORT],
  revocation_failed: [
    [
      'the provider or Supabase did not answer: the person is signed out here anyway, but with `scope=others`',
      'through Supabase: the access token is no longer valid (`bad_jwt`), because the project got a new signing key',
      'through Supabase: the session cannot be refreshed, so its other sessions may live on',
      'the provider cannot revoke tokens of this type',
    ],
    'Look at `detail` and `status` of the event. If it always happens with a direct provider, check `revocationEndpoint`.',
  ],
}
