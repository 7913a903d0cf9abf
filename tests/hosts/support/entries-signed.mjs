// Client secrets that a key signs: the host signs, and the provider checks what came.
import { CANNOT_SIGN } from './signed-secret.mjs'

/** @typedef {import('./entries-direct.mjs').Drive} Drive */

/** @type {Record<string, Drive>} */
export const SIGNED = {
  'a sign-in, and a token that is revoked': async (visit) => {
    await visit.open(visit.signInPath('signed-well'))
    await visit.post('/auth/sign-out')
  },
  'the same secret again': async (visit) => {
    await visit.open(visit.signInPath('signed-well'))
    await visit.open(visit.signInPath('signed-well', '/second'))
  },
  'a key that is not registered': (visit) => visit.open(visit.signInPath('signed-by-another-key')),
  ...Object.fromEntries(CANNOT_SIGN.map((name) => [name, (visit) => visit.open(visit.signInPath(name))])),
}
