// The test plans for relying parties of the OpenID Foundation's conformance suite, by the names of their modules.
import { ENDPOINT_MODULES } from './endpoint-modules.mjs'
import { ID_TOKEN_MODULES } from './id-token-modules.mjs'
import { SESSION_MODULES } from './session-modules.mjs'

const BASIC = [
  'oidcc-client-test',
  'oidcc-client-test-invalid-iss',
  'oidcc-client-test-missing-sub',
  'oidcc-client-test-invalid-aud',
  'oidcc-client-test-missing-iat',
  'oidcc-client-test-kid-absent-single-jwks',
  'oidcc-client-test-kid-absent-multiple-jwks',
  'oidcc-client-test-idtoken-sig-rs256',
  'oidcc-client-test-idtoken-sig-none',
  'oidcc-client-test-invalid-sig-rs256',
  'oidcc-client-test-userinfo-invalid-sub',
  'oidcc-client-test-nonce-invalid',
  'oidcc-client-test-scope-userinfo-claims',
  'oidcc-client-test-client-secret-basic',
]
const CONFIG = [
  'oidcc-client-test-discovery-openid-config',
  'oidcc-client-test-discovery-jwks-uri-keys',
  'oidcc-client-test-discovery-issuer-mismatch',
  'oidcc-client-test-idtoken-sig-none',
  'oidcc-client-test-signing-key-rotation-just-before-signing',
  'oidcc-client-test-signing-key-rotation',
]
const DYNAMIC = [
  'oidcc-client-test-discovery-webfinger-acct',
  'oidcc-client-test-discovery-webfinger-url',
  'oidcc-client-test-dynamic-registration',
  'oidcc-client-test-request-uri-signed-rs256',
  'oidcc-client-test-request-uri-signed-none',
  'oidcc-client-test-userinfo-signed',
]
const BACK_CHANNEL = 'oidcc-client-test-rp-backchannel-rpinitlogout'

const CODE_FLOW = 'without Supabase, Landfall has the code flow alone, as RFC 9700 2.1.2 recommends'
const REGISTRATION = 'an app registers its client once, by hand, and keeps the `client_id` in its settings'
const WEBFINGER = 'the app names its providers; a person does not'
const REQUEST_OBJECT = 'Landfall sends its parameters in the address, bound by PKCE, `state` and `nonce`'

/** What Landfall does not have, and no test shows. @type {Record<string, { sends: string, wants: string, missing: string }>} */
const MISSING = {
  'oidcc-client-test-nonce-unless-code-flow': {
    sends: 'an ID Token from its authorization endpoint',
    wants: 'sends a `nonce`',
    missing: CODE_FLOW,
  },
  'oidcc-client-test-missing-chash': {
    sends: 'an ID Token from its authorization endpoint, without `c_hash`',
    wants: 'refuses it',
    missing: CODE_FLOW,
  },
  'oidcc-client-test-invalid-chash': {
    sends: 'an ID Token from its authorization endpoint, with another `c_hash`',
    wants: 'refuses it',
    missing: CODE_FLOW,
  },
  'oidcc-client-test-missing-athash': {
    sends: 'an ID Token from its authorization endpoint, without `at_hash`',
    wants: 'refuses it',
    missing: CODE_FLOW,
  },
  'oidcc-client-test-mtls-endpoint-aliases': {
    sends: 'other addresses for clients with a certificate (RFC 8705)',
    wants: 'uses them',
    missing: 'Landfall has no client certificates',
  },
  'oidcc-client-test-discovery-webfinger-acct': {
    sends: 'its issuer for an `acct:` name of a person',
    wants: 'finds the provider by it',
    missing: WEBFINGER,
  },
  'oidcc-client-test-discovery-webfinger-url': {
    sends: 'its issuer for the URL of a person',
    wants: 'finds the provider by it',
    missing: WEBFINGER,
  },
  'oidcc-client-test-dynamic-registration': {
    sends: 'a `client_id` to a client that registers itself',
    wants: 'registers itself',
    missing: REGISTRATION,
  },
  'oidcc-client-test-request-uri-signed-rs256': {
    sends: 'a request for the signed request object at `request_uri`',
    wants: 'publishes it',
    missing: REQUEST_OBJECT,
  },
  'oidcc-client-test-request-uri-signed-none': {
    sends: 'a request for the unsigned request object at `request_uri`',
    wants: 'publishes it',
    missing: REQUEST_OBJECT,
  },
  'oidcc-client-test-rp-frontchannel-rpinitlogout': {
    sends: 'a page with the app’s logout address in a frame',
    wants: 'ends its session there',
    missing:
      'a frame of another site gets no cookie of the app (`SameSite=Lax`), so nothing there can end a session; use back-channel logout',
  },
  'oidcc-client-test-session-management': {
    sends: 'a page that a frame of the app asks for the state of the session',
    wants: 'asks it',
    missing: 'browsers withhold the provider’s cookies in a frame of another site; use back-channel logout',
  },
}

