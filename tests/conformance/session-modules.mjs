// The modules of the relying-party plans about what follows a sign-in, by name: refresh tokens, and the ways out.
import { unsigned } from '../node/support/id-token.mjs'
import { OTHER, WHOLE } from './expectations.mjs'
import { makeKey, sign } from './provider.mjs'
import { refresh, signOut } from './runs.mjs'

/** Signed out at both, and back in the app. */
const signedOut = (more) => ({
  outcome: 'ok',
  asked: WHOLE,
  sessions: 1,
  user: null,
  at: '/bye',
  told: 'sub=ada',
  logoutStatus: 200,
  ...more,
})

/** A refusal of a logout token: 400, and the sign-out that the person asked for goes on. @param {string} part */
const refusesLogout = (part) => signedOut({ told: `logout_token_invalid ${part}`, logoutStatus: 400 })

/** @param {object} changes of the claims of the logout token; undefined removes one */
const logout = (changes) => ({ logout: (right) => ({ ...right, ...changes }) })

const BACK_CHANNEL = { run: signOut, wants: 'refuses it with 400, and the sign-out goes on' }

/** @type {Record<string, import('./expectations.mjs').Module>} */
export const SESSION_MODULES = {
  'oidcc-client-test-refresh-token': {
    sends: 'new tokens for a refresh token',
    wants: 'refreshes, and uses the new access token',
    run: refresh,
    expect: { outcome: 'renewed', asked: `${WHOLE} metadata token userinfo`, user: 'ada' },
  },
  'oidcc-client-test-refresh-token-invalid-issuer': {
    sends: 'with new tokens, an ID Token with another `iss`',
    wants: 'uses none of them',
    run: refresh,
    faults: { refreshed: (right) => ({ ...right, iss: OTHER }) },
    expect: { outcome: 'id_token_iss', asked: `${WHOLE} metadata token`, user: 'ada' },
  },
  'oidcc-client-test-refresh-token-invalid-sub': {
    sends: 'with new tokens, an ID Token of another `sub`',
    wants: 'uses none of them',
    run: refresh,
    faults: { refreshed: (right) => ({ ...right, sub: 'eve' }) },
    expect: { outcome: 'id_token_sub', asked: `${WHOLE} metadata token`, user: 'ada' },
  },

  'oidcc-client-test-rp-init-logout': {
    sends: 'the person back with the same `state`',
    wants: 'signs out at the provider, and takes the person back',
    run: signOut,
    expect: signedOut(),
    does: 'signs out at both, and opens the page that the app asked for',
  },
  'oidcc-client-test-rp-init-logout-other-state': {
    sends: 'the person back with another `state`',
    wants: 'takes the person back all the same',
    run: signOut,
    faults: { back: () => ({ state: 'another' }) },
    expect: signedOut({ outcome: 'sign_out_state', at: '/' }),
    does: 'signs out at both, and opens the start page',
  },
  'oidcc-client-test-rp-init-logout-no-state': {
    sends: 'the person back without `state`',
    wants: 'takes the person back all the same',
    run: signOut,
    faults: { back: () => ({}) },
    expect: signedOut({ outcome: 'sign_out_state', at: '/' }),
    does: 'signs out at both, and opens the start page',
  },

  'oidcc-client-test-rp-backchannel-rpinitlogout': {
    ...BACK_CHANNEL,
    sends: 'a logout token',
    wants: 'takes it with 200',
    expect: signedOut(),
    does: '`verifyLogoutToken` names the person, and the app answers 200',
  },
  'oidcc-client-test-rp-backchannel-rpinitlogout-alg-none': {
    ...BACK_CHANNEL,
    sends: 'one that nobody signed (`alg: none`)',
    faults: { signLogout: (right) => unsigned('{"alg":"none"}', JSON.stringify(right)) },
    expect: refusesLogout('alg'),
  },
  'oidcc-client-test-rp-backchannel-rpinitlogout-no-event': {
    ...BACK_CHANNEL,
    sends: 'one without `events`',
    faults: logout({ events: undefined }),
    expect: refusesLogout('events'),
  },
  'oidcc-client-test-rp-backchannel-rpinitlogout-with-nonce': {
    ...BACK_CHANNEL,
    sends: 'one with a `nonce`',
    faults: logout({ nonce: 'n' }),
    expect: refusesLogout('nonce'),
  },
  'oidcc-client-test-rp-backchannel-rpinitlogout-wrong-alg': {
    ...BACK_CHANNEL,
    sends: 'one signed with another algorithm than its ID Tokens, and that key is in its key set',
    keys: async () => [await makeKey('RS256'), await makeKey('ES256')],
    provider: { idTokenSignedResponseAlg: 'RS256' },
    faults: { signLogout: (right, _, { keys }) => sign(right, keys[1], { typ: 'logout+jwt' }) },
    expect: refusesLogout('alg'),
    needs:
      'with the option `idTokenSignedResponseAlg`; without it, each key of the provider may sign with its own algorithm',
  },
  'oidcc-client-test-rp-backchannel-rpinitlogout-wrong-aud': {
    ...BACK_CHANNEL,
    sends: 'one with another `aud`',
    faults: logout({ aud: 'another-client' }),
    expect: refusesLogout('iss'),
  },
  'oidcc-client-test-rp-backchannel-rpinitlogout-wrong-event': {
    ...BACK_CHANNEL,
    sends: 'one with another event',
    faults: logout({ events: { 'https://other.example/event': {} } }),
    expect: refusesLogout('events'),
  },
  'oidcc-client-test-rp-backchannel-rpinitlogout-wrong-iss': {
    ...BACK_CHANNEL,
    sends: 'one with another `iss`',
    faults: logout({ iss: OTHER }),
    expect: refusesLogout('iss'),
  },
}
