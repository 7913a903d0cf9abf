// The caller as attacker: `node tests/fuzz/caller.mjs SECONDS [SEED] [RUN]` gives random values of every type to every public function,
// and as the result of every hook, through the glue of dist/. It prints its seed and the number of runs. With a RUN it begins there.
import { inspect } from 'node:util'
import { fuzz } from './caller/run.mjs'

const [seconds = '60', seed = String(Math.floor(Math.random() * 2 ** 31)), first = '0'] =
  process.argv.slice(2)
const end = Date.now() + 1000 * Number(seconds)

console.log(`caller: seed ${seed}`)
const { runs, counts, finding } = await fuzz({
  seed: Number(seed),
  first: Number(first),
  isOver: (run) => run > 0 && Date.now() > end,
})
if (finding) {
  console.error(
    `caller: seed ${seed}, run ${finding.run}: ${finding.call}\n${inspect(finding.error, { depth: 4 }).slice(0, 4000)}`,
  )
  console.error(`To repeat it: node tests/fuzz/caller.mjs 0 ${seed} ${finding.run}`)
}
console.log(`caller: ${runs} runs, ${Object.keys(counts).length} kinds of call`)
process.exit(finding ? 1 : 0)
