// Landfall through Supabase Auth: it writes the session's cookies itself.
import { createAuth } from '../../../dist/index-node.js'
import { next, supabase } from '../app.mjs'

/** @param {import('../app.mjs').App} app */
export const makePeer = ({ origin }) => {
  const auth = createAuth({ origin, supabase })
  const asked = { provider: 'bitbucket', next }
  return { start: () => auth.start(asked), callback: auth.callback, auth }
}
