// What the table of modules expects of Landfall, and words that its rows share.
import { PERSON } from './provider.mjs'

/** @typedef {object} Module a row. `sends` and `wants` are words; `expect` is what Landfall does, and `does` the words for it where
 *   they are special; `missing` says why it does less; `faults`, `keys`, `provider` and `options` make its world; `run` is a sign-in
 *   unless it says otherwise; `check` reads more of the world, which is then `gives` */

export const OTHER = 'https://other.example'
export const WHOLE = 'metadata token jwks userinfo'
export const ACCEPT = 'accepts it'
export const REFUSE = 'refuses it'

/** The person is signed in at the asked page. @param {string} [asked] of the provider, in this order */
export const signsIn = (asked = WHOLE) => ({ outcome: 'ok', asked, sessions: 1, user: PERSON.sub, at: '/me' })

/** Nobody is signed in, and the app's hook never hears of it. @param {string} code @param {string} asked */
export const refuses = (code, asked) => ({
  outcome: code,
  asked,
  sessions: 0,
  user: null,
  at: '/auth/auth-code-error',
})
