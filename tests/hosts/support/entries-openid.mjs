// OpenID Connect: metadata, keys, signatures of each kind, the profile.
import { ALGORITHMS } from '../../../stand-ins/openid-provider.mjs'

/** @typedef {import('./entries-direct.mjs').Drive} Drive */

/**
 * Signs in with the provider's own pages; the last answer is the app's, or a page that sends a form to it.
 * @param {string} provider @param {string} [next] @returns {Drive}
 */
export const signIn = (provider, next) => async (visit) => {
  const who = await visit.open(visit.signInPath(provider, next))
  const what = await visit.submit(who, { fields: { username: 'ada', decision: 'sign-in' } })
  const last = await visit.submit(what, { fields: { decision: 'allow' } })
  if (last.text.includes('name="state"')) await visit.submit(last)
}

/** @type {Record<string, Drive>} */
export const OPENID = {
  ...Object.fromEntries(ALGORITHMS.map((alg) => [`an ID Token with ${alg}`, signIn(alg.toLowerCase())])),
  'the response as a form': signIn('posted'),
  'the profile': signIn('profile'),
  'a client with a secret': signIn('basic'),
  'a signature of another kind than was agreed': signIn('other-alg'),
  'a signature by another key': signIn('other-keys'),
  'an app that refuses the person': signIn('rs256', '/refused'),
  cancelled: async (visit) => {
    const who = await visit.open(visit.signInPath('rs256'))
    await visit.submit(who, { fields: { decision: 'cancel' } })
  },
}
