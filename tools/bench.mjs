// `npm run bench`: measures a fresh build beside other libraries and writes docs/benchmarks.md; `npm run bench -- callback http` only
// prints those groups.
import { join } from 'node:path'
import { build } from './build.mjs'
import { program, root, run } from './run.mjs'
import { setup } from './setup.mjs'

const folder = join(root, 'tests/bench')

await program(import.meta.url, async () => {
  await setup('build', 'bench')
  await build()
  await run(process.execPath, ['--expose-gc', join(folder, 'run.mjs'), ...process.argv.slice(2)])
})
