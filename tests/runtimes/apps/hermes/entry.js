// Runs in Hermes: the vectors of the safe-`next` check, and a sign-in from its start to its session. It prints one line of JSON.
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

const user = { id: '0f8fad5b-d9cb-469f-a165-70867728950e', email: 'ada@example.test', app_metadata: {} }
const session = {
  access_token: 'a.b.c',
  refresh_token: 'r',
  token_type: 'bearer',
  expires_in: 3600,
  user: { ...user, aud: 'authenticated', user_metadata: { name: 'Ada L\u00f6v\u00e9lace' } },
}
const asked = []
/** What a `fetch` gives whose responses have streams: the session, for any code. */
const fetch = async (url, { method, body }) => {
  asked.push([method, url, JSON.parse(body)])
  const chunks = [new TextEncoder().encode(JSON.stringify(session))]
  const read = async () => ({ done: chunks.length === 0, value: chunks.shift() })
  const headers = { get: (name) => (name === 'content-type' ? 'application/json' : null) }
  return { status: 200, headers, url, redirected: false, body: { getReader: () => ({ read }) } }
}
const project = { url: 'https://abc.supabase.co', key: 'a-key', storage }
const auth = createBrowserAuth({ supabase: project, fetch })
const options = { redirectTo: 'myapp://auth/callback', next: '/notes' }

const run = async () => {
  const started = await auth.signInWithOAuth({ provider: 'bitbucket', options })
  // As supabase-js has it: JSON, and behind a slash what the sign-in is for.
  const verifier = JSON.parse(items.get('sb-abc-auth-token-code-verifier')).split('/')[0]
  const { error } = await auth.complete('myapp://auth/callback?error=access_denied&error_description=No')
  const keptBefore = [...items.keys()]
  const again = await auth.signInWithOAuth({ provider: 'bitbucket', options })
  const link = `myapp://auth/callback?code=${user.id}&sb_flow_id=${again.data.flowId}`
  const done = await auth.complete(link)
  return {
    asked,
    done: { next: done.data.next, name: done.data.user?.user_metadata.name, error: done.error?.code ?? null },
    stored: JSON.parse(items.get('sb-abc-auth-token') ?? 'null')?.user.user_metadata.name,
    missing,
    checked: checks.length,
    wrong: wrong.map(({ id }) => id),
    url: started.data.url,
    verifier,
    error: started.error?.code ?? null,
    refused: error.code,
    kept: keptBefore,
  }
}

run().then(
  (result) => print(JSON.stringify(result)),
  (error) => print(String(error.stack)),
)
