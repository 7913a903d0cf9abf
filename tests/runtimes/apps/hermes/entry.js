// Runs in Hermes: the vectors of the safe-`next` check, and the start of a sign-in. It prints one line of JSON.

import checks from './next-checks.json'
import { missing } from './stand-ins.js'

const { createBrowserAuth, checkNext } = require('landfall/plain/browser')

const wrong = checks.filter(({ next, origin, want }) => checkNext(next, origin) !== want)

const items = new Map()
const storage = {
  getItem: (name) => items.get(name) ?? null,
  setItem: (name, value) => void items.set(name, value),
  removeItem: (name) => void items.delete(name),
}
const auth = createBrowserAuth({ supabase: { url: 'https://abc.supabase.co', key: 'a-key', storage } })
const options = { redirectTo: 'myapp://auth/callback', next: '/notes' }

const run = async () => {
  const started = await auth.signInWithOAuth({ provider: 'bitbucket', options })
  // As supabase-js has it: JSON, and behind a slash what the sign-in is for.
  const verifier = JSON.parse(items.get('sb-abc-auth-token-code-verifier')).split('/')[0]
  const { error } = await auth.complete('myapp://auth/callback?error=access_denied&error_description=No')
  return {
    missing,
    checked: checks.length,
    wrong: wrong.map(({ id }) => id),
    url: started.data.url,
    verifier,
    error: started.error?.code ?? null,
    refused: error.code,
    kept: [...items.keys()],
  }
}

run().then(
  (result) => print(JSON.stringify(result)),
  (error) => print(String(error.stack)),
)
