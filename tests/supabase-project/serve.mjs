// The stand-in as a process of its own: prints its address and keys as one line of JSON, and runs until it is stopped.
// `node tests/supabase-project/serve.mjs spoiled` answers one request as no real server does.
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'
import { SITE } from './support/project.mjs'

const SPOILED = { message: 'Verify requires \u001b[31mluck' }

const { url, key, serviceRoleKey, script } = await startSupabaseAuth({ siteUrl: SITE })
if (process.argv[2] === 'spoiled') {
  const isSpoiled = ({ endpoint, method, query }) =>
    endpoint === 'verify' && method === 'GET' && !query.has('type')
  script((request) => (isSpoiled(request) ? { status: 418, body: SPOILED } : undefined))
}
console.log(JSON.stringify({ url, key, serviceRoleKey }))
