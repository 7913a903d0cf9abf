// The examples without a framework's build: servers on Node, Deno and Bun, and the platforms at the edge.
import { testExample } from './support/example-tests.mjs'
import { LIGHT } from './support/examples.mjs'

for (const [name, options] of Object.entries(LIGHT)) testExample(name, options)

// What the example for Hono exports is the same everywhere.
const DENO_SERVE = 'deno serve --allow-net --allow-env --host $HOST --port $PORT app.js'
testExample('hono', { ...LIGHT.hono, title: 'hono, without its server.js', start: ['sh', '-c', DENO_SERVE] })
