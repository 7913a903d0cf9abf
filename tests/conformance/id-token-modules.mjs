// The modules about an ID Token and the keys that sign it, by name: what the provider sends, what is expected of a relying party, and
// what Landfall does. Names and expectations are those of the OpenID Foundation's conformance suite.
import { flipSignature, unsigned } from '../node/support/id-token.mjs'
import { ACCEPT, OTHER, REFUSE, refuses, signsIn } from './expectations.mjs'
import { CLIENT, makeKey, sign } from './provider.mjs'

/** @param {object} changes of the claims; undefined removes one */
const claims = (changes) => ({ claims: (right) => ({ ...right, ...changes }) })

const without = (object, ...names) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))
const nameless = (keys) => keys.map((key) => without(key, 'kid', 'alg', 'use'))
const signNameless = (right, key) => sign(right, key, { kid: undefined })
const signBadly = async (right, key) => flipSignature(await sign(right, key))

/** @type {Record<string, import('./expectations.mjs').Module>} */
export const ID_TOKEN_MODULES = {
  'oidcc-client-test': { sends: 'what it should', wants: 'signs in by code flow', expect: signsIn() },
  'oidcc-client-test-invalid-iss': {
    sends: 'an ID Token with another `iss`',
    wants: REFUSE,
    faults: claims({ iss: OTHER }),
    expect: refuses('id_token_iss', 'metadata token'),
  },
  'oidcc-client-test-missing-sub': {
    sends: 'an ID Token without `sub`',
    wants: REFUSE,
    faults: claims({ sub: undefined }),
    expect: refuses('id_token_sub', 'metadata token'),
  },
  'oidcc-client-test-invalid-aud': {
    sends: 'an ID Token with another `aud`',
    wants: REFUSE,
    faults: claims({ aud: 'another-client' }),
    expect: refuses('id_token_aud', 'metadata token'),
  },
  'oidcc-client-test-missing-aud': {
    sends: 'an ID Token without `aud`',
    wants: REFUSE,
    faults: claims({ aud: undefined }),
    expect: refuses('id_token_aud', 'metadata token'),
  },
  'oidcc-client-test-missing-iat': {
    sends: 'an ID Token without `iat`',
    wants: REFUSE,
    faults: claims({ iat: undefined }),
    expect: refuses('id_token_iat', 'metadata token'),
  },
  'oidcc-client-test-nonce-invalid': {
    sends: 'an ID Token with another `nonce`',
    wants: REFUSE,
    faults: claims({ nonce: 'another nonce' }),
    expect: refuses('id_token_nonce', 'metadata token'),
  },
  'oidcc-client-test-kid-absent-single-jwks': {
    sends: 'an ID Token without `kid`, and one key that fits it',
    wants: ACCEPT,
    keys: async () => [await makeKey('RS256'), await makeKey('ES256')],
    faults: { keySet: nameless, sign: signNameless },
    expect: signsIn(),
  },
  'oidcc-client-test-kid-absent-multiple-jwks': {
    sends: 'an ID Token without `kid`, and two keys that fit it',
    wants: 'refuses it, or tries each key',
    keys: async () => [await makeKey('RS256'), await makeKey('RS256')],
    faults: { keySet: nameless, sign: signNameless },
    expect: refuses('id_token_key', 'metadata token jwks jwks'),
  },
  'oidcc-client-test-ignores-unparseable-key-in-jwks': {
    sends: 'a key set with its key, and two that nobody can read',
    wants: 'ignores those two',
    faults: {
      keySet: (keys) => [
        { kty: 'AKP', alg: 'ML-DSA-none', kid: 'post-quantum', pub: 'AAAA', use: 'sig' },
        { kty: 'made-up', kid: 'made-up', use: 'sig' },
        ...keys,
      ],
    },
    expect: signsIn(),
  },
  'oidcc-client-test-idtoken-sig-rs256': {
    sends: 'an ID Token signed with RS256',
    wants: ACCEPT,
    expect: signsIn(),
  },
  'oidcc-client-test-idtoken-sig-none': {
    sends: 'an ID Token that nobody signed (`alg: none`)',
    wants: 'accepts it; the suite skips the module for one that does not support this',
    faults: { sign: (right) => unsigned('{"alg":"none"}', JSON.stringify(right)) },
    expect: refuses('id_token_alg', 'metadata token'),
  },
  'oidcc-client-test-invalid-sig-rs256': {
    sends: 'an ID Token with a wrong signature, RS256',
    wants: REFUSE,
    faults: { sign: signBadly },
    expect: refuses('id_token_signature', 'metadata token jwks'),
  },
  'oidcc-client-test-invalid-sig-es256': {
    sends: 'an ID Token with a wrong signature, ES256',
    wants: REFUSE,
    keys: async () => [await makeKey('ES256')],
    faults: { sign: signBadly },
    expect: refuses('id_token_signature', 'metadata token jwks'),
  },
  'oidcc-client-test-invalid-sig-hs256': {
    sends: 'an ID Token with a wrong signature, HS256',
    wants: REFUSE,
    provider: { idTokenSignedResponseAlg: 'HS256' },
    keys: async () => [{ alg: 'HS256', privateKey: Buffer.from(CLIENT.clientSecret), jwk: {} }],
    faults: { sign: signBadly },
    expect: refuses('id_token_signature', 'metadata token'),
  },
  'oidcc-client-test-invalid-athash': {
    sends: 'an ID Token with another `at_hash`, here from its token endpoint',
    wants: REFUSE,
    faults: claims({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }),
    expect: refuses('id_token_at_hash', 'metadata token'),
  },
}
