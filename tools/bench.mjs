// `npm run bench`: measures a fresh build beside other libraries and writes docs/benchmarks.md; `npm run bench -- callback http` only
// prints those groups.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { program, root, run, say } from './run.mjs'
import { setup } from './setup.mjs'

const folder = join(root, 'tests/bench')

/** The libraries that nothing else here needs. */
const installPeers = async () => {
  const stamp = join(folder, 'node_modules/.package-lock.json')
  const lock = join(folder, 'package-lock.json')
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs) return
  say('bench: npm ci')
  await run('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--loglevel=error'], { quiet: true })
}

await program(import.meta.url, async () => {
  await setup('build', 'bench')
  await installPeers()
  await build()
  await run(process.execPath, ['--expose-gc', join(folder, 'run.mjs'), ...process.argv.slice(2)])
})
