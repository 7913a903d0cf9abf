// `npm run bench`: every tests/bench/*.bench.mjs in turn, against a fresh build; `npm run bench -- next` runs one.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { program, root, run, Stop, say } from './run.mjs'
import { setup } from './setup.mjs'

await program(import.meta.url, async () => {
  const [only] = process.argv.slice(2)
  const folder = join(root, 'tests/bench')
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.bench.mjs'))
        .sort()
    : []
  const chosen = only ? files.filter((file) => file === `${only}.bench.mjs`) : files
  if (chosen.length === 0) throw new Stop(`bench: there is no benchmark${only ? ` ${only}` : ''}`)
  await setup('build')
  await build()
  for (const file of chosen) {
    say(`bench: ${file}`)
    await run(process.execPath, ['--expose-gc', join(folder, file)])
  }
})
