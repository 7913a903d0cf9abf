// What leads to the errors of a provider, most likely first, and what to do.

/** @typedef {import('./app-and-browser.mjs').Row} Row */

const CLOCK = 'Synchronise the server’s clock (NTP): it may be 30 seconds off, no more.'
const REPORT = 'Tell whoever runs the provider. Nobody is signed in until it is right.'

/** @type {Record<string, Row>} */
export const RESPONSE = {
  provider_access_denied: [
    [
      'the person pressed “cancel” or refused a scope',
      'the account may not use this app: a policy of its organisation, an app that is only for testers',
    ],
    'Nothing, if it is one person. Otherwise read `description` of the event, and the app’s settings at the provider.',
  ],
  provider_unavailable: [['the provider has a failure of its own'], 'Try again; look at its status page.'],
  provider_error: [
    [
      '`scopes` has one that the app is not allowed, or that does not exist (`invalid_scope`)',
      'the client may not use this flow (`unauthorized_client`), or a parameter is refused (`invalid_request`)',
      'through Supabase: an error that has no name of its own here',
    ],
    'Look at `detail` and `description` of the event: they are the provider’s own code and sentence.',
  ],
}

/** @type {Record<string, Row>} */
export const TOKEN = {
  token_network: [
    [
      'the server may not open connections to the provider: firewall, egress rules, DNS, a proxy that has to be used',
      'the provider is down',
      'its certificate is not trusted by the runtime',
    ],
    'Run `curl -v` to the token endpoint from where the app runs. For a proxy of your own, give `fetch`.',
  ],
  token_timeout: [
    ['the provider needs more than ten seconds', 'a firewall drops the packets in place of refusing them'],
    'As for token_network.',
  ],
  token_redirect: [
    [
      '`tokenEndpoint` is not the final address: http in place of https, a missing or spare slash, an old host',
      'a login page of the network stands in front of the provider',
      'a `fetch` of your own follows redirects, or answers a Response with [another address](options.md#another-address-inside-a-network)',
    ],
    'Set `tokenEndpoint` to the address that it redirects to. A redirect is never followed: code and secret would go along.',
  ],
  token_status: [
    [
      'the provider or its gateway has a failure in passing',
      '`tokenEndpoint` or `supabase.url` is wrong (404)',
    ],
    'Try again. If it stays, ask the token endpoint with `curl -i`.',
  ],
  token_too_large: [['the address answers something else than tokens'], 'Check `tokenEndpoint`.'],
  token_content_type: [
    [
      'the address answers a web page: an error page of a gateway, a login page',
      'the provider only speaks form-encoded text',
    ],
    'Check `tokenEndpoint` and `supabase.url`.',
  ],
  token_json: [
    ['the answer was cut, or is no JSON in spite of its type'],
    'Ask the token endpoint with `curl -i`.',
  ],
  token_shape: [
    [
      'the provider has errors of a shape of its own (Notion, Twitch, Slack)',
      'the answer has no `access_token` or no `token_type`, or one of them is no text',
      '`tokenEndpoint` is another endpoint of the provider',
    ],
    '`parameter` of the event names the member. See [quirks](providers.md#quirks).',
  ],
  token_type_unsupported: [
    ['the client is set to DPoP or MAC tokens at the provider'],
    'Set the client to bearer tokens.',
  ],
  token_invalid_grant: [
    [
      'the code was used before: the callback ran twice',
      'the code expired: some live a minute',
      'the redirect_uri differs from the one that is registered: `origin`, `paths.callback`, last slash',
      'the provider does not do PKCE and takes the verifier amiss',
    ],
    'Start again. If it happens always, compare `redirect_uri` of the first redirect with what is registered.',
  ],
  token_invalid_client: [
    [
      '`clientSecret` is wrong, was rotated at the provider, or has a space or a line break at its end',
      'the provider wants the secret in the body: `tokenEndpointAuthMethod`',
      'the client is a public one and has no secret, or the reverse',
      'Apple: the secret is a JWT that expires',
    ],
    "Copy id and secret anew. Then try `tokenEndpointAuthMethod: 'client_secret_post'`.",
  ],
  token_error: [
    [
      'the provider refused for a reason of its own (`detail`), such as `unauthorized_client` or `invalid_scope`',
      'through Supabase: a hook or the database failed while the user was made',
    ],
    'Look at `detail` and `description` of the event; for Supabase, at Logs → Auth in the dashboard.',
  ],
}

