// `npm run bench`: tests/bench against a fresh build; `npm run bench -- callback` runs the groups with that word in their name.
import { join } from 'node:path'
import { build } from './build.mjs'
import { program, root, run } from './run.mjs'
import { setup } from './setup.mjs'

await program(import.meta.url, async () => {
  await setup('build')
  await build()
  await run(process.execPath, ['--expose-gc', join(root, 'tests/bench/run.mjs'), ...process.argv.slice(2)])
})