export const MODULES = { ...ID_TOKEN_MODULES, ...ENDPOINT_MODULES, ...SESSION_MODULES, ...MISSING }

/** What a plan changes in each module, by the words for it. */
export const QUERY = { '': {} }
export const QUERY_AND_FORM = { '': {}, ', as a form': { responseMode: 'form_post' } }

/** @typedef {{ title: string, plans: string[], variants: Record<string, object>, modules: string[] }} Plan */

/** @type {Plan[]} */
export const PLANS = [
  {
    title: 'Basic RP, and Form Post RP',
    plans: [
      'oidcc-client-basic-certification-test-plan',
      'oidcc-client-formpost-basic-certification-test-plan',
    ],
    variants: QUERY_AND_FORM,
    modules: BASIC,
  },
  {
    title: 'Config RP',
    plans: ['oidcc-client-config-certification-test-plan'],
    variants: QUERY,
    modules: CONFIG,
  },
  {
    title: 'RP-Initiated Logout RP',
    plans: ['oidcc-client-rp-initiated-logout-rp-basic'],
    variants: QUERY,
    modules: ['', '-other-state', '-no-state'].map((part) => `oidcc-client-test-rp-init-logout${part}`),
  },
  {
    title: 'Third-party-initiated login',
    plans: ['oidcc-client-test-3rd-party-init-login-test-plan'],
    variants: QUERY,
    modules: ['oidcc-client-test-3rd-party-init-login'],
  },
  {
    title: 'Refresh tokens',
    plans: ['oidcc-client-refreshtoken-test-plan'],
    variants: QUERY,
    modules: ['', '-invalid-issuer', '-invalid-sub'].map((part) => `oidcc-client-test-refresh-token${part}`),
  },
  {
    title: 'Back-Channel Logout RP',
    plans: ['oidcc-client-back-channel-logout-rp-basic'],
    variants: QUERY,
    modules: ['', '-alg-none', '-no-event', '-with-nonce']
      .concat(['alg', 'aud', 'event', 'iss'].map((part) => `-wrong-${part}`))
      .map((part) => BACK_CHANNEL + part),
  },
  {
    title: 'Front-Channel Logout RP, and Session Management RP',
    plans: ['oidcc-client-front-channel-logout-rp-basic', 'oidcc-client-rp-session-management-rp-basic'],
    variants: QUERY,
    modules: ['oidcc-client-test-rp-frontchannel-rpinitlogout', 'oidcc-client-test-session-management'],
  },
  {
    title: 'Dynamic RP',
    plans: ['oidcc-client-dynamic-certification-test-plan'],
    variants: QUERY,
    modules: [...DYNAMIC, ...CONFIG],
  },
  {
    title: 'The comprehensive plan',
    plans: ['oidcc-client-test-plan'],
    variants: QUERY,
    modules: [
      'oidcc-client-test-ignores-unparseable-key-in-jwks',
      'oidcc-client-test-missing-aud',
      'oidcc-client-test-invalid-sig-hs256',
      'oidcc-client-test-invalid-sig-es256',
      'oidcc-client-test-invalid-athash',
      'oidcc-client-test-userinfo-bearer-header',
      'oidcc-client-test-userinfo-bearer-body',
      'oidcc-client-test-form-post-error',
      'oidcc-client-test-aggregated-claims',
      'oidcc-client-test-distributed-claims',
      'oidcc-client-test-mtls-endpoint-aliases',
      'oidcc-client-test-nonce-unless-code-flow',
      'oidcc-client-test-missing-chash',
      'oidcc-client-test-invalid-chash',
      'oidcc-client-test-missing-athash',
      ...BASIC,
      ...CONFIG.filter((name) => !BASIC.includes(name)),
      ...DYNAMIC,
    ],
  },
]
