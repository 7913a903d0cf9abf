// `npm run fuzz`: every fuzz target for a minute each. `npm run fuzz -- next 600` runs one, for ten minutes.
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { program, root, run, Stop, say } from './run.mjs'
import { setup } from './setup.mjs'

const SECONDS = 60

await program(import.meta.url, async () => {
  const args = process.argv.slice(2)
  const seconds = Number(args.find((arg) => /^\d+$/.test(arg)) ?? SECONDS)
  const only = args.find((arg) => !/^\d+$/.test(arg))
  await setup('fuzz')
  say('fuzz: build')
  await run('cmake', ['--preset', 'fuzz'], { quiet: true })
  await run('cmake', ['--build', '--preset', 'fuzz'], { quiet: true })

  const folder = join(root, 'build/fuzz')
  const targets = readdirSync(folder).filter((file) => /^fuzz_\w+$/.test(file))
  const chosen = only ? targets.filter((target) => target === `fuzz_${only}`) : targets
  if (chosen.length === 0) throw new Stop(`fuzz: there is no target${only ? ` ${only}` : ''}`)
  for (const target of chosen) {
    say(`fuzz: ${target} for ${seconds} s`)
    // What libFuzzer finds is kept in the build folder; what we want to keep for ever is in tests/fuzz/corpus.
    const found = join(folder, 'corpus', target)
    const kept = join(root, 'tests/fuzz/corpus', target.replace('fuzz_', ''))
    mkdirSync(found, { recursive: true })
    const corpora = existsSync(kept) ? [found, kept] : [found]
    await run(join(folder, target), [
      ...corpora,
      `-max_total_time=${seconds}`,
      '-print_final_stats=1',
      `-artifact_prefix=${found}-`,
    ])
  }
})
