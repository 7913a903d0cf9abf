// Start of a sign-in: state, PKCE, the authorization URL and the transaction cookie.
import { createAuth } from '../../dist/index-node.js'
import { clientId, clientSecret, makeApp, next, secret } from './app.mjs'
import { measure, ratio, toTable } from './harness.mjs'
import { openPeer, PEERS } from './peers.mjs'

const BASE = 'oauth4webapi'
const bytes = new Uint8Array(96)
const floor = {
  name: 'floor: crypto.getRandomValues of 96 bytes',
  run: () => crypto.getRandomValues(bytes),
}

/** A provider by its name: the core has its addresses. */
const makeKnown = () => {
  const providers = { bitbucket: { clientId, clientSecret } }
  const auth = createAuth({ origin: makeApp().origin, secret, providers })
  const asked = { provider: 'bitbucket', next }
  return { name: 'Landfall, Bitbucket by name', run: () => auth.start(asked) }
}

/** @type {import('./run.mjs').Group} */
export const measureStart = async () => {
  const cases = [floor, makeKnown()]
  for (const peer of PEERS) cases.push({ name: peer.name, run: (await openPeer(peer)).start })
  const results = await measure(cases)
  return {
    title: 'Start of a sign-in, Node',
    text: 'A start makes state, PKCE, the authorization URL, and a Set-Cookie line with the data for the callback.',
    tables: [toTable(results, [BASE])],
    ratios: [{ what: 'start, Node: Landfall ÷ oauth4webapi', value: ratio(results, 'Landfall', BASE) }],
  }
}
