// The modules about the endpoints of a provider, and about who starts a sign-in.
import { unsigned } from '../node/support/id-token.mjs'
import { OTHER, REFUSE, refuses, signsIn, WHOLE } from './expectations.mjs'
import { CLIENT, PERSON, sign } from './provider.mjs'
import { signInTwice, thirdPartySignIn } from './runs.mjs'

const CLAIM_SOURCES =
  'Landfall signs the person in, and gives `_claim_names` and `_claim_sources` to `onSession` as they came. It neither verifies nor fetches the claims'

/** A claim of another party (OpenID Connect Core 5.6.2). @param {object} source */
const claimSource = (source) => {
  const sources = { _claim_names: { address: 'src1' }, _claim_sources: { src1: source } }
  return {
    faults: { userinfo: (right) => ({ ...right, ...sources }) },
    expect: signsIn(),
    check: ({ sessions: [{ userinfo }] }) => userinfo,
    gives: { ...PERSON, ...sources },
  }
}

/** @type {Record<string, import('./expectations.mjs').Module>} */
export const ENDPOINT_MODULES = {
  'oidcc-client-test-userinfo-invalid-sub': {
    sends: 'a userinfo response with another `sub`',
    wants: REFUSE,
    faults: { userinfo: (right) => ({ ...right, sub: 'eve' }) },
    expect: refuses('userinfo_sub', WHOLE),
  },
  'oidcc-client-test-scope-userinfo-claims': {
    sends: 'claims of `profile` and `email` in its userinfo response',
    wants: 'asks for them by `scope`',
    expect: signsIn(),
    check: ({ sessions: [{ userinfo, profile }] }) => [userinfo, { sub: profile.sub, email: profile.email }],
    gives: [PERSON, { sub: PERSON.sub, email: PERSON.email }],
  },
  'oidcc-client-test-client-secret-basic': {
    sends: 'tokens only to a client that authenticates with `client_secret_basic`',
    wants: 'authenticates in this way',
    expect: signsIn(),
  },
  'oidcc-client-test-userinfo-bearer-header': {
    sends: 'the profile only for an access token in the `Authorization` header',
    wants: 'sends it there',
    expect: signsIn(),
  },
  'oidcc-client-test-userinfo-bearer-body': {
    sends: 'the profile only for an access token in a form',
    wants: 'sends it there, as an alternative to the header',
    missing: 'Landfall sends it in the header, which every provider must take (RFC 6750 2.1)',
  },
  'oidcc-client-test-userinfo-signed': {
    sends: 'its userinfo response as a JWT, signed with RS256',
    wants: 'verifies it',
    faults: {
      userinfo: (right, key, { issuer }) => sign({ ...right, iss: issuer, aud: CLIENT.clientId }, key),
    },
    expect: signsIn(),
  },
  'oidcc-client-test-aggregated-claims': {
    sends: 'claims of others in its userinfo response, each source as a JWT',
    wants: 'reads them',
    missing: CLAIM_SOURCES,
    ...claimSource({ JWT: unsigned('{"alg":"none"}', '{"address":"Paris"}') }),
  },
  'oidcc-client-test-distributed-claims': {
    sends: 'the address of claims of others in its userinfo response',
    wants: 'fetches them',
    missing: CLAIM_SOURCES,
    ...claimSource({ endpoint: `${OTHER}/claims`, access_token: 'a token' }),
  },
  'oidcc-client-test-form-post-error': {
    sends: 'an error as a form, because `prompt=none` and `max_age=0` exclude each other',
    wants: 'shows an error to the person',
    provider: { responseMode: 'form_post', authorizationParams: { prompt: 'none', max_age: 0 } },
    faults: { response: ({ state, iss }) => ({ error: 'login_required', state, iss }) },
    expect: refuses('provider_error', 'metadata'),
  },
  'oidcc-client-test-discovery-openid-config': {
    sends: 'its metadata',
    wants: 'uses it',
    expect: signsIn(),
  },
  'oidcc-client-test-discovery-jwks-uri-keys': {
    sends: 'a `jwks_uri` that nobody can guess',
    wants: 'fetches the keys from there',
    faults: { jwksPath: `/keys-${Math.random().toString(36).slice(2)}` },
    expect: signsIn(),
  },
  'oidcc-client-test-discovery-issuer-mismatch': {
    sends: 'metadata with another `issuer`',
    wants: 'stops there',
    faults: { metadata: (right) => ({ ...right, issuer: OTHER }) },
    expect: refuses('discovery_issuer', 'metadata'),
  },
  'oidcc-client-test-signing-key-rotation': {
    sends: 'another key after the first of two sign-ins',
    wants: 'fetches the keys again',
    run: signInTwice,
    expect: { ...signsIn(`${WHOLE} token jwks userinfo`), sessions: 2 },
  },
  'oidcc-client-test-signing-key-rotation-just-before-signing': {
    sends: 'another key for each ID Token, made when it signs',
    wants: 'fetches the keys again',
    run: signInTwice,
    faults: {
      sign: async (right, _, provider) => {
        await provider.rotate()
        return sign(right, provider.keys[0])
      },
    },
    expect: { ...signsIn(`${WHOLE} token jwks userinfo`), sessions: 2 },
  },
  'oidcc-client-test-3rd-party-init-login': {
    sends: 'the person to the app’s sign-in with `iss`',
    wants: 'starts a sign-in at this issuer',
    run: thirdPartySignIn,
    expect: signsIn(),
    does: 'signs in at this issuer, by a link or by a form; `target_link_uri` leads to a page of the app alone',
  },
}
