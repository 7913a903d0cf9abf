// The callback: find the transaction, check the answer, exchange the code, redirect with the session's cookies.
import { makeApp, next } from './app.mjs'
import { redirect, writeSession } from './glue.mjs'
import { measure, ratio, toTable } from './harness.mjs'
import { openPeer, PEERS } from './peers.mjs'

const GENERIC = 'oauth4webapi'
const GUIDE = '@supabase/ssr'
const FLOOR = 'floor: the answer read, a redirect with its cookies'

/** What no library can avoid in a handler that answers a Response. @param {'session' | 'small'} answer */
const makeFloor = (answer) => {
  const { server } = makeApp({ answer })
  return async () => {
    const session = await (await fetch(server.token_endpoint)).json()
    return redirect(next, writeSession(JSON.stringify(session)))
  }
}

const measureAnswer = async (answer, bases) => {
  const peers = PEERS.filter(({ isSupabase }) => answer === 'session' || !isSupabase)
  const cases = [{ name: FLOOR, run: makeFloor(answer) }]
  for (const peer of peers) {
    const { callback, request } = await openPeer(peer, { answer })
    cases.push({ name: peer.name, run: () => callback(request) })
  }
  const results = await measure(cases)
  return { results, table: toTable(results, bases) }
}

/** @type {import('./run.mjs').Group} */
export const measureCallback = async () => {
  const session = await measureAnswer('session', [GUIDE, GENERIC])
  const small = await measureAnswer('small', [GENERIC])
  const ofSession = (name, base) => ratio(session.results, name, base)
  return {
    title: 'Callback, Node',
    text: 'The callback checks the state, exchanges the code, writes the session into cookies, and redirects the browser. The first table has a token response of 2.7 kB, a session of Supabase. The second has one of 285 bytes.',
    tables: [session.table, small.table],
    ratios: [
      {
        what: 'callback of 2.7 kB, Node: Landfall through Supabase ÷ the guide’s route',
        value: ofSession('Landfall, Supabase', GUIDE),
      },
      {
        what: 'callback of 2.7 kB, Node: Landfall through Supabase ÷ oauth4webapi',
        value: ofSession('Landfall, Supabase', GENERIC),
      },
      {
        what: 'callback of 2.7 kB, Node: Landfall ÷ oauth4webapi, the same cookies around both',
        value: ofSession('Landfall', GENERIC),
      },
      {
        what: 'callback of 285 bytes, Node: Landfall ÷ oauth4webapi, the same cookies around both',
        value: ratio(small.results, 'Landfall', GENERIC),
      },
    ],
  }
}
