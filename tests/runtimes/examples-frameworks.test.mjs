// The examples that a framework builds, each signed in to over HTTP.

import { testExample } from './support/example-tests.mjs'
import { FRAMEWORKS } from './support/examples.mjs'

for (const [name, options] of Object.entries(FRAMEWORKS)) testExample(name, options)
