// `npm run bench`: measures a fresh build beside other libraries and writes docs/benchmarks.md, then the hosts of other languages and
// writes docs/hosts.md. `npm run bench -- callback http` only prints those groups; `npm run bench -- hosts` measures the hosts alone.
import { join } from 'node:path'
import { build } from './build.mjs'
import { program, root, run } from './run.mjs'
import { setup } from './setup.mjs'

const tests = join(root, 'tests')

await program(import.meta.url, async () => {
  const asked = process.argv.slice(2)
  const groups = asked.filter((name) => name !== 'hosts')
  const isAll = asked.length === 0
  const wantsHosts = isAll || groups.length < asked.length
  await setup('build', 'bench', ...(wantsHosts ? ['hosts'] : []))
  await build()
  if (isAll || groups.length > 0)
    await run(process.execPath, ['--expose-gc', join(tests, 'bench/run.mjs'), ...groups])
  if (wantsHosts) await run(process.execPath, [join(tests, 'hosts/bench.mjs')])
})
