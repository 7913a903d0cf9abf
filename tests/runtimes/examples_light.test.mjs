// The examples without a framework's build: servers on Node, Deno and Bun, and the platforms at the edge.
import { testExample } from './support/example-tests.mjs'
import { LIGHT } from './support/examples.mjs'

for (const [name, options] of Object.entries(LIGHT)) testExample(name, options)
