// A callback that ends with a session of the library's own: the token request, and the session sealed into cookies.
import { person } from './app.mjs'
import { measure, ratio, toTable } from './harness.mjs'
import { openPeer, SESSION_PEERS } from './peers.mjs'

/** What Landfall is compared with that keeps the same. */
const SAME = {
  'Landfall, session': 'oauth4webapi + iron-session, who it is',
  'Landfall, session and tokens': 'oauth4webapi + iron-session, the tokens',
}

/** @type {import('./run.mjs').Group} */
export const measureSessionCallback = async () => {
  const least = JSON.stringify(person).length
  const cases = []
  for (const peer of SESSION_PEERS) {
    const { callback, request } = await openPeer(peer, { answer: 'small' }, least)
    cases.push({ name: peer.name, run: () => callback(request) })
  }
  const results = await measure(cases)
  const bases = Object.values(SAME)
  return {
    title: 'A callback with a session, Node',
    text: 'The callback opens the transaction, exchanges the code for an answer of 285 bytes, seals a session into cookies, and redirects the browser. "Who it is" is the same object of three members for each. @auth/core and better-auth keep both.',
    tables: [toTable(results, bases)],
    ratios: Object.entries(SAME).map(([ours, theirs]) => ({
      what: `callback with a session, Node: ${ours} ÷ ${theirs}`,
      value: ratio(results, ours, theirs),
    })),
  }
}
