// The examples without a framework's build: servers on Node, Deno and Bun, and the platforms at the edge.
import { testExample } from './support/example-tests.mjs'

const EXAMPLES = {
  node: {},
  express: {},
  hono: {},
  bun: {},
  deno: { start: ['deno', 'task', 'start'] },
  'cloudflare-worker': { env: { CLOUDFLARE_INCLUDE_PROCESS_ENV: 'true' } },
}

for (const [name, options] of Object.entries(EXAMPLES)) testExample(name, options)