/** @type {Record<string, Row>} */
export const METADATA = {
  discovery_unavailable: [
    [
      '`issuer` is wrong: its metadata answers 404',
      'the server may not open connections to the provider',
      'the provider has no metadata: give the endpoints in place of `issuer`',
    ],
    'Open `<issuer>/.well-known/openid-configuration` with `curl -i` from where the app runs.',
  ],
  discovery_invalid: [
    ['the address answers a web page', 'an endpoint is missing, or is not https'],
    'Open the metadata with `curl`. An endpoint that is missing there can be given as an option.',
  ],
  discovery_issuer: [
    [
      'one slash too many or too few at the end of `issuer`',
      'Microsoft: `common` or `organizations` in place of the tenant’s id',
      'the provider is reached by another name than it calls itself',
    ],
    'Copy `issuer` out of the metadata.',
  ],
  jwks_unavailable: [
    ['the address of the keys does not answer, or not with 200'],
    'Open `jwks_uri` of the metadata with `curl -i` from where the app runs.',
  ],
  jwks_invalid: [['the address answers something else than a key set'], 'Check `jwksUri`.'],
}

/** @type {Record<string, Row>} */
export const ID_TOKEN = {
  id_token_missing: [
    [
      'the client may not use OpenID Connect at the provider, so that it drops the scope `openid`',
      'the provider is no OpenID provider',
    ],
    'Allow the scope at the provider; or give endpoints and `scopes` without `openid`.',
  ],
  id_token_malformed: [
    ['the ID Token is encrypted', 'it is no JWT'],
    'Turn encryption of ID Tokens off for this client.',
  ],
  id_token_alg: [
    [
      'the client is set to a symmetric algorithm (HS256), or to one other than RS256, PS256, ES256, EdDSA',
      '`idTokenSignedResponseAlg` is another one than the provider uses',
    ],
    'Set the client to RS256 or ES256 at the provider.',
  ],
  id_token_key: [
    [
      'the provider rotated its keys a moment ago: they are asked for again, at most every ten seconds',
      '`jwksUri` is of another tenant',
    ],
    'Try again. If it stays, compare `kid` of the token with the key set.',
  ],
  id_token_signature: [
    ['`jwksUri` is of another tenant or environment with the same `kid`', 'somebody forged the token'],
    REPORT,
  ],
  id_token_iss: [
    ['`issuer` is not the one that stands in the tokens: a tenant, a slash, an old name'],
    'Set `issuer` to `iss` of the token.',
  ],
  id_token_aud: [['`clientId` is of another client than the one that was asked'], 'Check `clientId`.'],
  id_token_azp: [['the token has several audiences, and was given to another client'], 'Check `clientId`.'],
  id_token_exp: [['the server’s clock is ahead', 'the provider’s tokens live for seconds only'], CLOCK],
  id_token_iat: [['the server’s clock is behind'], CLOCK],
  id_token_nbf: [['the server’s clock is behind'], CLOCK],
  id_token_nonce: [
    [
      'the provider does not send `nonce` back (LinkedIn)',
      'the token is of another sign-in: somebody injected a code',
    ],
    'Start again. If it happens always, see [quirks](providers.md#quirks).',
  ],
  id_token_sub: [['the token names nobody'], REPORT],
  id_token_at_hash: [['the two tokens do not belong together'], REPORT],
  id_token_auth_time: [
    [
      '`max_age` is asked for, and the provider does not ask for the password again, or does not say when it did',
    ],
    'Start again. If it happens always, take `max_age` out of `authorizationParams`.',
  ],
}

/** @type {Record<string, Row>} */
export const PROFILE = {
  userinfo_unavailable: [
    [
      'a scope for the profile is missing: at Bitbucket, “Account: Read” and “Email” of the consumer',
      'the endpoint wants a header of its own, such as GitHub’s User-Agent on a runtime that sends none',
    ],
    'Ask the endpoint with `curl -i` and the token. Headers can be added with `fetch`.',
  ],
  userinfo_invalid: [
    ['`userinfoEndpoint` answers a web page or a signed JWT'],
    'Let the provider answer JSON: no userinfo_signed_response_alg for this client.',
  ],
  userinfo_sub: [['the endpoint is of another tenant', 'tokens were mixed up'], REPORT],
  revocation_failed: [
    [
      'the provider or Supabase did not answer: the person is signed out here all the same',
      'the provider cannot revoke tokens of this type',
    ],
    'Nothing for the person. If it happens always, check `revocationEndpoint`.',
  ],
}
